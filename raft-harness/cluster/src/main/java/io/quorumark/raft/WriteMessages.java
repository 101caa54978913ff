package io.quorumark.raft;

import com.alipay.sofa.jraft.error.InvokeTimeoutException;
import com.alipay.sofa.jraft.error.RemotingException;
import com.alipay.sofa.jraft.rpc.InvokeCallback;
import com.alipay.sofa.jraft.rpc.RpcClient;
import com.alipay.sofa.jraft.util.Endpoint;
import io.quorumark.raft.command.WriteResult;
import io.quorumark.raft.message.ClientRequest;
import io.quorumark.raft.message.ClientResponse;
import io.quorumark.raft.message.MessageKey;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends writes to a member that is believed to lead, and ends them as it answers. */
final class WriteMessages {
    private final RpcClient rpc;
    private final String groupId;
    private final @Nullable MessageKey key;

    /** @param key of the group's password; null if it has none */
    WriteMessages(RpcClient rpc, String groupId, @Nullable MessageKey key) {
        this.rpc = rpc;
        this.groupId = groupId;
        this.key = key;
    }

    /** Takes a write back that the member surely has not taken. */
    @FunctionalInterface
    interface Refused {
        /** @param leaderId who leads as far as the member knows; empty if it knows nobody, or could not be reached */
        void by(PendingWrite write, String leaderId);
    }

    /** Sends one write; it ends by its callback, or comes back through {@code refused}. */
    void send(PendingWrite write, Endpoint to, Refused refused) {
        long leftMillis = TimeUnit.NANOSECONDS.toMillis(write.deadlineNanos() - System.nanoTime());
        if (leftMillis <= 0) {
            refused.by(write, "");
            return;
        }
        ClientRequest request = ClientRequest.of(ClientRequest.Kind.WRITE, groupId, write.command(), key);
        try {
            rpc.invokeAsync(to, request, null, new Answer(write, refused), leftMillis);
        } catch (RemotingException e) {
            // no connection: nothing was sent
            refused.by(write, "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            write.fail(RaftFailure.Code.UNKNOWN_OUTCOME, "interrupted while the write was sent to " + to);
        }
    }

    // A message that was not written to the socket in full cannot have been taken up; the library says so in its words
    // only.
    private static final String NOT_SENT = "CLIENT_SEND_ERROR";

    private record Answer(PendingWrite write, Refused refused) implements InvokeCallback {
        @Override
        public void complete(@Nullable Object result, @Nullable Throwable failure) {
            if (result instanceof ClientResponse response) {
                take(response);
            } else if (failure != null && String.valueOf(failure.getMessage()).contains(NOT_SENT)) {
                refused.by(write, "");
            } else if (failure instanceof InvokeTimeoutException) {
                write.fail(RaftFailure.Code.UNKNOWN_OUTCOME, "the leader did not answer in time");
            } else {
                write.fail(
                        RaftFailure.Code.UNKNOWN_OUTCOME,
                        "the leader was lost before it answered: "
                                + (failure == null ? "no answer" : failure.getMessage()));
            }
        }

        private void take(ClientResponse response) {
            switch (response.outcome()) {
                case OK -> takeResult(response.body());
                case NOT_LEADER -> refused.by(write, response.text());
                default -> {
                    RaftFailure failure = FailureAnswers.toFailure(response);
                    write.fail(failure.code(), failure.detail());
                }
            }
        }

        private void takeResult(byte[] body) {
            WriteResult result;
            try {
                result = WriteResult.decode(body);
            } catch (IllegalArgumentException e) {
                write.fail(RaftFailure.Code.UNKNOWN_OUTCOME, "the leader's answer cannot be read: " + e.getMessage());
                return;
            }
            write.onApplied(result);
        }

        @Override
        public Executor executor() {
            return Runnable::run;
        }
    }
}
