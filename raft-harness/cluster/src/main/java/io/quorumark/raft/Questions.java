package io.quorumark.raft;

import io.quorumark.raft.message.ClientRequest;
import io.quorumark.raft.message.ClientResponse;
import io.quorumark.raft.message.MessageKey;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends requests that are not writes to one member each. Thread-safe; answers arrive on network threads. */
final class Questions {
    private static final byte[] NO_BODY = new byte[0];

    /** So many a member may take to answer one question of several. */
    private static final int MOST_ELECTION_TIMEOUTS = 5;

    private final RequestClient client;
    private final String groupId;
    private final @Nullable MessageKey key;

    /** @param key of the group's password; null if it has none */
    Questions(RequestClient client, String groupId, @Nullable MessageKey key) {
        this.client = client;
        this.groupId = groupId;
        this.key = key;
    }

    /**
     * The member's answer; fails with {@link ClusterException.MemberFailed} if there is none within {@code
     * timeoutMillis}.
     */
    CompletableFuture<ClientResponse> ask(String memberId, ClientRequest.Kind kind, byte[] body, long timeoutMillis) {
        CompletableFuture<ClientResponse> answer = new CompletableFuture<>();
        client.send(
                memberId, ClientRequest.of(kind, groupId, body, key), timeoutMillis, new Completion(memberId, answer));
        return answer;
    }

    /** How a member is: the answer's body is a {@link io.quorumark.raft.message.MemberStatus}. Fails like {@link #ask}. */
    CompletableFuture<ClientResponse> askStatus(String memberId, long timeoutMillis) {
        return ask(memberId, ClientRequest.Kind.STATUS, NO_BODY, timeoutMillis);
    }

    /** What one question may take of the time until a deadline by {@link System#nanoTime}, so that there is time for others; at least 1. */
    static long timeoutMillis(long deadlineNanos, long electionTimeoutMillis) {
        long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
        return Math.max(1, Math.min(leftMillis, MOST_ELECTION_TIMEOUTS * electionTimeoutMillis));
    }

    private record Completion(String memberId, CompletableFuture<ClientResponse> answer)
            implements RequestClient.Answer {
        @Override
        public void onResponse(ClientResponse response) {
            answer.complete(response);
        }

        @Override
        public void onLoss(RequestClient.Loss loss, @Nullable Throwable cause) {
            answer.completeExceptionally(new ClusterException.MemberFailed(
                    "member " + memberId + " does not answer (" + (cause == null ? "nothing" : cause.getMessage())
                            + "); check the address and that it runs",
                    cause));
        }
    }
}
