package io.quorumark.raft.transport;

import com.alipay.sofa.jraft.rpc.Connection;
import com.alipay.sofa.jraft.rpc.RpcContext;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import com.alipay.sofa.jraft.rpc.impl.core.AppendEntriesRequestProcessor;
import java.util.concurrent.Executor;

/**
 * Receives log entries, over any transport; drops those that still wait when their connection is closed.
 *
 * <p>The library's own class handles them while it holds the lock that it waits for them under, 15 seconds long: a member could take no entries from anybody
 * that long after its leader was lost.
 */
public final class EntriesProcessor extends AppendEntriesRequestProcessor {
    private static final String CLOSED = "quorumark-closed";

    public EntriesProcessor(Executor executor) {
        super(executor);
    }

    @Override
    public void onClosed(String remoteAddress, Connection connection) {
        connection.setAttribute(CLOSED, true);
        super.onClosed(remoteAddress, connection);
    }

    @Override
    public void handleRequest(RpcContext context, AppendEntriesRequest request) {
        Connection connection = context.getConnection();
        if (connection == null || connection.getAttribute(CLOSED) == null) {
            super.handleRequest(context, request);
        }
    }
}
