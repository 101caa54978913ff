package io.quorumark.endpoint.resp;

import io.netty.channel.socket.SocketChannelConfig;
import io.netty.handler.codec.redis.RedisEncoder;
import io.quorumark.endpoint.ConnectionBytes;
import io.quorumark.endpoint.EndpointConfig;
import io.quorumark.endpoint.EndpointStatistics;
import io.quorumark.endpoint.Listener;
import io.quorumark.raft.Member;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * One member's endpoint for Redis clients (docs/endpoints.md). Writes that come to a member which does not lead are sent on to the leader.
 * Thread-safe.
 */
public final class RespEndpoint implements AutoCloseable {
    private static final byte[] FULL = "-ERR max number of clients reached\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Listener listener;
    private final RespStatistics statistics;
    private final RespCommands commands;

    private RespEndpoint(Listener listener, RespStatistics statistics, RespCommands commands) {
        this.listener = listener;
        this.commands = commands;
        this.statistics = statistics;
    }

    /**
     * Opens the endpoint. The member is its caller's, and outlives the endpoint.
     *
     * @throws io.quorumark.endpoint.EndpointException the address cannot be had
     */
    public static RespEndpoint open(Member member, EndpointConfig config) {
        RespStatistics statistics = new RespStatistics();
        RespCommands commands = new RespCommands(member, config, statistics);
        Warnings warnings = new Warnings();
        Listener listener = Listener.open(config, "resp-endpoint", FULL, pipeline -> {
            // a client that has sent all it has may still read: its requests are answered first
            ((SocketChannelConfig) pipeline.channel().config()).setAllowHalfClosure(true);
            ClientState client = new ClientState(!config.access().asksForPassword());
            ConnectionBytes requests = new ConnectionBytes(config.memory().requests(), Long.MAX_VALUE);
            pipeline.addLast(
                    new RequestDecoder(
                            config.maxRequestBytes(), config.requestTimeout().toMillis(), client, requests),
                    new RedisEncoder(),
                    new RespConnection(commands, statistics, warnings, client, requests, config.memory()));
        });
        statistics.attach(listener);
        return new RespEndpoint(listener, statistics, commands);
    }

    public InetSocketAddress address() {
        return listener.address();
    }

    public int connections() {
        return listener.connections();
    }

    /** What it has done since it was opened. */
    public EndpointStatistics statistics() {
        return statistics;
    }

    @Override
    public void close() {
        listener.close();
        commands.close();
    }
}
