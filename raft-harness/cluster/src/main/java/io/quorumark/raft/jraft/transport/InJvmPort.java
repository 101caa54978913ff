package io.quorumark.raft.jraft.transport;

import com.alipay.sofa.jraft.rpc.RaftRpcFactory.ConfigHelper;
import com.alipay.sofa.jraft.rpc.RpcClient;
import com.alipay.sofa.jraft.rpc.RpcServer;
import com.alipay.sofa.jraft.util.Endpoint;

/** One member's place in an in-JVM network; travels through the library as the "configuration" of the member's client. */
public final class InJvmPort implements ConfigHelper<RpcClient> {
    private final InJvmNetwork network;
    private final Endpoint self;

    InJvmPort(InJvmNetwork network, Endpoint self) {
        this.network = network;
        this.self = self;
    }

    /** A server that, once it is initialised, receives what is sent to this member. */
    public RpcServer newServer() {
        return new InJvmServer(network, self);
    }

    /** A client that sends as this member; over this port's network it needs no options. */
    public RpcClient newClient() {
        return new InJvmClient(network, self);
    }

    @Override
    public void config(RpcClient client) {}
}
