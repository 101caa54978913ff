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
 * if a newer connection has taken the pair over. The library throws it away, and with it the answers to what has arrived on the newer
 * connection already: the leader would wait for them until they time out.
 * </ul>
 */
public final class EntriesProcessor extends AppendEntriesRequestProcessor {
    private static final String CLOSED = "quorumark-closed";

    /**
     * Where the library notes the pairs of members that have used a connection; each prints as {@link #pairOf(AppendEntriesRequest)} does.
     */
    private static final String PAIRS = "jraft-peer-pairs";

    private static final String IDENTITY = "quorumark-identity";

    private final ConcurrentMap<String, Object> newestByPair = new ConcurrentHashMap<>();

    public EntriesProcessor(Executor executor) {
        super(executor);
    }

    @Override
    public void onClosed(String remoteAddress, Connection connection) {
        connection.setAttribute(CLOSED, true);
        Object closed = identity(connection);
        if (connection.getAttribute(PAIRS) instanceof Set<?> pairs) {
            pairs.removeIf(pair -> newestByPair.getOrDefault(pair.toString(), closed) != closed);
        }
        newestByPair.values().removeIf(newest -> newest == closed);
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
            Object identity = identity(connection);
            if (newestByPair.get(pair) != identity) {
                newestByPair.put(pair, identity);
            }
        }
        super.handleRequest(context, request);
    }

    /** The same for all objects that stand for a connection: over TCP the library makes one for every message. */
    private static Object identity(Connection connection) {
        Object known = connection.getAttribute(IDENTITY);
        if (known != null) {
            return known;
        }
        Object made = new Object();
        Object earlier = connection.setAttributeIfAbsent(IDENTITY, made);
        return earlier == null ? made : earlier;
    }

    private static String pairOf(AppendEntriesRequest request) {
        return "PeerPair[" + request.getPeerId() + " -> " + request.getServerId() + "]";
    }
}
