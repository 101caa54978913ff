package io.quorumark.raft;

import com.alipay.sofa.jraft.Closure;
import com.alipay.sofa.jraft.Node;
import com.alipay.sofa.jraft.NodeManager;
import com.alipay.sofa.jraft.RaftServiceFactory;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.core.DefaultJRaftServiceFactory;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.entity.Task;
import com.alipay.sofa.jraft.error.RaftError;
import com.alipay.sofa.jraft.option.RaftOptions;
import com.alipay.sofa.jraft.option.ReadOnlyOption;
import com.alipay.sofa.jraft.rpc.RpcServer;
import com.alipay.sofa.jraft.storage.LogStorage;
import com.alipay.sofa.jraft.storage.RaftMetaStorage;
import com.alipay.sofa.jraft.util.Endpoint;
import com.alipay.sofa.jraft.util.NamedThreadFactory;
import io.quorumark.raft.command.CommandEncoder;
import io.quorumark.raft.state.AppliedCallback;
import io.quorumark.raft.state.FrozenState;
import io.quorumark.raft.state.KvStateMachine;
import io.quorumark.raft.state.RetainedSnapshots;
import io.quorumark.raft.state.SnapshotTrigger;
import io.quorumark.raft.state.StateStore;
import io.quorumark.raft.store.PooledSession;
import io.quorumark.raft.store.SessionPool;
import io.quorumark.raft.timing.Activity;
import io.quorumark.raft.timing.StageTimes;
import io.quorumark.raft.timing.WriteStages;
import io.quorumark.raft.transport.InJvmPort;
import io.quorumark.raft.transport.LibrarySettings;
import io.quorumark.raft.transport.MemberOptions;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One run of a member, from opening its engines to closing them. */
final class RunningMember {
    private static final int RPC_CALLBACK_THREADS = 12;
    private static final int RPC_TIMEOUT_ELECTIONS = 5;
    private static final int CONNECTS_PER_ELECTION_TIMEOUT = 8;
    private static final byte[] NO_CONTEXT = new byte[0];
    private static final byte[] NOTHING =
            CommandEncoder.batch().require(true, new byte[] {0}, 1).toCommand();

    private final PeerId id;
    private final List<String> initialVoters;
    private final FirstFailure failure;
    private final WriteStages stages = new WriteStages();
    private final MemberStores stores;
    private final KvStateMachine stateMachine;
    private final ExecutorService snapshotExecutor;
    private final RpcServer server;
    private final Node node;
    private final CallGate gate = new CallGate();
    private final long readTimeoutMillis;
    private volatile boolean holdsWrites;

