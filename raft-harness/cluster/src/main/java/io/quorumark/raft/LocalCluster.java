package io.quorumark.raft;

import java.time.Duration;
import java.util.List;

/** The members of one Raft group, in this JVM. Thread-safe. */
@SuppressWarnings("DoNotCallSuggester")
public final class LocalCluster implements AutoCloseable {
    private LocalCluster() {}

    /**
     * Starts every member, from what the folder holds. Returns before a leader is elected.
     *
     * @throws ClusterException.PortInUse a port is taken
     * @throws ClusterException.UntrustedStore the folder holds a group that cannot be started from it
     * @throws io.quorumark.engine.EngineException an engine cannot be opened
     */
    public static LocalCluster start(ClusterConfig config) {
        throw new UnsupportedOperationException("not yet: " + config);
    }

    /** Every member, in the order of their indexes; the same objects for the cluster's life. */
    public List<Member> members() {
        throw new UnsupportedOperationException();
    }

    /** @throws ClusterException.NoLeader none was elected in time */
    public Member awaitLeader(Duration timeout) {
        throw new UnsupportedOperationException(timeout.toString());
    }

    public ClusterClient client() {
        throw new UnsupportedOperationException();
    }

    /** @throws IllegalStateException the transport is not {@link Transport#IN_JVM} */
    public Faults faults() {
        throw new UnsupportedOperationException();
    }

    /** Stops one member in an orderly way: its engines are synced and closed after its last thread has left. Does nothing where it is stopped. */
    public void stop(int memberIndex) {
        throw new UnsupportedOperationException(Integer.toString(memberIndex));
    }

    /** Stops one member where it runs, and starts it from what its folder holds. */
    public void restart(int memberIndex) {
        throw new UnsupportedOperationException(Integer.toString(memberIndex));
    }

    /** Stops every member. A second close does nothing. */
    @Override
    public void close() {}
}
