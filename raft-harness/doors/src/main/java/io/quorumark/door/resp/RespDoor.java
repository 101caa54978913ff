package io.quorumark.door.resp;

import io.netty.handler.codec.redis.RedisArrayAggregator;
import io.netty.handler.codec.redis.RedisBulkStringAggregator;
import io.netty.handler.codec.redis.RedisDecoder;
import io.netty.handler.codec.redis.RedisEncoder;
import io.quorumark.door.DoorConfig;
import io.quorumark.door.DoorStatistics;
import io.quorumark.door.Listener;
import io.quorumark.raft.Member;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * One member's door for Redis clients (docs/doors.md). Writes that come to a member which does not lead are sent on to the leader. Thread-safe.
 */
public final class RespDoor implements AutoCloseable {
    private static final byte[] FULL = "-ERR max number of clients reached\r\n".getBytes(StandardCharsets.US_ASCII);

    /** What {@link RequestLimits} lets through; nothing but flat arrays are requests. */
    private static final int MOST_ARGUMENTS = 100_000;

    private static final int MOST_DEPTH = 1;

    private final Listener listener;
    private final RespStatistics statistics;

    private RespDoor(Listener listener, RespStatistics statistics) {
        this.listener = listener;
        this.statistics = statistics;
    }

    /**
     * Opens the door. The member is its caller's, and outlives the door.
     *
     * @throws io.quorumark.door.DoorException the address cannot be had
     */
    public static RespDoor open(Member member, DoorConfig config) {
        Commands commands = new Commands(member, config.reads());
        RespStatistics statistics = new RespStatistics(commands.names());
        Listener listener = Listener.open(
                config,
                "resp-door",
                FULL,
                pipeline -> pipeline.addLast(
                        new RedisDecoder(true),
                        new RequestLimits(
                                config.maxRequestBytes(),
                                config.requestTimeout().toMillis()),
                        new RedisBulkStringAggregator(),
                        new RedisArrayAggregator(MOST_ARGUMENTS, MOST_DEPTH),
                        new RedisEncoder(),
                        new RespConnection(commands, statistics)));
        statistics.attach(listener);
        return new RespDoor(listener, statistics);
    }

    public InetSocketAddress address() {
        return listener.address();
    }

    public int connections() {
        return listener.connections();
    }

    /** What it has done since it was opened. */
    public DoorStatistics statistics() {
        return statistics;
    }

    @Override
    public void close() {
        listener.close();
    }
}