    /**
     * Opens the engines and starts the Raft node.
     *
     * @param server already listening; shut down with the member
     * @param port where the member is attached to an in-JVM network; null for TCP
     */
    RunningMember(MemberConfig config, RpcServer server, @Nullable InJvmPort port, FirstFailure failure) {
        this.id = MemberIds.peer(config.id());
        this.initialVoters = config.initialVoters();
        this.failure = failure;
        this.server = server;
        this.readTimeoutMillis = config.operationTimeout().toMillis();
        this.stores = new MemberStores(config.directory(), config.log(), config.state(), stages, failure);
        this.snapshotExecutor =
                Executors.newSingleThreadExecutor(new NamedThreadFactory("snapshot-" + config.id() + "-", true));
        boolean durable = config.log().retainsData();
        this.stateMachine = new KvStateMachine(
                stores.state(),
                snapshotExecutor,
                durable,
                new SnapshotTrigger(
                        config.snapshots().everyEntries(), config.snapshots().everyBytes()),
                new RetainedSnapshots(
                        stores.folder().snapshotDirectory(),
                        stores.folder().retainedSnapshotsDirectory(),
                        config.snapshots().retain()),
                this::snapshotQuietly,
                stages,
                failure);
        this.node = RaftServiceFactory.createRaftNode(config.groupId(), id);
        NodeManager.getInstance().addAddress(id.getEndpoint());
        if (!node.init(options(config, port, durable))) {
            ClusterException e = new ClusterException.MemberFailed(
                    "member " + id + " in " + config.directory() + " does not start: " + reason(), failure.get());
            try {
                stop();
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

    private MemberOptions options(MemberConfig config, @Nullable InJvmPort port, boolean durable) {
        int electionTimeoutMillis =
                Math.toIntExact(config.raft().electionTimeout().toMillis());
        MemberOptions options = new MemberOptions(port);
        Configuration voters = new Configuration();
        config.initialVoters().forEach(voter -> voters.addPeer(MemberIds.peer(voter)));
        options.setInitialConf(voters);
        options.setFsm(stateMachine);
        options.setServiceFactory(new StoreFactory(stores));
        options.setLogUri(stores.folder().logDirectory().toString());
        options.setRaftMetaUri(stores.folder().logDirectory().toString());
        options.setSnapshotUri(stores.folder().snapshotDirectory().toString());
        options.setSnapshotIntervalSecs(0);
        options.setElectionTimeoutMs(electionTimeoutMillis);
        options.setSharedElectionTimer(true);
        options.setSharedVoteTimer(true);
        options.setSharedStepDownTimer(true);
        options.setSharedSnapshotTimer(true);
        options.setSharedTimerPool(true);
        // a candidate waits for each connection before it looks at any answer: the lost leader must not cost it much
        // more than noticing the loss did
        options.setRpcConnectTimeoutMs(electionTimeoutMillis / CONNECTS_PER_ELECTION_TIMEOUT);
        options.setRpcDefaultTimeout(RPC_TIMEOUT_ELECTIONS * electionTimeoutMillis);
        options.setRpcProcessorThreadPoolSize(RPC_CALLBACK_THREADS);
        options.setDisableCli(true);
        RaftOptions raft = options.getRaftOptions();
        raft.setSync(durable);
        raft.setSyncMeta(durable);
        raft.setOpenStatistics(false);
        raft.setMaxElectionDelayMs(Math.max(50, electionTimeoutMillis / 2));
        raft.setElectionHeartbeatFactor(config.raft().heartbeatFactor());
        RaftSettings.Batch batch = config.raft().batch();
        raft.setApplyBatch(batch.maxEntries());
        raft.setMaxAppendBufferSize(batch.maxLogBytes());
        raft.setMaxEntriesSize(batch.maxMessageEntries());
        raft.setMaxBodySize(batch.maxMessageBytes());
        LibrarySettings.allowMessages(batch.maxMessageBytes());
        // the library sends one more than it is told; told 0, it takes every answer for one too many
        raft.setMaxReplicatorInflightMsgs(config.raft().pipeline().maxInFlight() - 1);
        return options;
    }

    /** Gives the library the stores of this member. */
    private static final class StoreFactory extends DefaultJRaftServiceFactory {
        private final MemberStores stores;

        StoreFactory(MemberStores stores) {
            this.stores = stores;
        }

        @Override
        public LogStorage createLogStorage(String uri, RaftOptions options) {
            return stores.log();
        }

        @Override
        public RaftMetaStorage createRaftMetaStorage(String uri, RaftOptions options) {
            return stores.meta();
        }
    }

    /** @return false if the member is being stopped or hands over; the write was not taken and is not answered */
    boolean submit(PendingWrite write) {
        if (holdsWrites || !gate.enter()) {
            return false;
        }
        try {
            Task task = new Task();
            task.setData(ByteBuffer.wrap(write.command()));
            task.setDone(write);
            node.apply(task);
            return true;
        } finally {
            gate.leave();
        }
    }

    /**
     * Asks the leader how far the log is committed, waits until that is applied here, and runs {@code read}; once,
     * whatever happens.
     */
    void confirm(ReadConsistency consistency, PendingRead read) {
        if (!gate.enter()) {
            read.run(new Status(RaftError.ENODESHUTDOWN, "member %s is being stopped", id));
            return;
        }
        try {
            ReadOnlyOption option = consistency == ReadConsistency.LEASE
                    ? ReadOnlyOption.ReadOnlyLeaseBased
                    : ReadOnlyOption.ReadOnlySafe;
            node.readIndex(option, NO_CONTEXT, read);
        } finally {
            gate.leave();
        }
    }

    long readTimeoutMillis() {
        return readTimeoutMillis;
    }

    /** Reads what is applied here, on the calling thread. */
    void readApplied(StateRead read) {
        if (failure.get() != null) {
            read.onFailure(unavailable("member " + id + " has failed: " + reason()));
            return;
        }
        if (stores.state().isLoading()) {
            read.onFailure(unavailable("member " + id + " is loading a snapshot; read from another one"));
            return;
        }
        SessionPool readers = stores.state().readers();
        PooledSession session = readers.borrow();
        if (session == null) {
            read.onFailure(unavailable("member " + id + " is being stopped"));
            return;
        }
        try {
            read.onState(session.reader(), StateStore.STATE);
        } finally {
            readers.release(session);
        }
    }

    private static RaftFailure unavailable(String detail) {
        return new RaftFailure(RaftFailure.Code.UNAVAILABLE, detail);
    }

    /** Takes a snapshot; {@code done} is run once, on another thread. */
    void snapshot(Closure done) {
        if (!gate.enter()) {
            throw new ClusterException.MemberFailed(
                    "member " + id + " is stopped; start it before taking a snapshot", null);
        }
        try {
            node.snapshot(done);
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

    FrozenState freeze() {
        if (!gate.enter()) {
            throw new ClusterException.MemberFailed("member " + id + " is stopped; start it before digesting it", null);
        }
        try {
            return stores.state().freeze();
        } finally {
            gate.leave();
        }
    }

    Status transferLeadershipTo(String otherId) {
        return node.transferLeadershipTo(MemberIds.peer(otherId));
    }

    /** The leader as far as this member knows; null if it knows none. */
    @Nullable
    Endpoint leader() {
        PeerId leader = node.getLeaderId();
        return leader == null || leader.isEmpty() ? null : leader.getEndpoint();
    }

    /** Who belongs to the group, where this member leads; only a leader may tell. */
    Membership membership() {
        return new Membership(ids(node.listPeers()), ids(node.listLearners()));
    }

    private static List<String> ids(List<PeerId> peers) {
        return peers.stream().map(peer -> peer.getEndpoint().toString()).toList();
    }

    /** The group's voters as far as this member knows; empty for one that no group has added yet. */
    List<String> knownVoters() {
        List<String> agreed = stateMachine.voters();
        return agreed.isEmpty() ? initialVoters : agreed;
    }

    /** Who belongs to the group; nobody if this member does not lead. */
    Membership membershipOrNone() {
        try {
            return membership();
        } catch (IllegalStateException e) {
            // the library does not tell once the leadership is lost
            return Membership.NONE;
        }
    }

    /**
     * Asks the node to take one step; {@code done} is run once, on another thread, when the group has agreed or
     * refused.
     *
     * @throws IllegalArgumentException the step does not fit who belongs to the group
     */
    void changeMembership(MembershipChange.Step step, String memberId, Closure done) {
        if (!gate.enter()) {
            done.run(new Status(RaftError.ENODESHUTDOWN, "member %s is being stopped", id));
            return;
        }
        try {
            PeerId peer = MemberIds.peer(memberId);
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

    /**
     * Writes an entry without effect; {@code done} is told once, when it is applied here, or that it is not known to
     * be.
     */
    void writeNothing(AppliedCallback done) {
        if (!gate.enter()) {
            done.run(new Status(RaftError.ENODESHUTDOWN, "member %s is being stopped", id));
            return;
        }
        try {
            Task task = new Task();
            task.setData(ByteBuffer.wrap(NOTHING));
            task.setDone(done);
            node.apply(task);
        } finally {
            gate.leave();
        }
    }

    /**
     * Takes no writes while this is so; their senders try again. What a leader has not committed when its successor is
     * elected ends with an unknown outcome, so that it takes nothing from before it hands over until it has.
     */
    void holdWrites(boolean hold) {
        holdsWrites = hold;
    }

    /** Asks the node, which must lead, to hand over to whoever has the most entries. */
    Status handOver() {
        return node.transferLeadershipTo(PeerId.ANY_PEER);
    }

    PeerId id() {
        return id;
    }

    MemberStores stores() {
        return stores;
    }

    List<Activity> takeActivities() {
        return stages.activities().take();
    }

    StageTimes takeWriteStages() {
        return stages.take();
    }

    long leaderTerm() {
        return stateMachine.leaderTerm();
    }

    long leaderChanges() {
        return stateMachine.leaderChanges();
    }

    long snapshotIndex() {
        return stateMachine.snapshotIndex();
    }

    long term() {
        return stores.meta().getTerm();
    }

    long lastAppliedIndex() {
        long stateIndex = stores.state().appliedIndex();
        try {
            // entries that carry no command are known to the library only
            return Math.max(node.getLastAppliedLogIndex(), stateIndex);
        } catch (IllegalStateException e) {
            // the library does not tell once the member has failed or was stopped
            return stateIndex;
        }
    }

    /** Stops the node, waits for its last thread, and closes the engines. */
    void stop() {
        gate.shut();
        server.shutdown();
        node.shutdown();
        try {
            node.join();
            snapshotExecutor.shutdown();
            if (!snapshotExecutor.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new ClusterException.MemberFailed(
                        "member " + id + " still writes a snapshot a minute after it was stopped", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException.MemberFailed(
                    "stopping member " + id + " was interrupted; its engines are still open", e);
        } finally {
            NodeManager.getInstance().removeAddress(id.getEndpoint());
        }
        stores.close();
    }
}
