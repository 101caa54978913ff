package io.quorumark.raft;

import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.util.Endpoint;
import org.jspecify.annotations.Nullable;

/** Members' ids, {@code host:port}, as the Raft library writes them. */
final class MemberIds {
    private static final int MAX_PORT = 65534;

    private MemberIds() {}

    /** @throws IllegalArgumentException it is no id */
    static void check(String id) {
        endpoint(id);
    }

    static Endpoint endpoint(String id) {
        int colon = id.lastIndexOf(':');
        try {
            int port = Integer.parseInt(id.substring(colon + 1));
            if (colon > 0 && port >= 1 && port <= MAX_PORT && id.indexOf(',') < 0) {
                return new Endpoint(id.substring(0, colon), port);
            }
        } catch (NumberFormatException e) {
            throw invalid(id, e);
        }
        throw invalid(id, null);
    }

    static PeerId peer(String id) {
        return new PeerId(endpoint(id), 0);
    }

    private static IllegalArgumentException invalid(String id, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "member id is '" + id + "', expected host:port with a port from 1 to " + MAX_PORT, cause);
    }
}
