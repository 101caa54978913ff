package io.quorumark.raft;

import com.alipay.sofa.jraft.option.RpcOptions;
import com.alipay.sofa.jraft.rpc.RpcClient;
import com.alipay.sofa.jraft.rpc.RpcServer;
import com.alipay.sofa.jraft.rpc.impl.PingRequestProcessor;
import com.alipay.sofa.jraft.rpc.impl.core.GetFileRequestProcessor;
import com.alipay.sofa.jraft.rpc.impl.core.InstallSnapshotRequestProcessor;
import com.alipay.sofa.jraft.rpc.impl.core.ReadIndexRequestProcessor;
import com.alipay.sofa.jraft.rpc.impl.core.RequestVoteRequestProcessor;
import com.alipay.sofa.jraft.rpc.impl.core.TimeoutNowRequestProcessor;
import com.alipay.sofa.jraft.util.Endpoint;
import com.alipay.sofa.jraft.util.NamedThreadFactory;
import com.alipay.sofa.jraft.util.RpcFactoryHelper;
import io.quorumark.raft.transport.EntriesProcessor;
import io.quorumark.raft.transport.InJvmNetwork;
import io.quorumark.raft.transport.InJvmPort;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Makes members reachable: on the group's in-JVM network, or on a loopback port. Offers what replication needs, and no
 * remote administration.
 */
final class MemberServers implements AutoCloseable {
    private static final int MIN_REQUEST_THREADS = 2;

    private final @Nullable InJvmNetwork network;
    private final ClientAccess access;
    private final ExecutorService executor =
            Executors.newCachedThreadPool(new NamedThreadFactory("raft-rpc-server-", true));
    private final ExecutorService arrivals =
            Executors.newSingleThreadExecutor(new NamedThreadFactory("member-arrival-", true));
    private final ExecutorService requests = Executors.newFixedThreadPool(
            Math.max(MIN_REQUEST_THREADS, Runtime.getRuntime().availableProcessors()),
            new NamedThreadFactory("member-request-", true));
    private final Queue<RpcClient> clients = new ConcurrentLinkedQueue<>();

    /**
     * A server that takes messages.
     *
     * @param port the member's place on the in-JVM network; null for TCP
     */
    record Listening(RpcServer server, @Nullable InJvmPort port) {}

    MemberServers(Transport transport, ClientAccess access) {
        this.access = access;
        this.network = transport == Transport.IN_JVM ? new InJvmNetwork() : null;
    }

    ClientAccess access() {
        return access;
    }

    @Nullable
    InJvmNetwork network() {
        return network;
    }

    /** The client of the member at {@code endpoint}, for what it sends on; shut down with these servers. */
    RpcClient client(Endpoint endpoint) {
        RpcClient client = network == null
                ? RpcFactoryHelper.rpcFactory().createRpcClient()
                : network.attach(endpoint).newClient();
        client.init(new RpcOptions());
        clients.add(client);
        return client;
    }

    /** Runs what may wait for connections; on the calling thread after these servers were closed. */
    void runInBackground(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }

    /** @throws ClusterException.PortInUse the port is taken */
    Listening listen(LocalMember member) {
        Endpoint endpoint = member.endpoint();
        InJvmPort port = network == null ? null : network.attach(endpoint);
        RpcServer server = port == null ? RpcFactoryHelper.rpcFactory().createRpcServer(endpoint) : port.newServer();
        EntriesProcessor entries = new EntriesProcessor(executor);
        server.registerConnectionClosedEventListener(entries);
        server.registerProcessor(entries);
        server.registerProcessor(new GetFileRequestProcessor(executor));
        server.registerProcessor(new InstallSnapshotRequestProcessor(executor));
        server.registerProcessor(new RequestVoteRequestProcessor(executor));
        server.registerProcessor(new PingRequestProcessor(executor));
        server.registerProcessor(new TimeoutNowRequestProcessor(executor));
        server.registerProcessor(new ReadIndexRequestProcessor(executor));
        server.registerProcessor(new MemberService(member, arrivals, requests, access));
        startOrExplain(server, endpoint);
        return new Listening(server, port);
    }

    private static void startOrExplain(RpcServer server, Endpoint endpoint) {
        try {
            if (server.init(null)) {
                return;
            }
        } catch (RuntimeException e) {
            throw portInUse(endpoint, e);
        }
        throw portInUse(endpoint, null);
    }

    private static ClusterException.PortInUse portInUse(Endpoint endpoint, @Nullable Throwable cause) {
        return new ClusterException.PortInUse(
                "cannot listen on " + endpoint
                        + ": the port is in use; stop what uses it, or use another folder or port",
                cause);
    }

    /** To be called after every member was stopped. */
    @Override
    public void close() {
        clients.forEach(RpcClient::shutdown);
        arrivals.shutdown();
        requests.shutdown();
        executor.shutdown();
        if (network != null) {
            network.close();
        }
    }
}
