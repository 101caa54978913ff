package io.quorumark.raft.jraft.transport;

import com.alipay.sofa.jraft.error.RemotingException;
import com.alipay.sofa.jraft.rpc.Connection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One client's way to one server; ends with the server. */
final class InJvmConnection implements Connection {
    private final InJvmServer server;
    private final ConcurrentMap<String, Object> attributes = new ConcurrentHashMap<>();
    private final Set<InJvmCall> pending = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean open = new AtomicBoolean(true);

    InJvmConnection(InJvmServer server) {
        this.server = server;
    }

    InJvmServer server() {
        return server;
    }

    boolean isOpen() {
        return open.get() && server.isStarted();
    }

    /** Remembers a call until it ends; fails it if the connection is closed already. */
    void add(InJvmCall call) {
        pending.add(call);
        if (!isOpen()) {
            failPending();
        }
    }

    void remove(InJvmCall call) {
        pending.remove(call);
    }

    /** What waits for an answer learns at once that none will come, as over TCP. */
    private void failPending() {
        for (InJvmCall call : pending) {
            call.fail(new RemotingException("the connection to " + server.endpoint() + " was closed"));
        }
    }

    @Override
    public @Nullable Object getAttribute(String key) {
        return attributes.get(key);
    }

    @Override
    public void setAttribute(String key, Object value) {
        attributes.put(key, value);
    }

    @Override
    public @Nullable Object setAttributeIfAbsent(String key, Object value) {
        return attributes.putIfAbsent(key, value);
    }

    /**
     * Closes it from the client's side. The server learns of it on a thread of the network, as it would over TCP: it waits for what it has
     * in hand, while the client may hold locks that this needs.
     */
    @Override
    public void close() {
        if (open.compareAndSet(true, false)) {
            server.closedByClient(this);
            failPending();
        }
    }

    /** Closes it from the server's side. */
    void closeWithServer() {
        if (open.compareAndSet(true, false)) {
            server.closed(this);
            failPending();
        }
    }
}
