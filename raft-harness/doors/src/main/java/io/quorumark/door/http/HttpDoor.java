package io.quorumark.door.http;

import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.quorumark.door.DoorConfig;
import io.quorumark.door.DoorStatistics;
import io.quorumark.door.Listener;
import io.quorumark.raft.Member;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One member's door for HTTP (docs/doors.md). Writes that come to a member which does not lead are sent on to the leader. Thread-safe. */
public final class HttpDoor implements AutoCloseable {
    private static final String FULL_BODY = "{\"error\":\"this door has all the connections it takes; try again\"}\n";
    private static final byte[] FULL = ("HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\n"
                    + "Content-Length: " + FULL_BODY.length() + "\r\nRetry-After: 1\r\nConnection: close\r\n\r\n"
                    + FULL_BODY)
            .getBytes(StandardCharsets.US_ASCII);

    private final Listener listener;

    private HttpDoor(Listener listener) {
        this.listener = listener;
    }

    /**
     * Opens the door. The member is its caller's, and outlives the door.
     *
     * @throws io.quorumark.door.DoorException the address cannot be had
     */
    public static HttpDoor open(Member member, DoorConfig config) {
        return open(member, config, List.of());
    }

    /**
     * Like {@link #open(Member, DoorConfig)}, with other doors' figures among its metrics.
     *
     * @throws io.quorumark.door.DoorException the address cannot be had
     */
    public static HttpDoor open(Member member, DoorConfig config, List<DoorStatistics> others) {
        Metrics metrics = new Metrics(member);
        Routes routes = new Routes(member, config.reads(), metrics);
        Listener listener = Listener.open(config, "http-door", FULL, pipeline -> {
            ArrivalDeadline deadline =
                    new ArrivalDeadline(config.requestTimeout().toMillis());
            if (pipeline.channel() instanceof SocketChannel socket) {
                // a client that has nothing more to ask is still owed its answers
                socket.config().setAllowHalfClosure(true);
            }
            pipeline.addLast(
                    deadline,
                    // not the codec of both: it ends connections on which more than 128 requests wait
                    new HttpRequestDecoder(),
                    new HttpResponseEncoder(),
                    new RequestChecks(config.maxRequestBytes(), new Authentication(config.access())),
                    new BodyAggregator(config.maxRequestBytes()),
                    new HttpConnection(routes, metrics, deadline));
        });
        others.forEach(metrics::expose);
        metrics.expose(config.access());
        metrics.connections("http", listener::connections);
        return new HttpDoor(listener);
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
