package io.quorumark.endpoint;

import io.netty.handler.ssl.SslContext;
import io.quorumark.raft.ReadConsistency;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where an endpoint is and what it lets in.
 *
 * @param host the address it listens on; {@code 127.0.0.1} unless others are meant to reach it
 * @param port 0 for a free one
 * @param reads what reads may miss if the client does not say
 * @param maxConnections more are told so and closed
 * @param maxRequestBytes of one request with everything in it; a longer one is refused
 * @param requestTimeout how long a request may take to arrive in full, and a reply to be taken; a connection that is slower is closed
 * @param tls null for plain text
 * @param access who is let in; shared by the endpoints of a member
 * @param memory what all connections may hold together; shared by all endpoints of a process
 */
public record EndpointConfig(
        String host,
        int port,
        ReadConsistency reads,
        int maxConnections,
        int maxRequestBytes,
        Duration requestTimeout,
        @Nullable SslContext tls,
        Access access,
        EndpointMemory memory) {

    public static final String LOOPBACK = "127.0.0.1";
    private static final int DEFAULT_MAX_CONNECTIONS = 10_000;
    private static final int DEFAULT_MAX_REQUEST_BYTES = 8 << 20;
    private static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(30);

    public EndpointConfig {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port is " + port + ", expected 0 (a free one) to 65535");
        }
        if (maxConnections < 1) {
            throw new IllegalArgumentException("maxConnections is " + maxConnections + ", expected 1 or more");
        }
        if (maxRequestBytes < 1024) {
            throw new IllegalArgumentException("maxRequestBytes is " + maxRequestBytes + ", expected 1024 or more");
        }
        if (requestTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("requestTimeout is " + requestTimeout + ", expected 1 ms or more");
        }
    }

    /** On loopback, linearizable reads, 10,000 connections, requests of up to 8 MiB within 30 s, plain text, no password. */
    public static EndpointConfig onLoopback(int port) {
        return new EndpointConfig(
                LOOPBACK,
                port,
                ReadConsistency.LINEARIZABLE,
                DEFAULT_MAX_CONNECTIONS,
                DEFAULT_MAX_REQUEST_BYTES,
                DEFAULT_REQUEST_TIMEOUT,
                null,
                Access.withoutPassword(),
                EndpointMemory.ofProcess());
    }

    public EndpointConfig withHost(String newHost) {
        return new EndpointConfig(
                newHost, port, reads, maxConnections, maxRequestBytes, requestTimeout, tls, access, memory);
    }

    public EndpointConfig withReads(ReadConsistency newReads) {
        return new EndpointConfig(
                host, port, newReads, maxConnections, maxRequestBytes, requestTimeout, tls, access, memory);
    }

    public EndpointConfig withLimits(int newMaxConnections, int newMaxRequestBytes, Duration newRequestTimeout) {
        return new EndpointConfig(
                host, port, reads, newMaxConnections, newMaxRequestBytes, newRequestTimeout, tls, access, memory);
    }

    public EndpointConfig withTls(SslContext newTls) {
        return new EndpointConfig(
                host, port, reads, maxConnections, maxRequestBytes, requestTimeout, newTls, access, memory);
    }

    public EndpointConfig withAccess(Access newAccess) {
        return new EndpointConfig(
                host, port, reads, maxConnections, maxRequestBytes, requestTimeout, tls, newAccess, memory);
    }

    public EndpointConfig withMemory(EndpointMemory newMemory) {
        return new EndpointConfig(
                host, port, reads, maxConnections, maxRequestBytes, requestTimeout, tls, access, newMemory);
    }
}
