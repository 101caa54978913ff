package io.quorumark.raft;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** The network of the members that run here, and the threads on which they answer requests. */
final class MemberServers implements AutoCloseable {
    private static final int MIN_REQUEST_THREADS = 2;

    private final MemberNetwork network;
    private final ClientAccess access;
    private final ExecutorService background = Executors.newCachedThreadPool(new DaemonThreads("member-background-"));
    private final ExecutorService arrivals = Executors.newSingleThreadExecutor(new DaemonThreads("member-arrival-"));
    private final ExecutorService requests = Executors.newFixedThreadPool(
            Math.max(MIN_REQUEST_THREADS, Runtime.getRuntime().availableProcessors()),
            new DaemonThreads("member-request-"));

    /** @param network closed with these servers */
    MemberServers(MemberNetwork network, ClientAccess access) {
        this.network = network;
        this.access = access;
    }

    ClientAccess access() {
        return access;
    }

    /** The links between members; null if they cannot be cut. */
    @Nullable
    MemberLinks links() {
        return network.links();
    }

    /** What a member sends requests with; closed with these servers. */
    RequestClient client(String memberId) {
        return network.client(memberId);
    }

    /** Runs what may wait for connections; on the calling thread after these servers were closed, or if there is no other. */
    void runInBackground(Runnable task) {
        try {
            background.execute(task);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            // the error says that no thread can be made
            task.run();
        }
    }

    /** Starts a member, which answers requests from before this returns; throws like {@link MemberNetwork#start}. */
    RunningMember start(LocalMember member, MemberConfig config, MemberFailure failure) {
        return network.start(config, new MemberService(member, arrivals, requests, access), failure);
    }

    /** To be called after every member was stopped. */
    @Override
    public void close() {
        network.close();
        arrivals.shutdown();
        requests.shutdown();
        background.shutdown();
    }
}
