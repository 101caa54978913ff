package io.quorumark.endpoint.resp;

import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one endpoint says to its operator about strangers: at most once a minute, since a stranger could fill the log. Thread-safe. */
final class Warnings {
    private static final Logger LOG = LoggerFactory.getLogger(RespEndpoint.class);
    private static final long INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final AtomicLong nextNanos = new AtomicLong(System.nanoTime());

    /** Another protocol was spoken. */
    void foreignProtocol(SocketAddress client) {
        long now = System.nanoTime();
        long next = nextNanos.get();
        if (now - next >= 0 && nextNanos.compareAndSet(next, now + INTERVAL_NANOS)) {
            LOG.warn(
                    "client {} spoke HTTP to the Redis port and was disconnected: somebody may use a browser to reach"
                            + " it; told once a minute",
                    client);
        }
    }

    /** A request failed by a defect of this program. */
    static void defect(Throwable cause) {
        LOG.error("a Redis client's request failed by a defect", cause);
    }
}
