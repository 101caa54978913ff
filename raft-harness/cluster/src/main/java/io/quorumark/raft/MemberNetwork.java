package io.quorumark.raft;

import org.jspecify.annotations.Nullable;

/** How the members of one group reach each other. Thread-safe. */
public interface MemberNetwork extends AutoCloseable {
    /**
     * What a member sends requests with, running or not; closed with the network.
     *
     * @param memberId of the member that sends
     */
    RequestClient client(String memberId);

    /**
     * Makes a member reachable, opens its engines and starts it from what its folder holds. Returns before a leader is elected.
     *
     * @param requests takes what clients and other members ask, from before this returns
     * @param failure told why the member stops working
     * @throws ClusterException.PortInUse the port is taken
     * @throws ClusterException.UntrustedStore the folder cannot be started from
     * @throws ClusterException.MemberFailed its log or snapshot cannot be read
     * @throws io.quorumark.engine.EngineException an engine cannot be opened
     */
    RunningMember start(MemberConfig config, RequestHandler requests, MemberFailure failure);

    /** The links between members; null if they cannot be cut. */
    @Nullable
    MemberLinks links();

    /** To be called after every member was stopped. */
    @Override
    void close();
}
