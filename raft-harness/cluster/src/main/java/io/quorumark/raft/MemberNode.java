package io.quorumark.raft;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** One member in a process of its own, reached by the others and by clients over TCP at its id's address, and at no other. Thread-safe. */
public final class MemberNode implements AutoCloseable {
    private final ScheduledExecutorService retries;
    private final MemberServers servers;
    private final LocalMember member;

    private MemberNode(MemberConfig config, ClientAccess access) {
        this.retries = Executors.newSingleThreadScheduledExecutor(new DaemonThreads("member-retry-"));
        this.servers = new MemberServers(RaftLibrary.onClassPath().openNetwork(Transport.TCP), access);
        this.member = new LocalMember(config, 0, servers, retries);
    }

    /** Like {@link #start(MemberConfig, ClientAccess)}, for a group without a password. */
    public static MemberNode start(MemberConfig config) {
        return start(config, ClientAccess.open());
    }

    /**
     * Starts the member from what its folder holds. Returns before a leader is elected.
     *
     * @param access who may ask it what clients ask; the same password on all members
     * @throws ClusterException.PortInUse the port is taken, or the address is not this machine's
     * @throws ClusterException.UntrustedStore the folder belongs to another member, or cannot be started from
     * @throws ClusterException.MemberFailed its log or snapshot cannot be read
     * @throws io.quorumark.engine.EngineException an engine cannot be opened
     */
    public static MemberNode start(MemberConfig config, ClientAccess access) {
        MemberIdentity.claim(config);
        MemberNode node = new MemberNode(config, access);
        try {
            node.member.start();
            return node;
        } catch (RuntimeException e) {
            node.closeServers();
            throw e;
        }
    }

    /** The member, which lives until this is closed. */
    public Member member() {
        return member;
    }

    /**
     * Stops the member in an orderly way: its engines are synced and closed after its last thread has left. A second close does nothing.
     */
    @Override
    public synchronized void close() {
        try {
            member.stop();
        } finally {
            closeServers();
        }
    }

    private void closeServers() {
        if (retries.isShutdown()) {
            return;
        }
        retries.shutdown();
        servers.close();
    }
}
