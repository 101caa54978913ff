package io.quorumark.raft.jraft;

import com.alipay.sofa.jraft.error.InvokeTimeoutException;
import com.alipay.sofa.jraft.error.RemotingException;
import com.alipay.sofa.jraft.rpc.InvokeCallback;
import com.alipay.sofa.jraft.rpc.RpcClient;
import com.alipay.sofa.jraft.util.Endpoint;
import io.quorumark.raft.RequestClient;
import io.quorumark.raft.jraft.transport.PeerIds;
import io.quorumark.raft.jraft.transport.TlsSettings;
import io.quorumark.raft.message.ClientRequest;
import io.quorumark.raft.message.ClientResponse;
import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Sends requests over the library's RPC. Thread-safe. */
final class JraftRequestClient implements RequestClient {
    // A message that was not written to the socket in full cannot have been taken up; the library says so in its words
    // only.
    private static final String SEND_ERROR = "CLIENT_SEND_ERROR";

    private final RpcClient rpc;
    private final ConcurrentMap<String, Endpoint> endpoints = new ConcurrentHashMap<>();

    /** @param rpc ready for use; shut down with this */
    JraftRequestClient(RpcClient rpc) {
        this.rpc = rpc;
    }

    @Override
    public void send(String memberId, ClientRequest request, long timeoutMillis, Answer answer) {
        Endpoint to = endpoints.computeIfAbsent(memberId, PeerIds::endpoint);
        try {
            rpc.invokeAsync(to, request, null, new Completion(memberId, answer), timeoutMillis);
        } catch (RemotingException e) {
            // no connection: nothing was sent
            answer.onLoss(Loss.NOT_SENT, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer.onLoss(Loss.INTERRUPTED, e);
        }
    }

    @Override
    public void close() {
        rpc.shutdown();
    }

    private record Completion(String memberId, Answer answer) implements InvokeCallback {
        @Override
        public void complete(@Nullable Object result, @Nullable Throwable failure) {
            if (result instanceof ClientResponse response) {
                answer.onResponse(response);
            } else {
                answer.onLoss(lossBy(failure), told(failure));
            }
        }

        /** The library does not hand on why TLS failed. */
        private @Nullable Throwable told(@Nullable Throwable failure) {
            String problem = TlsSettings.problemWith(memberId);
            return problem == null ? failure : new IOException(problem, failure);
        }

        private static Loss lossBy(@Nullable Throwable failure) {
            if (failure != null && String.valueOf(failure.getMessage()).contains(SEND_ERROR)) {
                return Loss.NOT_SENT;
            }
            return failure instanceof InvokeTimeoutException ? Loss.TIMED_OUT : Loss.BROKEN;
        }

        @Override
        public Executor executor() {
            return Runnable::run;
        }
    }
}
