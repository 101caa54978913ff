package io.quorumark.raft.jraft;

import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.core.DefaultJRaftServiceFactory;
import com.alipay.sofa.jraft.option.RaftOptions;
import com.alipay.sofa.jraft.storage.LogStorage;
import com.alipay.sofa.jraft.storage.RaftMetaStorage;
import io.quorumark.raft.MemberConfig;
import io.quorumark.raft.RaftSettings;
import io.quorumark.raft.SnapshotPolicy;
import io.quorumark.raft.jraft.log.VolatileLogStorage;
import io.quorumark.raft.jraft.state.KvStateMachine;
import io.quorumark.raft.jraft.transport.InJvmPort;
import io.quorumark.raft.jraft.transport.LibrarySettings;
import io.quorumark.raft.jraft.transport.MemberOptions;
import io.quorumark.raft.jraft.transport.PeerIds;
import org.jspecify.annotations.Nullable;

/** What a node of the library is told: this member's settings in the library's terms, and its stores. */
final class NodeSettings {
    private static final int RPC_CALLBACK_THREADS = 12;
    private static final int RPC_TIMEOUT_ELECTIONS = 5;
    private static final int CONNECTS_PER_ELECTION_TIMEOUT = 8;

    private NodeSettings() {}

    /** The policy, with a bound on entries if the log is kept in memory and a snapshot costs nothing. */
    static SnapshotPolicy snapshots(MemberConfig config) {
        SnapshotPolicy asked = config.raft().snapshots();
        if (config.log().retainsData() || config.state().retainsData()) {
            return asked;
        }
        long most = VolatileLogStorage.SNAPSHOT_ENTRIES;
        long entries = asked.everyEntries() == 0 ? most : Math.min(asked.everyEntries(), most);
        return new SnapshotPolicy(entries, asked.everyBytes(), asked.retain());
    }

    /** @param port if the member is attached to an in-JVM network; null for TCP */
    static MemberOptions of(
            MemberConfig config, @Nullable InJvmPort port, MemberStores stores, KvStateMachine stateMachine) {
        boolean durable = config.log().retainsData();
        int electionTimeoutMillis =
                Math.toIntExact(config.raft().electionTimeout().toMillis());
        MemberOptions options = new MemberOptions(port);
        Configuration voters = new Configuration();
        config.initialVoters().forEach(voter -> voters.addPeer(PeerIds.peer(voter)));
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
        // the library is told how many heartbeats fit into the election timeout, instead of a time
        raft.setElectionHeartbeatFactor(Math.toIntExact(
                electionTimeoutMillis / config.raft().heartbeat().toMillis()));
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
}
