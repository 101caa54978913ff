package io.quorumark.raft.jraft.transport;

import com.alipay.remoting.config.BoltGenericOption;
import com.alipay.remoting.rpc.RpcServer;
import com.alipay.sofa.jraft.util.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * The RPC library's server, with this program's TLS and without a thread that outlives it. Listens on the endpoint's address alone; what
 * the Raft library makes listens on every interface.
 */
final class TcpServer extends RpcServer {
    /** @param tls null for plain text */
    TcpServer(Endpoint endpoint, @Nullable TlsSettings tls) {
        super(endpoint.getIp(), endpoint.getPort(), true);
        if (tls != null) {
            option(BoltGenericOption.EXTENDED_NETTY_CHANNEL_HANDLER, tls.forServers());
        }
    }

    @Override
    protected void doInit() {
        super.doInit();
        EventThread.endWhenIdle(RpcServer.class, this);
    }
}
