package io.quorumark.raft;

import com.alipay.sofa.jraft.error.RemotingException;
import com.alipay.sofa.jraft.rpc.InvokeCallback;
import com.alipay.sofa.jraft.rpc.RpcClient;
import io.quorumark.raft.message.ClientRequest;
import io.quorumark.raft.message.ClientResponse;
import io.quorumark.raft.message.MessageKey;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Sends requests that are not writes to one member each. Thread-safe; answers arrive on network threads. */
final class Questions {
    private final RpcClient rpc;
    private final String groupId;
    private final @Nullable MessageKey key;

    /** @param key of the group's password; null if it has none */
    Questions(RpcClient rpc, String groupId, @Nullable MessageKey key) {
        this.rpc = rpc;
        this.groupId = groupId;
        this.key = key;
    }

    /**
     * The member's answer; fails with {@link ClusterException.MemberFailed} if there is none within {@code
     * timeoutMillis}.
     */
    CompletableFuture<ClientResponse> ask(String memberId, ClientRequest.Kind kind, byte[] body, long timeoutMillis) {
        CompletableFuture<ClientResponse> answer = new CompletableFuture<>();
        try {
            rpc.invokeAsync(
                    MemberIds.endpoint(memberId),
                    ClientRequest.of(kind, groupId, body, key),
                    null,
                    new Completion(memberId, answer),
                    timeoutMillis);
        } catch (RemotingException e) {
            answer.completeExceptionally(unreachable(memberId, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer.completeExceptionally(unreachable(memberId, e));
        }
        return answer;
    }

    private record Completion(String memberId, CompletableFuture<ClientResponse> answer) implements InvokeCallback {
        @Override
        public void complete(@Nullable Object result, @Nullable Throwable failure) {
            if (result instanceof ClientResponse response) {
                answer.complete(response);
            } else {
                answer.completeExceptionally(unreachable(memberId, failure));
            }
        }

        @Override
        public Executor executor() {
            return Runnable::run;
        }
    }

    private static ClusterException unreachable(String memberId, @Nullable Throwable cause) {
        return new ClusterException.MemberFailed(
                "member " + memberId + " does not answer (" + (cause == null ? "nothing" : cause.getMessage())
                        + "); check the address and that it runs",
                cause);
    }
}
