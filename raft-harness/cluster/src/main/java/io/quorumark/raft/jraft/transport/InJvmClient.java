package io.quorumark.raft.jraft.transport;

import com.alipay.sofa.jraft.ReplicatorGroup;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.error.InvokeTimeoutException;
import com.alipay.sofa.jraft.error.RemotingException;
import com.alipay.sofa.jraft.option.RpcOptions;
import com.alipay.sofa.jraft.rpc.InvokeCallback;
import com.alipay.sofa.jraft.rpc.InvokeContext;
import com.alipay.sofa.jraft.rpc.RpcClient;
import com.alipay.sofa.jraft.rpc.RpcProcessor;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequestHeader;
import com.alipay.sofa.jraft.util.Endpoint;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Sends one member's messages on an in-JVM network. */
final class InJvmClient implements RpcClient {
    private final InJvmNetwork network;
    private final Endpoint self;
    private final ConcurrentMap<Endpoint, InJvmConnection> connections = new ConcurrentHashMap<>();
    private volatile @Nullable ReplicatorGroup replicators;

    InJvmClient(InJvmNetwork network, Endpoint self) {
        this.network = network;
        this.self = self;
    }

    @Override
    public boolean init(RpcOptions options) {
        return true;
    }

    @Override
    public void shutdown() {
        connections.values().forEach(InJvmConnection::close);
    }

    @Override
    public boolean checkConnection(Endpoint to) {
        InJvmConnection connection = connections.get(to);
        return connection != null && connection.isOpen();
    }

    @Override
    public boolean checkConnection(Endpoint to, boolean createIfAbsent) {
        return createIfAbsent ? connect(to) != null : checkConnection(to);
    }

    @Override
    public void closeConnection(Endpoint to) {
        InJvmConnection connection = connections.remove(to);
        if (connection != null) {
            connection.close();
        }
    }

    @Override
    public void registerConnectEventListener(ReplicatorGroup group) {
        replicators = group;
    }

    /** The connection, made if needed; null if no server is there. A cut link shows in lost messages only. */
    private @Nullable InJvmConnection connect(Endpoint to) {
        InJvmConnection current = connections.get(to);
        if (current != null && current.isOpen()) {
            return current;
        }
        InJvmServer server = network.serverAt(to);
        if (server == null) {
            return null;
        }
        InJvmConnection fresh;
        synchronized (this) {
            current = connections.get(to);
            if (current != null && current.isOpen()) {
                return current;
            }
            fresh = server.accept();
            connections.put(to, fresh);
        }
        ReplicatorGroup group = replicators;
        if (group != null) {
            // a replicator that gave up while the member was away starts again
            network.executor().execute(() -> group.checkReplicator(new PeerId(to, 0), true));
        }
        return fresh;
    }

    @Override
    public @Nullable Object invokeSync(Endpoint to, Object request, @Nullable InvokeContext context, long timeoutMillis)
            throws InterruptedException, RemotingException {
        CompletableFuture<@Nullable Object> answer = new CompletableFuture<>();
        invokeAsync(
                to,
                request,
                context,
                new InvokeCallback() {
                    @Override
                    public void complete(@Nullable Object result, @Nullable Throwable failure) {
                        if (failure == null) {
                            answer.complete(result);
                        } else {
                            answer.completeExceptionally(failure);
                        }
                    }

                    @Override
                    public Executor executor() {
                        return Runnable::run;
                    }
                },
                timeoutMillis);
        try {
            return answer.get(timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new InvokeTimeoutException(e);
        } catch (ExecutionException e) {
            throw new RemotingException(e.getCause());
        }
    }

    /**
     * Once a call was made, what goes wrong ends the call and is not thrown: the library would know nothing of the call, and its answer or
     * timeout would then leave the sender's lock held for ever.
     */
    @Override
    public void invokeAsync(
            Endpoint to, Object request, @Nullable InvokeContext context, InvokeCallback callback, long timeoutMillis)
            throws RemotingException {
        InJvmConnection connection = connect(to);
        if (connection == null) {
            throw new RemotingException("no member listens at " + to);
        }
        RpcProcessor<?> processor = connection.server().processorOf(request);
        if (processor == null) {
            throw new RemotingException(
                    to + " does not take " + request.getClass().getName());
        }
        InJvmCall call = new InJvmCall(network, self, connection, callback);
        try {
            call.startTimeout(timeoutMillis);
            connection.add(call);
            network.show(self, to, request);
            if (network.isCut(self, to)) {
                network.lose(call, self, to);
            } else {
                deliver(processor, call, request);
            }
        } catch (RuntimeException | Error e) {
            // an Error too: the library asserts that a receiver is there, which may be about to end
            call.fail(e);
        }
    }

    @SuppressWarnings("unchecked")
    private <T> void deliver(RpcProcessor<T> processor, InJvmCall call, Object request) {
        executorOf(processor, request).execute(() -> processor.handleRequest(call, (T) request));
    }

    /** Log entries of one sender are handled by one thread, in their order; the processor names it. */
    private Executor executorOf(RpcProcessor<?> processor, Object request) {
        if (request instanceof AppendEntriesRequest entries && processor.executorSelector() != null) {
            AppendEntriesRequestHeader header = AppendEntriesRequestHeader.newBuilder()
                    .setGroupId(entries.getGroupId())
                    .setPeerId(entries.getPeerId())
                    .setServerId(entries.getServerId())
                    .build();
            Executor selected = processor.executorSelector().select(processor.interest(), header);
            if (selected != null) {
                return selected;
            }
        }
        Executor own = processor.executor();
        return own == null ? network.executor() : own;
    }
}
