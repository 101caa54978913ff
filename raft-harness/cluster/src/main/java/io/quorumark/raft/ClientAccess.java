package io.quorumark.raft;

import io.quorumark.raft.message.ClientRequest;
import io.quorumark.raft.message.MessageKey;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask a member, over its own port, what clients ask. Thread-safe; called on the thread that takes all messages, and must not block.
 */
public interface ClientAccess {
    /** What this member authenticates the requests by that it sends to others; null if nobody is asked for a password. */
    @Nullable
    MessageKey key();

    /**
     * Looks at a request before anything is done with it.
     *
     * @param from the sender's address
     * @param letInBefore whether a request of the same connection was let in
     * @return why it is refused, what to do included; null if it is let in
     */
    @Nullable
    String whyRefused(SocketAddress from, boolean letInBefore, ClientRequest request);

    /** Nobody is asked for a password. */
    static ClientAccess open() {
        return new ClientAccess() {
            @Override
            public @Nullable MessageKey key() {
                return null;
            }

            @Override
            public @Nullable String whyRefused(SocketAddress from, boolean letInBefore, ClientRequest request) {
                return null;
            }
        };
    }
}
