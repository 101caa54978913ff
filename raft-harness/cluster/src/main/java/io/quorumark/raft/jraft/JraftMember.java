package io.quorumark.raft.jraft;

import com.alipay.sofa.jraft.Closure;
import com.alipay.sofa.jraft.Node;
import com.alipay.sofa.jraft.NodeManager;
import com.alipay.sofa.jraft.RaftServiceFactory;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.entity.Task;
import com.alipay.sofa.jraft.option.ReadOnlyOption;
import com.alipay.sofa.jraft.rpc.RpcServer;
import com.alipay.sofa.jraft.util.NamedThreadFactory;
import com.alipay.sofa.jraft.util.timer.HashedWheelTimer;
import com.alipay.sofa.jraft.util.timer.Timer;
import io.quorumark.engine.Snapshot;
import io.quorumark.raft.ClusterException;
import io.quorumark.raft.LogBounds;
import io.quorumark.raft.MemberConfig;
import io.quorumark.raft.MemberFailure;
import io.quorumark.raft.Membership;
import io.quorumark.raft.MembershipStep;
import io.quorumark.raft.ProposalCallback;
import io.quorumark.raft.RaftFailure;
import io.quorumark.raft.ReadConfirmation;
import io.quorumark.raft.ReadConsistency;
import io.quorumark.raft.RunningMember;
import io.quorumark.raft.SnapshotPolicy;
import io.quorumark.raft.StateRead;
import io.quorumark.raft.StoreUsage;
import io.quorumark.raft.command.CommandEncoder;
import io.quorumark.raft.jraft.state.KvStateMachine;
import io.quorumark.raft.jraft.state.ProposalClosure;
import io.quorumark.raft.jraft.state.RetainedSnapshots;
import io.quorumark.raft.jraft.transport.InJvmPort;
import io.quorumark.raft.jraft.transport.PeerIds;
import io.quorumark.raft.state.FrozenState;
import io.quorumark.raft.state.SnapshotTrigger;
import io.quorumark.raft.state.StateStore;
import io.quorumark.raft.store.PooledSession;
import io.quorumark.raft.store.SessionPool;
import io.quorumark.raft.timing.Activity;
import io.quorumark.raft.timing.StageTimes;
import io.quorumark.raft.timing.WriteStages;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a member on a node of the library. */
final class JraftMember implements RunningMember {
    private static final Logger LOG = LoggerFactory.getLogger(JraftMember.class);
    private static final byte[] NO_CONTEXT = new byte[0];
    private static final Timer READ_TIMEOUTS =
            new HashedWheelTimer(new NamedThreadFactory("read-timeouts-", true), 100, TimeUnit.MILLISECONDS);
    private static final byte[] NOTHING =
            CommandEncoder.batch().require(true, new byte[] {0}, 1).toCommand();

    private final PeerId id;
    private final List<String> initialVoters;
    private final MemberFailure failure;
    private final WriteStages stages = new WriteStages();
    private final MemberStores stores;
    private final KvStateMachine stateMachine;
    private final ExecutorService snapshotExecutor;
    private final RpcServer server;
    private final Node node;
    private final CallGate gate = new CallGate();
    private final CallGate writes = new CallGate();
    private final long readTimeoutMillis;
    private boolean holdsWrites;
    private boolean stopped;

