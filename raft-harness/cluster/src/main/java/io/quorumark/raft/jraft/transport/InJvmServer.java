package io.quorumark.raft.jraft.transport;

import com.alipay.sofa.jraft.rpc.RpcProcessor;
import com.alipay.sofa.jraft.rpc.RpcServer;
import com.alipay.sofa.jraft.rpc.impl.ConnectionClosedEventListener;
import com.alipay.sofa.jraft.util.Endpoint;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Receives one member's messages on an in-JVM network, from {@code init} to {@code shutdown}. */
final class InJvmServer implements RpcServer {
    private final InJvmNetwork network;
    private final Endpoint endpoint;
    private final Map<String, RpcProcessor<?>> processors = new ConcurrentHashMap<>();
    private final List<ConnectionClosedEventListener> closeListeners = new CopyOnWriteArrayList<>();
    private final Set<InJvmConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean started;

    InJvmServer(InJvmNetwork network, Endpoint endpoint) {
        this.network = network;
        this.endpoint = endpoint;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public boolean init(Void none) {
        started = network.bind(this);
        return started;
    }

    @Override
    public void shutdown() {
        started = false;
        network.unbind(this);
        connections.forEach(InJvmConnection::closeWithServer);
    }

    @Override
    public boolean isStarted() {
        return started;
    }

    @Override
    public int boundPort() {
        return endpoint.getPort();
    }

    @Override
    public void registerProcessor(RpcProcessor<?> processor) {
        processors.put(processor.interest(), processor);
    }

    @Override
    public void registerConnectionClosedEventListener(ConnectionClosedEventListener listener) {
        closeListeners.add(listener);
    }

    @Nullable
    RpcProcessor<?> processorOf(Object request) {
        return processors.get(request.getClass().getName());
    }

    InJvmConnection accept() {
        InJvmConnection connection = new InJvmConnection(this);
        connections.add(connection);
        return connection;
    }

    void closedByClient(InJvmConnection connection) {
        network.executor().execute(() -> closed(connection));
    }

    void closed(InJvmConnection connection) {
        connections.remove(connection);
        for (ConnectionClosedEventListener listener : closeListeners) {
            listener.onClosed(endpoint.toString(), connection);
        }
    }
}
