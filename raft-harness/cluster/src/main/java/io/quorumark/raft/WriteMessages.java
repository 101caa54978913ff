package io.quorumark.raft;

import io.quorumark.raft.command.WriteResult;
import io.quorumark.raft.message.ClientRequest;
import io.quorumark.raft.message.ClientResponse;
import io.quorumark.raft.message.MessageKey;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends writes to a member that is believed to lead, and ends them as it answers. */
final class WriteMessages {
    private final RequestClient client;
    private final String groupId;
    private final @Nullable MessageKey key;

    /** @param key of the group's password; null if it has none */
    WriteMessages(RequestClient client, String groupId, @Nullable MessageKey key) {
        this.client = client;
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
    void send(PendingWrite write, String memberId, Refused refused) {
        long leftMillis = TimeUnit.NANOSECONDS.toMillis(write.deadlineNanos() - System.nanoTime());
        if (leftMillis <= 0) {
            refused.by(write, "");
            return;
        }
        ClientRequest request = ClientRequest.of(ClientRequest.Kind.WRITE, groupId, write.command(), key);
        client.send(memberId, request, leftMillis, new Answer(write, memberId, refused));
    }

    private record Answer(PendingWrite write, String memberId, Refused refused) implements RequestClient.Answer {
        @Override
        public void onResponse(ClientResponse response) {
            switch (response.outcome()) {
                case OK -> takeResult(response.body());
                case NOT_LEADER -> refused.by(write, response.text());
                default -> write.onFailure(FailureAnswers.toFailure(response));
            }
        }

        @Override
        public void onLoss(RequestClient.Loss loss, @Nullable Throwable cause) {
            switch (loss) {
                case NOT_SENT -> refused.by(write, "");
                case TIMED_OUT -> write.fail(RaftFailure.Code.UNKNOWN_OUTCOME, "the leader did not answer in time");
                case INTERRUPTED ->
                    write.fail(RaftFailure.Code.UNKNOWN_OUTCOME, "interrupted while the write was sent to " + memberId);
                case BROKEN ->
                    write.fail(
                            RaftFailure.Code.UNKNOWN_OUTCOME,
                            "the leader was lost before it answered: "
                                    + (cause == null ? "no answer" : cause.getMessage()));
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
    }
}
