package io.quorumark.raft.jraft.transport;

import com.alipay.sofa.jraft.error.InvokeTimeoutException;
import com.alipay.sofa.jraft.rpc.Connection;
import com.alipay.sofa.jraft.rpc.InvokeCallback;
import com.alipay.sofa.jraft.rpc.RpcContext;
import com.alipay.sofa.jraft.util.Endpoint;
import com.alipay.sofa.jraft.util.timer.Timeout;
import com.alipay.sofa.jraft.util.timer.TimerTask;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One request and its answer: completed once, by the answer or by the timeout, whichever comes first. */
final class InJvmCall implements RpcContext, TimerTask {
    private final InJvmNetwork network;
    private final Endpoint from;
    private final InJvmConnection connection;
    private final InvokeCallback callback;
    private final AtomicBoolean completed = new AtomicBoolean();
    private volatile @Nullable Timeout timeout;

    InJvmCall(InJvmNetwork network, Endpoint from, InJvmConnection connection, InvokeCallback callback) {
        this.network = network;
        this.from = from;
        this.connection = connection;
        this.callback = callback;
    }

    void startTimeout(long timeoutMillis) {
        timeout = network.schedule(this, timeoutMillis);
    }

    @Override
    public void run(Timeout expired) {
        complete(null, new InvokeTimeoutException("no answer from " + getRemoteAddress() + " in time"));
    }

    @Override
    public void sendResponse(Object response) {
        Endpoint server = connection.server().endpoint();
        if (network.isCut(server, from)) {
            network.lose(this, server, from);
        } else {
            complete(response, null);
        }
    }

    boolean isCompleted() {
        return completed.get();
    }

    void fail(Throwable cause) {
        complete(null, cause);
    }

    private void complete(@Nullable Object response, @Nullable Throwable failure) {
        if (!completed.compareAndSet(false, true)) {
            return;
        }
        connection.remove(this);
        Timeout pending = timeout;
        if (pending != null) {
            pending.cancel();
        }
        Executor executor = callback.executor() == null ? network.executor() : callback.executor();
        try {
            executor.execute(() -> callback.complete(response, failure));
        } catch (RejectedExecutionException e) {
            // The client's pool is shut down or full. This thread may hold the caller's lock, so another one tells the
            // caller.
            network.executor().execute(() -> callback.complete(null, failure == null ? e : failure));
        }
    }

    @Override
    public Connection getConnection() {
        return connection;
    }

    @Override
    public String getRemoteAddress() {
        return connection.server().endpoint().toString();
    }
}
