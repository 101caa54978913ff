package io.quorumark.raft;

import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.util.Endpoint;
import io.quorumark.raft.state.FrozenState;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A member of this JVM, across its stops and starts. Operations that need it running say so where it is stopped. */
final class LocalMember implements Member {
    private final ClusterConfig config;
    private final GroupIdentity group;
    private final int index;
    private final Path directory;
    private final MemberServers servers;
    private volatile @Nullable RunningMember running;
    private volatile FirstFailure failure = new FirstFailure();
    private volatile String stateOrigin = "empty";
    private volatile LogBounds lastBounds = new LogBounds(1, 0);
    private volatile long lastTerm;
    private volatile long lastAppliedIndex;
    private volatile long lastLeaderChanges;

    LocalMember(ClusterConfig config, GroupIdentity group, int index, MemberServers servers) {
        this.config = config;
        this.group = group;
        this.index = index;
        this.directory = config.directory().resolve("member-" + index);
        this.servers = servers;
    }

    /** Does nothing where it runs. */
    synchronized void start() {
        if (running != null) {
            return;
        }
        FirstFailure fresh = new FirstFailure();
        failure = fresh;
        MemberServers.Listening listening = servers.listen(endpoint());
        try {
            RunningMember started =
                    new RunningMember(config, group, index, directory, listening.server(), listening.port(), fresh);
            stateOrigin = started.stores().folder().stateOrigin();
            running = started;
        } catch (RuntimeException e) {
            listening.server().shutdown();
            throw e;
        }
    }

    /** Does nothing where it is stopped. */
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
        lastBounds = member.stores().logBounds();
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

    Endpoint endpoint() {
        return group.endpoints().get(index);
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public String id() {
        return endpoint().toString();
    }

    @Override
    public Path directory() {
        return directory;
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
    public LogBounds logBounds() {
        RunningMember member = running;
        return member == null ? lastBounds : member.stores().logBounds();
    }

    @Override
    public StoreUsage logUsage() {
        return required("asking for its log's figures").stores().logUsage();
    }

    @Override
    public StoreUsage stateUsage() {
        return required("asking for its state's figures").stores().stateUsage();
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
        RunningMember member = running;
        if (member == null) {
            read.onFailure(new RaftFailure(RaftFailure.Code.UNAVAILABLE, "member " + id() + " is stopped"));
        } else if (consistency == ReadConsistency.LOCAL) {
            member.readApplied(read);
        } else {
            member.confirm(consistency, new PendingRead(member, read, null));
        }
    }

    @Override
    public CompletableFuture<Long> snapshot() {
        RunningMember member = required("taking a snapshot");
        CompletableFuture<Long> taken = new CompletableFuture<>();
        member.snapshot(status -> {
            if (status.isOk()) {
                taken.complete(member.snapshotIndex());
            } else {
                taken.completeExceptionally(new ClusterException.MemberFailed(
                        "member " + id() + " took no snapshot: " + status.getErrorMsg(), null));
            }
        });
        return taken;
    }

    @Override
    public ContentDigest digest() {
        try (FrozenState frozen = required("digesting it").freeze()) {
            return ContentDigests.of(frozen);
        }
    }

    @Override
    public void transferLeadershipTo(Member other) {
        LocalMember target = (LocalMember) other;
        Status status = required("transferring its leadership").transferLeadershipTo(target.endpoint());
        if (!status.isOk()) {
            throw new ClusterException.MemberFailed(
                    "member " + id() + " does not hand over to " + other.id() + ": " + status.getErrorMsg(), null);
        }
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