    /**
     * Opens the engines and starts the Raft node.
     *
     * @param server already listening; shut down with the member
     * @param port where the member is attached to an in-JVM network; null for TCP
     * @param limitOfUnstarted how long a node that does not start may take to end
     */
    JraftMember(
            MemberConfig config,
            RpcServer server,
            @Nullable InJvmPort port,
            MemberFailure failure,
            Duration limitOfUnstarted) {
        this.id = PeerIds.peer(config.id());
        this.initialVoters = config.initialVoters();
        this.failure = failure;
        this.server = server;
        this.readTimeoutMillis = config.operationTimeout().toMillis();
        this.stores = new MemberStores(config.directory(), config.log(), config.state(), stages, failure);
        this.snapshotExecutor =
                Executors.newSingleThreadExecutor(new NamedThreadFactory("snapshot-" + config.id() + "-", true));
        boolean durable = config.log().retainsData();
        SnapshotPolicy snapshots = NodeSettings.snapshots(config);
        this.stateMachine = new KvStateMachine(
                stores.state(),
                snapshotExecutor,
                durable,
                new SnapshotTrigger(snapshots.everyEntries(), snapshots.everyBytes()),
                new RetainedSnapshots(
                        stores.folder().snapshotDirectory(),
                        stores.folder().retainedSnapshotsDirectory(),
                        snapshots.retain()),
                this::snapshotQuietly,
                stages,
                failure);
        this.node = RaftServiceFactory.createRaftNode(config.groupId(), id);
        NodeManager.getInstance().addAddress(id.getEndpoint());
        if (!node.init(NodeSettings.of(config, port, stores, stateMachine))) {
            ClusterException e = new ClusterException.MemberFailed(
                    "member " + id + " in " + config.directory() + " does not start: " + reason(), failure.get());
            // said before the wait for the node's end, so that whoever looks meanwhile finds the reason
            LOG.error(e.getMessage());
            try {
                stop(limitOfUnstarted);
            } catch (RuntimeException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            throw e;
        }
    }

    private String reason() {
        Throwable cause = failure.get();
        return cause == null ? "the Raft library refuses its log or snapshot" : String.valueOf(cause.getMessage());
    }

    @Override
    public boolean submit(byte[] command, ProposalCallback callback) {
        if (!writes.enter()) {
            return false;
        }
        try {
            propose(command, callback);
            return true;
        } finally {
            writes.leave();
        }
    }

    private void propose(byte[] command, ProposalCallback callback) {
        Task task = new Task();
        task.setData(ByteBuffer.wrap(command));
        task.setDone(new ProposalClosure(callback));
        node.apply(task);
    }

    private String beingStopped() {
        return "member " + id + " is being stopped";
    }

    @Override
    public void confirm(ReadConsistency consistency, ReadConfirmation read) {
        if (!gate.enter()) {
            read.onFailure(new RaftFailure(RaftFailure.Code.NO_LEADER, beingStopped()));
            return;
        }
        try {
            ReadOnlyOption option = consistency == ReadConsistency.LEASE
                    ? ReadOnlyOption.ReadOnlyLeaseBased
                    : ReadOnlyOption.ReadOnlySafe;
            node.readIndex(option, NO_CONTEXT, ConfirmedRead.within(readTimeoutMillis, READ_TIMEOUTS, read));
        } finally {
            gate.leave();
        }
    }

    @Override
    public void readApplied(StateRead read) {
        if (failure.get() != null) {
            read.onFailure(unavailable("member " + id + " has failed: " + reason()));
            return;
        }
        if (stores.state().isLoading()) {
            read.onFailure(unavailable("member " + id + " is loading a snapshot; read from another one"));
            return;
        }
        Throwable failed = readState(read);
        if (failed != null) {
            read.onFailure(unavailable("member " + id + " cannot read its state: "
                    + (failed instanceof Error ? failed : failed.getMessage())));
        }
    }

    /** @return why the read has no answer yet; null if it has one */
    private @Nullable Throwable readState(StateRead read) {
        SessionPool readers = stores.state().readers();
        PooledSession session;
        try {
            session = readers.borrow();
        } catch (RuntimeException | Error e) {
            return e;
        }
        if (session == null) {
            read.onFailure(unavailable(beingStopped()));
            return null;
        }
        try {
            if (read.readsOneMoment()) {
                try (Snapshot snapshot = session.openSnapshot()) {
                    read.onState(snapshot, StateStore.STATE);
                }
            } else {
                read.onState(session.reader(), StateStore.STATE);
            }
            return null;
        } catch (RuntimeException | Error e) {
            return e;
        } finally {
            readers.release(session);
        }
    }

    private static RaftFailure unavailable(String detail) {
        return new RaftFailure(RaftFailure.Code.UNAVAILABLE, detail);
    }

    @Override
    public CompletableFuture<Long> snapshot() {
        if (!gate.enter()) {
            throw new ClusterException.MemberFailed(
                    "member " + id + " is stopped; start it before taking a snapshot", null);
        }
        try {
            CompletableFuture<Long> taken = new CompletableFuture<>();
            node.snapshot(status -> {
                if (status.isOk()) {
                    taken.complete(snapshotIndex());
                } else {
                    taken.completeExceptionally(new ClusterException.MemberFailed(
                            "member " + id + " took no snapshot: " + status.getErrorMsg(), null));
                }
            });
            return taken;
        } finally {
            gate.leave();
        }
    }

    private void snapshotQuietly() {
        if (gate.enter()) {
            try {
                // busy or unchanged: the next one is due after as many entries again
                node.snapshot(status -> {});
            } finally {
                gate.leave();
            }
        }
    }

    @Override
    public FrozenState freeze() {
        if (!gate.enter()) {
            throw new ClusterException.MemberFailed("member " + id + " is stopped; start it before digesting it", null);
        }
        try {
            return stores.state().freeze();
        } finally {
            gate.leave();
        }
    }

    @Override
    public @Nullable String transferLeadershipTo(String otherId) {
        return problem(node.transferLeadershipTo(PeerIds.peer(otherId)));
    }

    private static @Nullable String problem(Status status) {
        return status.isOk() ? null : String.valueOf(status.getErrorMsg());
    }

    @Override
    public String leaderId() {
        PeerId leader = node.getLeaderId();
        return leader == null || leader.isEmpty() ? "" : PeerIds.id(leader);
    }

    private static List<String> ids(List<PeerId> peers) {
        return peers.stream().map(PeerIds::id).toList();
    }

    @Override
    public List<String> knownVoters() {
        List<String> agreed = stateMachine.voters();
        return agreed.isEmpty() ? initialVoters : agreed;
    }

    @Override
    public Membership membershipOrNone() {
        try {
            return new Membership(ids(node.listPeers()), ids(node.listLearners()));
        } catch (IllegalStateException e) {
            // the library does not tell once the leadership is lost
            return Membership.NONE;
        }
    }

    @Override
    public void changeMembership(MembershipStep step, String memberId, StepCallback callback) {
        if (!gate.enter()) {
            callback.onFailure(beingStopped());
            return;
        }
        try {
            PeerId peer = PeerIds.peer(memberId);
            Closure done = status -> {
                if (status.isOk()) {
                    callback.onAgreed();
                } else {
                    callback.onFailure(String.valueOf(status.getErrorMsg()));
                }
            };
            switch (step) {
                case ADD_VOTER -> node.addPeer(peer, done);
                case ADD_LEARNER -> node.addLearners(List.of(peer), done);
                case REMOVE_VOTER -> node.removePeer(peer, done);
                case REMOVE_LEARNER -> node.removeLearners(List.of(peer), done);
            }
        } finally {
            gate.leave();
        }
    }

    @Override
    public void writeNothing(ProposalCallback callback) {
        if (!gate.enter()) {
            callback.onNotTaken(beingStopped());
            return;
        }
        try {
            propose(NOTHING, callback);
        } finally {
            gate.leave();
        }
    }

    @Override
    public synchronized void holdWrites(boolean hold) {
        if (stopped || hold == holdsWrites) {
            return;
        }
        holdsWrites = hold;
        if (hold) {
            // a write that was let in a moment ago is in the log before whatever is written next
            writes.shut();
        } else {
            writes.open();
        }
    }

    private synchronized void endWrites() {
        holdWrites(true);
        stopped = true;
    }

    @Override
    public @Nullable String handOver() {
        return problem(node.transferLeadershipTo(PeerId.ANY_PEER));
    }

    @Override
    public LogBounds logBounds() {
        return stores.logBounds();
    }

    @Override
    public StoreUsage logUsage() {
        return stores.logUsage();
    }

    @Override
    public StoreUsage stateUsage() {
        return stores.stateUsage();
    }

    @Override
    public String stateOrigin() {
        return stores.folder().stateOrigin();
    }

    @Override
    public List<Activity> takeActivities() {
        List<Activity> taken = new ArrayList<>(stages.activities().take());
        taken.addAll(stores.takeBackgroundWork());
        return taken;
    }

    @Override
    public StageTimes takeWriteStages() {
        return stages.take();
    }

    @Override
    public long leaderTerm() {
        return stateMachine.leaderTerm();
    }

    @Override
    public long leaderChanges() {
        return stateMachine.leaderChanges();
    }

    @Override
    public long snapshotIndex() {
        return stateMachine.snapshotIndex();
    }

    @Override
    public long term() {
        return stores.meta().getTerm();
    }

    @Override
    public long lastAppliedIndex() {
        long stateIndex = stores.state().appliedIndex();
        try {
            // entries that carry no command are known to the library only
            return Math.max(node.getLastAppliedLogIndex(), stateIndex);
        } catch (IllegalStateException e) {
            // the library does not tell once the member has failed or was stopped
            return stateIndex;
        }
    }

    private void endNode() throws InterruptedException {
        node.shutdown();
        node.join();
    }

    @Override
    public void stop() {
        stop(NodeEnd.LIMIT);
    }

    private void stop(Duration limit) {
        endWrites();
        gate.shut();
        server.shutdown();
        try {
            NodeEnd.await(this::endNode, id.toString(), limit, this::endLate);
            closeStores();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException.MemberFailed(
                    "stopping member " + id + " was interrupted; its engines are still open", e);
        } finally {
            NodeManager.getInstance().removeAddress(id.getEndpoint());
        }
    }

    /** Nobody waits any more for the node, which has ended now: left open, its engines could not be opened again in this process. */
    private void endLate(@Nullable Throwable problem) {
        if (problem != null) {
            LOG.error("member {} does not end, its engines stay open until this process ends", id, problem);
            return;
        }
        try {
            closeStores();
        } catch (InterruptedException | RuntimeException | Error e) {
            LOG.error("member {} has ended, and its engines do not close", id, e);
        }
    }

    private void closeStores() throws InterruptedException {
        snapshotExecutor.shutdown();
        if (!snapshotExecutor.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new ClusterException.MemberFailed(
                    "member " + id + " still writes a snapshot a minute after it was stopped", null);
        }
        stores.close();
    }
}
