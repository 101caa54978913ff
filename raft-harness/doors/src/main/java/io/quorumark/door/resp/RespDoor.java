package io.quorumark.door.resp;

import io.netty.handler.codec.redis.RedisArrayAggregator;
import io.netty.handler.codec.redis.RedisBulkStringAggregator;
import io.netty.handler.codec.redis.RedisDecoder;
import io.netty.handler.codec.redis.RedisEncoder;
import io.quorumark.door.DoorConfig;
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

    private RespDoor(Listener listener) {
        this.listener = listener;
    }

    /**
     * Opens the door. The member is its caller's, and outlives the door.
     *
     * @throws io.quorumark.door.DoorException the address cannot be had
     */
    public static RespDoor open(Member member, DoorConfig config) {
        Commands commands = new Commands(member, config.reads());
        return new RespDoor(Listener.open(
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
                        new RespConnection(commands))));
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
