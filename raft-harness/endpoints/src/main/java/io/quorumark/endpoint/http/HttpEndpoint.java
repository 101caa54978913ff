package io.quorumark.endpoint.http;

import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.quorumark.endpoint.ConnectionBytes;
import io.quorumark.endpoint.EndpointConfig;
import io.quorumark.endpoint.EndpointStatistics;
import io.quorumark.endpoint.Listener;
import io.quorumark.raft.Member;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One member's endpoint for HTTP (docs/endpoints.md). Writes that come to a member which does not lead are sent on to the leader.
 * Thread-safe.
 */
public final class HttpEndpoint implements AutoCloseable {
    private static final String FULL_BODY =
            "{\"error\":\"this endpoint has all the connections it takes; try again\"}\n";
    private static final byte[] FULL = ("HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\n"
                    + "Content-Length: " + FULL_BODY.length() + "\r\nRetry-After: 1\r\nConnection: close\r\n\r\n"
                    + FULL_BODY)
            .getBytes(StandardCharsets.US_ASCII);

    private final Listener listener;

    private HttpEndpoint(Listener listener) {
        this.listener = listener;
    }

    /**
     * Opens the endpoint. The member is its caller's, and outlives the endpoint.
     *
     * @throws io.quorumark.endpoint.EndpointException the address cannot be had
     */
    public static HttpEndpoint open(Member member, EndpointConfig config) {
        return open(member, config, List.of());
    }

    /**
     * Like {@link #open(Member, EndpointConfig)}, with other endpoints' figures among its metrics.
     *
     * @throws io.quorumark.endpoint.EndpointException the address cannot be had
     */
    public static HttpEndpoint open(Member member, EndpointConfig config, List<EndpointStatistics> others) {
        Metrics metrics = new Metrics(member);
        Routes routes = new Routes(member, config.reads(), metrics);
        Listener listener = Listener.open(config, "http-endpoint", FULL, pipeline -> {
            ConnectionBytes requests = new ConnectionBytes(config.memory().requests(), Long.MAX_VALUE);
            RequestBytes bytes = new RequestBytes(requests);
            ArrivalDeadline deadline =
                    new ArrivalDeadline(config.requestTimeout().toMillis(), bytes::isWithinRequest);
            if (pipeline.channel() instanceof SocketChannel socket) {
                // a client that has nothing more to ask is still owed its answers
                socket.config().setAllowHalfClosure(true);
            }
            pipeline.addLast(
                    deadline,
                    // not the codec of both: it ends connections on which more than 128 requests wait
                    bytes,
                    new HttpResponseEncoder(),
                    new RequestChecks(config.maxRequestBytes(), new Authentication(config.access()), bytes),
                    new BodyAggregator(config.maxRequestBytes()),
                    new HttpConnection(
                            routes,
                            metrics,
                            deadline,
                            bytes,
                            requests,
                            config.memory().replies()));
        });
        others.forEach(metrics::expose);
        metrics.expose(config.access());
        metrics.connections("http", listener::connections);
        return new HttpEndpoint(listener);
    }

    public InetSocketAddress address() {
        return listener.address();
    }

    public int connections() {
        return listener.connections();
    }

    @Override
    public void close() {
        listener.close();
    }
}
