package io.quorumark.raft.jraft.transport;

import com.alipay.remoting.config.BoltGenericOption;
import com.alipay.remoting.rpc.RpcClient;
import org.jspecify.annotations.Nullable;

/** The RPC library's client, with this program's TLS and without a thread that outlives it. */
final class TcpClient extends RpcClient {
    /** @param tls null for plain text */
    TcpClient(@Nullable TlsSettings tls) {
        if (tls != null) {
            option(BoltGenericOption.EXTENDED_NETTY_CHANNEL_HANDLER, tls.forClients());
        }
    }

    @Override
    public void startup() {
        super.startup();
        EventThread.endWhenIdle(RpcClient.class, this);
    }
}
