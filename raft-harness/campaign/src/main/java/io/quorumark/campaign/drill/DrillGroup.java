package io.quorumark.campaign.drill;

import io.quorumark.campaign.support.Await;
import io.quorumark.campaign.support.HarnessException;
import io.quorumark.campaign.support.WriteAnswer;
import io.quorumark.raft.ClusterConfig;
import io.quorumark.raft.LocalCluster;
import io.quorumark.raft.Member;
import io.quorumark.raft.command.CommandEncoder;
import io.quorumark.raft.command.WriteResult;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A group in this JVM that drills are held with. */
final class DrillGroup implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int VALUE_BYTES = 100;
    private static final int OUTSTANDING = 64;

    private final LocalCluster cluster;
    private final double electionMillis;

    /** Starts the group and waits for its leader. */
    DrillGroup(ClusterConfig config) {
        long began = System.nanoTime();
        cluster = LocalCluster.start(config);
        cluster.awaitLeader(PATIENCE);
        electionMillis = millisSince(began);
    }

    static double millisSince(long beganNanos) {
        return (System.nanoTime() - beganNanos) / 1e6;
    }

    /** From the call that started the members until one led. */
    double electionMillis() {
        return electionMillis;
    }

    LocalCluster cluster() {
        return cluster;
    }

    Member leader() {
        return cluster.awaitLeader(PATIENCE);
    }

    Member aFollower() {
        Member leader = leader();
        return cluster.members().stream()
                .filter(member -> member != leader && member.isRunning())
                .findFirst()
                .orElseThrow();
    }

    /** Waits until {@code so}, as long as a drill waits for anything. */
    void await(String what, BooleanSupplier so) throws InterruptedException {
        Await.until(what, PATIENCE.toNanos(), so);
    }

    /** Heals every link, and waits until {@code member} has what it missed. */
    void mendAndCatchUp(Member member) throws InterruptedException {
        cluster.faults().mendAll();
        awaitCaughtUp(member);
    }

    /** Waits until another member than {@code old} leads, and has acknowledged a write. */
    void awaitWriteUnderNewLeader(Member old) throws InterruptedException {
        await("another member leads", () -> leader() != old);
        write(0);
    }

    /** One acknowledged write. */
    void write(long key) throws InterruptedException {
        CompletableFuture<WriteResult> answer = submit(key);
        try {
            answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new HarnessException("a write of the drill failed: " + e.getMessage(), e);
        }
    }

    /** One write; its future fails with a {@link HarnessException} if the write does. */
    CompletableFuture<WriteResult> submit(long key) {
        WriteAnswer answer = new WriteAnswer();
        cluster.client().write(put(key), answer);
        return answer;
    }

    /** Many acknowledged writes, with different keys. */
    void writeMany(int count) throws InterruptedException {
        Semaphore room = new Semaphore(OUTSTANDING);
        AtomicReference<@Nullable Throwable> firstFailure = new AtomicReference<>();
        for (int i = 0; i < count; i++) {
            room.acquire();
            CompletableFuture<WriteResult> unused = submit(1_000_000L + i).whenComplete((result, failure) -> {
                if (failure != null) {
                    firstFailure.compareAndSet(null, failure);
                }
                room.release();
            });
        }
        room.acquire(OUTSTANDING);
        Throwable failure = firstFailure.get();
        if (failure != null) {
            throw new HarnessException("a write of the drill failed: " + failure.getMessage(), failure);
        }
    }

    private static byte[] put(long key) {
        byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(key).array();
        return CommandEncoder.put(bytes, bytes.length, new byte[VALUE_BYTES], VALUE_BYTES);
    }

    /** Waits until {@code member} has applied all that any member has. */
    void awaitCaughtUp(Member member) throws InterruptedException {
        await("member " + member.id() + " has caught up", () -> {
            long furthest = cluster.members().stream()
                    .mapToLong(Member::lastAppliedIndex)
                    .max()
                    .orElse(0);
            return member.lastAppliedIndex() >= furthest;
        });
    }

    /** Waits for an answer of the group. */
    <T> T answer(CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new HarnessException("the group refused: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        cluster.close();
    }
}
