package io.quorumark.campaign.trial;

import io.quorumark.campaign.node.NodeConfig;
import io.quorumark.campaign.support.HarnessException;
import io.quorumark.campaign.targets.RemoteTarget;
import io.quorumark.engine.Limits;
import io.quorumark.raft.ContentDigest;
import io.quorumark.raft.RaftFailure;
import io.quorumark.raft.ReadConsistency;
import io.quorumark.raft.RemoteGroup;
import io.quorumark.raft.WriteCallback;
import io.quorumark.raft.command.CommandEncoder;
import io.quorumark.raft.command.WriteResult;
import io.quorumark.raft.message.JvmUse;
import io.quorumark.raft.message.MemberFigures;
import io.quorumark.raft.message.MemberStatus;
import io.quorumark.raft.message.ProcessPlace;
import io.quorumark.raft.timing.StageTimes;
import io.quorumark.results.model.Cell;
import io.quorumark.results.text.Plural;
import io.quorumark.workload.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A group whose members somebody else has started, perhaps on other hosts, and which goes on after the trial. Emptied before it. */
final class RemoteDeployment implements Deployment {
    private static final String MEMBER = "member ";

    private static final Duration OPERATION_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final byte[] SMALLEST_KEY = {0};

    private final RemoteGroup group;
    private final RemoteTarget target;

    private RemoteDeployment(RemoteGroup group, ReadConsistency reads) {
        this.group = group;
        this.target = new RemoteTarget(group, reads);
    }

    /**
     * Connects, checks that every member is what the cell says, and deletes all records.
     *
     * @throws HarnessException a member does not answer, runs something else, or no leader is known
     */
    static RemoteDeployment connect(TrialSpec spec) throws InterruptedException {
        spec.remoteMembers().applyTls();
        RemoteGroup group = RemoteGroup.of(
                NodeConfig.DEFAULT_GROUP,
                spec.remoteMembers().addresses(),
                OPERATION_TIMEOUT,
                spec.remoteMembers().key());
        RemoteDeployment deployment = new RemoteDeployment(
                group, ReadConsistency.ofWord(spec.cell().cluster().readConsistency()));
        try {
            for (String member : group.memberIds()) {
                check(member, answer(member, group.figures(member)), spec.cell());
            }
            deployment.empty();
            return deployment;
        } catch (RuntimeException | InterruptedException e) {
            deployment.close();
            throw e;
        }
    }

    private static void check(String member, MemberFigures figures, Cell cell) {
        Cell.Cluster wanted = cell.cluster();
        check(member, "log", figures.log(), wanted.logEngine(), wanted.logDurability(), cell.memoryBudgetBytes());
        check(
                member,
                "state",
                figures.state(),
                wanted.stateEngine(),
                wanted.stateDurability(),
                cell.memoryBudgetBytes());
    }

    private static void check(
            String member, String what, MemberFigures.Store found, String engine, String durability, long budget) {
        boolean same = found.engine().equals(engine)
                && found.durability().equals(durability)
                && found.memoryBudgetBytes() == budget;
        if (!same) {
            throw new HarnessException("member " + member + " keeps its " + what + " on " + found.engine() + " at "
                    + found.durability() + " with " + (found.memoryBudgetBytes() >> 20) + " MiB, expected " + engine
                    + " at " + durability + " with " + (budget >> 20)
                    + " MiB; change the plan or that member's configuration");
        }
    }

    private void empty() throws InterruptedException {
        byte[] beyond = new byte[Limits.PORTABLE_MAX_KEY_BYTES];
        Arrays.fill(beyond, (byte) 0xff);
        CompletableFuture<WriteResult> done = new CompletableFuture<>();
        group.write(
                CommandEncoder.deleteRange(SMALLEST_KEY, SMALLEST_KEY.length, beyond, beyond.length),
                new WriteCallback() {
                    @Override
                    public void onSuccess(WriteResult result) {
                        done.complete(result);
                    }

                    @Override
                    public void onFailure(RaftFailure failure) {
                        done.completeExceptionally(
                                new HarnessException("the group cannot be emptied: " + failure.detail()));
                    }
                });
        answer("leader", done);
        settle();
        contents().forEach((member, content) -> {
            if (content.records() > 0) {
                throw new HarnessException(
                        member + " still holds " + Plural.of(content.records(), "record") + " after all were deleted");
            }
        });
    }

    @Override
    public Target target() {
        return target;
    }

