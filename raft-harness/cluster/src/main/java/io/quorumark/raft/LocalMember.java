package io.quorumark.raft;

import io.quorumark.raft.message.MemberStatus;
import io.quorumark.raft.message.MessageKey;
import io.quorumark.raft.state.FrozenState;
import io.quorumark.raft.timing.Activity;
import io.quorumark.raft.timing.StageTimes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A member of this JVM, across its stops and starts. Operations that need it running say so if it is stopped. */
final class LocalMember implements Member {
    private final MemberConfig config;
    private final int index;
    private final MemberServers servers;
    private final Retries retries;
    private final ForwardingClient forwarding;
    private final Questions questions;
    private final RoleWatch roles;
    private volatile @Nullable RunningMember running;
    private volatile MemberFailure failure = new MemberFailure();
    private volatile String stateOrigin = "empty";
    private volatile LogBounds lastBounds = new LogBounds(1, 0, 0);
    private volatile long lastTerm;
    private volatile long lastAppliedIndex;
    private volatile long lastLeaderChanges;

    LocalMember(MemberConfig config, int index, MemberServers servers, ScheduledExecutorService executor) {
        this.config = config;
        this.index = index;
        this.servers = servers;
        this.retries = new Retries(executor, "member " + config.id());
        RequestClient client = servers.client(config.id());
        MessageKey key = servers.access().key();
        this.questions = new Questions(client, config.groupId(), key);
        this.roles = new RoleWatch(this, config.raft().electionTimeout().toMillis());
        this.forwarding = new ForwardingClient(
                this,
                new WriteMessages(client, config.groupId(), key),
                retries,
                config.operationTimeout().toNanos());
    }

    /** Does nothing if it runs. */
    synchronized void start() {
        if (running != null) {
            return;
        }
        MemberFailure fresh = new MemberFailure();
        failure = fresh;
        RunningMember started = servers.start(this, config, fresh);
        stateOrigin = started.stateOrigin();
        running = started;
        roles.start(started);
    }

    /** Does nothing if it is stopped. */
    synchronized void stop() {
        RunningMember stopping = running;
        if (stopping == null) {
            return;
        }
        remember(stopping);
        running = null;
        stopping.stop();
    }

    private void remember(RunningMember member) {
        lastBounds = member.logBounds();
        lastTerm = member.term();
        lastAppliedIndex = member.lastAppliedIndex();
        lastLeaderChanges = member.leaderChanges();
    }

    /** The member that leads in the newest term; a cut-off one may still believe that it leads in an older term. */
    static @Nullable LocalMember newestLeader(List<LocalMember> members) {
        LocalMember leader = null;
        long newestTerm = 0;
        for (int i = 0; i < members.size(); i++) {
            RunningMember member = members.get(i).running;
            long term = member == null ? 0 : member.leaderTerm();
            if (term > newestTerm) {
                leader = members.get(i);
                newestTerm = term;
            }
        }
        return leader;
    }

