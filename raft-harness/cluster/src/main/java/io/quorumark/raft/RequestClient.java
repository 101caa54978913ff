package io.quorumark.raft;

import io.quorumark.raft.message.ClientRequest;
import io.quorumark.raft.message.ClientResponse;
import org.jspecify.annotations.Nullable;

/** Sends requests to members. Thread-safe; answers arrive on network threads, or before {@link #send} returns. */
public interface RequestClient extends AutoCloseable {
    /**
     * Sends one request; connects first if need be.
     *
     * @param memberId to whom, {@code host:port}
     * @param timeoutMillis how long the answer may take
     */
    void send(String memberId, ClientRequest request, long timeoutMillis, Answer answer);

    /** Closes the connections; what is outstanding is lost. */
    @Override
    void close();

    /** Learns how a request ended; exactly one method is called, once. */
    interface Answer {
        void onResponse(ClientResponse response);

        /** @param cause what the network says; null if it says nothing */
        void onLoss(Loss loss, @Nullable Throwable cause);
    }

    /** Why there is no answer. */
    enum Loss {
        /** The request surely did not reach the member. */
        NOT_SENT,
        /** No answer came in time; the member may have taken the request. */
        TIMED_OUT,
        /** The connection was lost before the answer came; the member may have taken the request. */
        BROKEN,
        /** The sending thread was interrupted, and still is; the member may have taken the request. */
        INTERRUPTED
    }
}
