package io.quorumark.raft.jraft.transport;

import com.alipay.sofa.jraft.error.RemotingException;
import com.alipay.sofa.jraft.rpc.InvokeCallback;
import com.alipay.sofa.jraft.rpc.InvokeContext;
import com.alipay.sofa.jraft.rpc.impl.BoltRpcClient;
import com.alipay.sofa.jraft.util.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * One member's calls over TCP. A call that cannot be made fails in the one way that the Raft library expects. If anything else is thrown
 * while the library sends log entries, it goes on waiting for the answer to a request that was never sent.
 */
final class TcpCalls extends BoltRpcClient {
    TcpCalls(TcpClient client) {
        super(client);
    }

    @Override
    public void invokeAsync(
            Endpoint to, Object request, @Nullable InvokeContext context, InvokeCallback callback, long timeoutMillis)
            throws InterruptedException, RemotingException {
        try {
            super.invokeAsync(to, request, context, callback, timeoutMillis);
        } catch (RuntimeException | Error e) {
            throw new RemotingException("no call to " + to + ": " + e.getMessage(), e);
        }
    }
}
