package io.quorumark.raft;

import io.quorumark.raft.message.ClientRequest;
import io.quorumark.raft.message.ClientResponse;
import java.net.SocketAddress;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Takes the requests that arrive at one member. */
public interface RequestHandler {
    /** Runs {@link #handle}; in the order in which requests arrive on a connection. */
    Executor executor();

    /**
     * Takes one request; must not block.
     *
     * @param answer to be given the answer, once, from any thread
     */
    void handle(Caller caller, ClientRequest request, Consumer<ClientResponse> answer);

    /** Who asks: one connection. */
    interface Caller {
        SocketAddress address();

        /** Whether {@link #letIn} was called for an earlier request of this connection. */
        boolean isLetIn();

        void letIn();
    }
}
