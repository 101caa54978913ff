package io.quorumark.raft.jraft.transport;

import com.alipay.sofa.jraft.rpc.Connection;
import com.alipay.sofa.jraft.rpc.RpcContext;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import com.alipay.sofa.jraft.rpc.impl.core.AppendEntriesRequestProcessor;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;

/**
 * Receives log entries, over any transport, and mends what the library's own class makes of connections that close:
 *
 * <ul> <li>Entries that still wait then are dropped. The library handles them while it holds the lock that it waits for them under, 15
 * seconds long: a member could take no entries from anybody that long after its leader was lost. <li>The state of a pair of members is kept
 * where a newer connection has taken the pair over. The library throws it away, and with it the answers to what has arrived on the newer
 * connection already: the leader would wait for them until they time out.
 * </ul>
 */
public final class EntriesProcessor extends AppendEntriesRequestProcessor {
    private static final String CLOSED = "quorumark-closed";

    /**
     * Where the library notes the pairs of members that have used a connection; each prints as {@link #pairOf(AppendEntriesRequest)} does.
     */
    private static final String PAIRS = "jraft-peer-pairs";

    private final ConcurrentMap<String, Connection> newestByPair = new ConcurrentHashMap<>();

    public EntriesProcessor(Executor executor) {
        super(executor);
    }

    @Override
    public void onClosed(String remoteAddress, Connection connection) {
        connection.setAttribute(CLOSED, true);
        if (connection.getAttribute(PAIRS) instanceof Set<?> pairs) {
            pairs.removeIf(pair -> newestByPair.getOrDefault(pair.toString(), connection) != connection);
        }
        newestByPair.values().removeIf(newest -> newest == connection);
        super.onClosed(remoteAddress, connection);
    }

    @Override
    public void handleRequest(RpcContext context, AppendEntriesRequest request) {
        Connection connection = context.getConnection();
        if (connection != null) {
            if (connection.getAttribute(CLOSED) != null) {
                return;
            }
            String pair = pairOf(request);
            if (newestByPair.get(pair) != connection) {
                newestByPair.put(pair, connection);
            }
        }
        super.handleRequest(context, request);
    }

    private static String pairOf(AppendEntriesRequest request) {
        return "PeerPair[" + request.getPeerId() + " -> " + request.getServerId() + "]";
    }
}