    @Nullable
    RunningMember running() {
        return running;
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public String id() {
        return config.id();
    }

    @Override
    public Path directory() {
        return config.directory();
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }

    @Override
    public boolean isLeader() {
        return figure(RunningMember::leaderTerm, 0) > 0;
    }

    @Override
    public long term() {
        return figure(RunningMember::term, lastTerm);
    }

    @Override
    public long lastAppliedIndex() {
        return figure(RunningMember::lastAppliedIndex, lastAppliedIndex);
    }

    @Override
    public long leaderChanges() {
        return figure(RunningMember::leaderChanges, lastLeaderChanges);
    }

    private long figure(ToLongFunction<RunningMember> current, long last) {
        RunningMember member = running;
        return member == null ? last : current.applyAsLong(member);
    }

    @Override
    public long snapshotIndex() {
        return figure(RunningMember::snapshotIndex, 0);
    }

    @Override
    public LogBounds logBounds() {
        RunningMember member = running;
        return member == null ? lastBounds : member.logBounds();
    }

    @Override
    public StoreUsage logUsage() {
        return required("asking for its log's figures").logUsage();
    }

    @Override
    public StoreUsage stateUsage() {
        return required("asking for its state's figures").stateUsage();
    }

    @Override
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure.get());
    }

    @Override
    public String stateOrigin() {
        return stateOrigin;
    }

    @Override
    public void read(ReadConsistency consistency, StateRead read) {
        read(consistency, read, System.nanoTime() + config.operationTimeout().toNanos());
    }

    private void read(ReadConsistency consistency, StateRead read, long deadlineNanos) {
        read(
                consistency,
                read,
                noLeader -> retries.orFail(
                        deadlineNanos, noLeader, read::onFailure, () -> read(consistency, read, deadlineNanos)));
    }

    /** Like {@link #read(ReadConsistency, StateRead)}, for a caller that can ask another member if this one finds no leader. */
    void readOnce(ReadConsistency consistency, StateRead read) {
        read(consistency, read, read::onFailure);
    }

    private void read(ReadConsistency consistency, StateRead read, Consumer<RaftFailure> noLeader) {
        RunningMember member = running;
        if (member == null) {
            read.onFailure(new RaftFailure(RaftFailure.Code.UNAVAILABLE, "member " + id() + " is stopped"));
        } else if (consistency == ReadConsistency.LOCAL) {
            member.readApplied(read);
        } else {
            String outside = outsideOfGroup(member);
            if (outside != null) {
                read.onFailure(new RaftFailure(RaftFailure.Code.UNAVAILABLE, outside));
                return;
            }
            member.confirm(consistency, new PendingRead(member, read, noLeader));
        }
    }

    /** Why a member that belongs to no group takes no requests; null for one that belongs to its group. */
    @Nullable
    String outsideOfGroup(RunningMember member) {
        return switch (roles.roleOf(member)) {
            case LEADER, FOLLOWER -> null;
            case REMOVED ->
                "member " + id() + " was removed from its group; use another member ("
                        + String.join(", ", member.knownVoters()) + "), or add it again";
            case WAITING -> "member " + id() + " belongs to no group yet; ask a group's leader to add it";
        };
    }

    @Override
    public MemberRole role() {
        RunningMember member = running;
        return member == null ? MemberRole.FOLLOWER : roles.roleOf(member);
    }

    /** The group has agreed on {@code now}. */
    void noteAgreed(Membership now) {
        if (!now.contains(id())) {
            roles.noteRemoved();
        }
    }

    @Override
    public CompletableFuture<Long> snapshot() {
        return required("taking a snapshot").snapshot();
    }

    @Override
    public ContentDigest digest() {
        try (FrozenState frozen = required("digesting it").freeze()) {
            return ContentDigests.of(frozen);
        }
    }

    @Override
    public CompletableFuture<Membership> membership(Duration timeout) {
        return new MembershipQuestion(
                        this, timeout.toNanos(), config.raft().electionTimeout().toMillis())
                .begin();
    }

    @Override
    public CompletableFuture<Membership> addVoter(String memberId, Duration timeout) {
        return change(MembershipChange.Goal.VOTER, memberId, false, timeout);
    }

    @Override
    public CompletableFuture<Membership> addLearner(String memberId, Duration timeout) {
        return change(MembershipChange.Goal.LEARNER, memberId, false, timeout);
    }

    @Override
    public CompletableFuture<Membership> remove(String memberId, Duration timeout) {
        return change(MembershipChange.Goal.REMOVED, memberId, false, timeout);
    }

    @Override
    public CompletableFuture<Membership> transferLeadershipTo(String memberId, Duration timeout) {
        return change(MembershipChange.Goal.LEADER, memberId, false, timeout);
    }

    @Override
    public Duration operationTimeout() {
        return config.operationTimeout();
    }

    /** @param begun whether the change may have been done already, at least in part */
    CompletableFuture<Membership> change(MembershipChange.Goal goal, String memberId, boolean begun, Duration timeout) {
        return new PendingChange(
                        this,
                        new MembershipChange(goal, memberId),
                        begun,
                        timeout.toNanos(),
                        config.raft().electionTimeout().toMillis())
                .begin();
    }

    private static Membership membershipOrNone(@Nullable RunningMember member) {
        return member == null || member.leaderTerm() == 0 ? Membership.NONE : member.membershipOrNone();
    }

    /**
     * Runs {@code attempt}, which may wait for connections, on a thread of its own.
     *
     * @throws RejectedExecutionException the member is closed
     */
    void later(Runnable attempt, long millis) {
        retries.later(() -> servers.runInBackground(attempt), millis);
    }

    Questions questions() {
        return questions;
    }

    String groupId() {
        return config.groupId();
    }

    @Override
    public List<Activity> takeActivities() {
        RunningMember member = running;
        return member == null ? List.of() : member.takeActivities();
    }

    @Override
    public StageTimes takeWriteStages() {
        RunningMember member = running;
        return member == null ? StageTimes.none() : member.takeWriteStages();
    }

    @Override
    public String leaderId() {
        RunningMember member = running;
        return member == null ? "" : member.leaderId();
    }

    /** How it sees itself and its group. */
    MemberStatus status() {
        Membership membership = membershipOrNone(running);
        LogBounds bounds = logBounds();
        Throwable cause = failure.get();
        return new MemberStatus(
                id(),
                leaderId(),
                term(),
                lastAppliedIndex(),
                bounds.firstIndex(),
                bounds.lastIndex(),
                snapshotIndex(),
                membership.voters(),
                membership.learners(),
                role().code(),
                cause == null ? "" : String.valueOf(cause.getMessage()));
    }

    @Override
    public void write(byte[] command, WriteCallback callback) {
        forwarding.write(command, callback);
    }

    private RunningMember required(String purpose) {
        RunningMember member = running;
        if (member == null) {
            throw new ClusterException.MemberFailed(
                    "member " + id() + " is stopped; restart it before " + purpose, failure.get());
        }
        return member;
    }
}