    @Override
    public long leadershipEpoch() {
        return statuses().stream().mapToLong(MemberStatus::term).sum();
    }

    private List<MemberStatus> statuses() {
        return group.memberIds().stream()
                .map(member -> answer(member, group.status(member)))
                .toList();
    }

    @Override
    public Map<String, Long> appliedIndexes() {
        Map<String, Long> applied = new TreeMap<>();
        statuses().forEach(status -> applied.put("member " + status.id(), status.appliedIndex()));
        return applied;
    }

    @Override
    public StageTimes takeWriteStages() {
        return StageTimes.sum(group.memberIds().stream()
                .map(member -> answer(member, group.takeWriteStages(member)))
                .toList());
    }

    @Override
    public void settle() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long lastIndex = 0;
        @Nullable String behind = "no member";
        while (behind != null) {
            if (System.nanoTime() > deadline) {
                throw new HarnessException(
                        behind + " has not applied entry " + lastIndex + " after " + PATIENCE.toSeconds() + " s");
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            List<MemberStatus> statuses = statuses();
            long newest = statuses.stream()
                    .mapToLong(MemberStatus::appliedIndex)
                    .max()
                    .orElseThrow();
            lastIndex = newest;
            behind = statuses.stream()
                    .filter(status -> status.appliedIndex() < newest)
                    .map(MemberStatus::id)
                    .findFirst()
                    .orElse(null);
            if (behind != null) {
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }

    @Override
    public Map<String, ReplicaContent> contents() {
        Map<String, ReplicaContent> contents = new TreeMap<>();
        for (String member : group.memberIds()) {
            ContentDigest digest = answer(member, group.digest(member));
            contents.put(MEMBER + member, new ReplicaContent(digest.sha256(), digest.recordCount()));
        }
        return contents;
    }

    @Override
    public byte @Nullable [] value(String replica, byte[] key) {
        String member = replica.substring(MEMBER.length());
        return answer(member, group.localValue(member, key));
    }

    @Override
    public Map<String, String> effectiveOptions() {
        MemberFigures figures = firstMember();
        Map<String, String> options = new TreeMap<>();
        figures.state().options().forEach((name, value) -> options.put("state." + name, value));
        figures.log().options().forEach((name, value) -> options.put("log." + name, value));
        return options;
    }

    @Override
    public Map<String, Double> engineStats() {
        MemberFigures figures = firstMember();
        Map<String, Double> stats = new TreeMap<>();
        figures.state().stats().forEach((name, value) -> stats.put("state." + name, value));
        figures.log().stats().forEach((name, value) -> stats.put("log." + name, value));
        return stats;
    }

    private MemberFigures firstMember() {
        String member = group.memberIds().get(0);
        return answer(member, group.figures(member));
    }

    private List<MemberFigures> figures() {
        return group.memberIds().stream()
                .map(member -> answer(member, group.figures(member)))
                .toList();
    }

    @Override
    public List<InstanceStats> instances() {
        List<InstanceStats> instances = new ArrayList<>();
        for (MemberFigures figures : figures()) {
            instances.add(EngineFigures.instance(true, figures.log().stats()));
            instances.add(EngineFigures.instance(false, figures.state().stats()));
        }
        return instances;
    }

    @Override
    public boolean isInThisProcess() {
        return false;
    }

    @Override
    public List<ProcessPlace> memberProcesses() {
        List<ProcessPlace> processes =
                figures().stream().map(MemberFigures::process).toList();
        return processes.stream().allMatch(ProcessPlace::isHere) ? processes : List.of();
    }

    @Override
    public JvmUse memberJvms() {
        long own = ProcessHandle.current().pid();
        return figures().stream()
                .filter(figures ->
                        !figures.process().isHere() || figures.process().pid() != own)
                .map(MemberFigures::jvm)
                .reduce(JvmUse.NONE, JvmUse::plus);
    }

    @Override
    public List<String> failures() {
        List<String> failures = new ArrayList<>();
        for (MemberStatus status : statuses()) {
            if (!status.failure().isEmpty()) {
                failures.add("member " + status.id() + " failed: " + status.failure());
            }
        }
        return failures;
    }

    private static <T extends @Nullable Object> T answer(String member, CompletableFuture<T> question) {
        try {
            return question.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new HarnessException(member + ": " + cause.getMessage(), cause);
        }
    }

    @Override
    public void close() {
        group.close();
    }
}
