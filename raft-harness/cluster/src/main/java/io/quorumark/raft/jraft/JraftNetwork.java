package io.quorumark.raft.jraft;

import com.alipay.sofa.jraft.option.RpcOptions;
import com.alipay.sofa.jraft.rpc.RpcClient;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.InstallSnapshotRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.ReadIndexRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.RequestVoteRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.TimeoutNowRequest;
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
import io.quorumark.raft.ClusterException;
import io.quorumark.raft.ListenFailure;
import io.quorumark.raft.MemberConfig;
import io.quorumark.raft.MemberFailure;
import io.quorumark.raft.MemberLinks;
import io.quorumark.raft.MemberNetwork;
import io.quorumark.raft.RequestClient;
import io.quorumark.raft.RequestHandler;
import io.quorumark.raft.RunningMember;
import io.quorumark.raft.Transport;
import io.quorumark.raft.jraft.transport.EntriesProcessor;
import io.quorumark.raft.jraft.transport.FromMembers;
import io.quorumark.raft.jraft.transport.InJvmNetwork;
import io.quorumark.raft.jraft.transport.InJvmPort;
import io.quorumark.raft.jraft.transport.PeerIds;
import java.net.BindException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Makes members reachable: on the group's in-JVM network, or on a TCP port. Offers what replication needs, and no remote administration.
 */
final class JraftNetwork implements MemberNetwork {
    private final @Nullable InJvmNetwork inJvm;
    private final Duration limitOfUnstarted;
    private final ExecutorService executor =
            Executors.newCachedThreadPool(new NamedThreadFactory("raft-rpc-server-", true));
    private final Queue<RequestClient> clients = new ConcurrentLinkedQueue<>();

    JraftNetwork(Transport transport) {
        this(transport, NodeEnd.LIMIT_OF_UNSTARTED);
    }

    /** @param limitOfUnstarted how long a node that does not start may take to end */
    JraftNetwork(Transport transport, Duration limitOfUnstarted) {
        this.limitOfUnstarted = limitOfUnstarted;
        this.inJvm = transport == Transport.IN_JVM ? new InJvmNetwork() : null;
    }

    @Override
    public RequestClient client(String memberId) {
        InJvmPort port = port(memberId);
        RpcClient rpc = port == null ? RpcFactoryHelper.rpcFactory().createRpcClient() : port.newClient();
        rpc.init(new RpcOptions());
        RequestClient client = new JraftRequestClient(rpc);
        clients.add(client);
        return client;
    }

    /** The member's place on the in-JVM network; null for TCP. */
    private @Nullable InJvmPort port(String memberId) {
        return inJvm == null ? null : inJvm.attach(PeerIds.endpoint(memberId));
    }

    @Override
    public RunningMember start(MemberConfig config, RequestHandler requests, MemberFailure failure) {
        Endpoint endpoint = PeerIds.endpoint(config.id());
        InJvmPort port = port(config.id());
        RpcServer server = port == null ? RpcFactoryHelper.rpcFactory().createRpcServer(endpoint) : port.newServer();
        EntriesProcessor entries = new EntriesProcessor(executor);
        server.registerConnectionClosedEventListener(entries);
        server.registerProcessor(FromMembers.only(entries, AppendEntriesRequest::getServerId));
        server.registerProcessor(new GetFileRequestProcessor(executor));
        server.registerProcessor(
                FromMembers.only(new InstallSnapshotRequestProcessor(executor), InstallSnapshotRequest::getServerId));
        server.registerProcessor(
                FromMembers.only(new RequestVoteRequestProcessor(executor), RequestVoteRequest::getServerId));
        server.registerProcessor(new PingRequestProcessor(executor));
        server.registerProcessor(
                FromMembers.only(new TimeoutNowRequestProcessor(executor), TimeoutNowRequest::getServerId));
        server.registerProcessor(
                FromMembers.only(new ReadIndexRequestProcessor(executor), ReadIndexRequest::getServerId));
        server.registerProcessor(new ClientRequestProcessor(requests));
        startOrExplain(server, endpoint);
        try {
            return new JraftMember(config, server, port, failure, limitOfUnstarted);
        } catch (RuntimeException e) {
            // a member that does not start may have shut it down already, which cannot be done twice
            if (server.isStarted()) {
                server.shutdown();
            }
            throw e;
        }
    }

    private static void startOrExplain(RpcServer server, Endpoint endpoint) {
        try {
            if (server.init(null)) {
                return;
            }
        } catch (RuntimeException e) {
            throw cannotListen(endpoint, e);
        }
        // on the in-JVM network; over TCP the reason is thrown
        throw cannotListen(endpoint, new BindException("Address already in use"));
    }

    private static ClusterException.PortInUse cannotListen(Endpoint endpoint, Throwable cause) {
        return new ClusterException.PortInUse(
                "cannot listen on " + endpoint + ": " + ListenFailure.why(endpoint.getIp(), cause), cause);
    }

    @Override
    public @Nullable MemberLinks links() {
        return inJvm;
    }

    @Override
    public void close() {
        clients.forEach(RequestClient::close);
        executor.shutdown();
        if (inJvm != null) {
            inJvm.close();
        }
    }
}
