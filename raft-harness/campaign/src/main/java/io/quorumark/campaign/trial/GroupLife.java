package io.quorumark.campaign.trial;

import io.quorumark.campaign.support.Await;
import io.quorumark.campaign.support.HarnessException;
import io.quorumark.campaign.support.WriteAnswer;
import io.quorumark.campaign.trial.Deployment.ReplicaContent;
import io.quorumark.raft.ContentDigest;
import io.quorumark.raft.LocalCluster;
import io.quorumark.raft.Member;
import io.quorumark.raft.command.CommandEncoder;
import io.quorumark.results.model.LifecyclePhase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * The life of a group besides operations: a snapshot, its installation on an empty learner, a follower's restart. No operation runs beside
 * them.
 */
final class GroupLife {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final LocalCluster cluster;
    private final LifecycleTimes lifecycle = new LifecycleTimes();

    GroupLife(LocalCluster cluster) {
        this.cluster = cluster;
    }

    LifecycleTimes go() throws InterruptedException {
        Member leader = cluster.awaitLeader(PATIENCE);
        long began = System.nanoTime();
        answer(leader.snapshot());
        lifecycle.took(LifecyclePhase.SNAPSHOT, System.nanoTime() - began);
        install(leader);
        restart(leader);
        return lifecycle;
    }

    /** The log is kept from one snapshot to the next: after a second one, a learner cannot have what it misses out of the log. */
    private void install(Member leader) throws InterruptedException {
        write();
        answer(leader.snapshot());
        await(
                "the leader's log begins behind its first entry",
                () -> leader.logBounds().firstIndex() > 1);
        Member learner = cluster.startJoining();
        long began = System.nanoTime();
        answer(leader.addLearner(learner.id()));
        await("the learner has applied everything", () -> learner.lastAppliedIndex() >= leader.lastAppliedIndex());
        lifecycle.took(LifecyclePhase.INSTALL, System.nanoTime() - began);
        lifecycle.check(LifecyclePhase.INSTALL, content(leader), content(learner));
        answer(leader.remove(learner.id()));
        cluster.retire(learner.index());
    }

    private void restart(Member leader) throws InterruptedException {
        Member follower = cluster.members().stream()
                .filter(member -> member.isRunning() && !member.id().equals(leader.id()))
                .findFirst()
                .orElse(null);
        if (follower == null) {
            lifecycle.notOffered(LifecyclePhase.RESTART, "a group of one member has no follower");
            return;
        }
        cluster.stop(follower.index());
        long began = System.nanoTime();
        cluster.restart(follower.index());
        await("the follower has applied everything", () -> follower.lastAppliedIndex() >= leader.lastAppliedIndex());
        lifecycle.took(LifecyclePhase.RESTART, System.nanoTime() - began);
        lifecycle.check(LifecyclePhase.RESTART, content(leader), content(follower));
    }

    private static ReplicaContent content(Member member) {
        ContentDigest digest = member.digest();
        return new ReplicaContent(digest.sha256(), digest.recordCount());
    }

    /** A record of which the workload knows nothing: the content has been compared with what it expects. */
    private void write() throws InterruptedException {
        byte[] name = "lifecycle".getBytes(StandardCharsets.US_ASCII);
        WriteAnswer answer = new WriteAnswer();
        cluster.client().write(CommandEncoder.put(name, name.length, name, name.length), answer);
        answer(answer);
    }

    private static <T> void answer(CompletableFuture<T> future) throws InterruptedException {
        try {
            future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new HarnessException("the group refused: " + e.getMessage(), e);
        }
    }

    private static void await(String what, BooleanSupplier so) throws InterruptedException {
        Await.until(what, PATIENCE.toNanos(), so);
    }
}
