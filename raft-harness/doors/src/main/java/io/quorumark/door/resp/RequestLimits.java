package io.quorumark.door.resp;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.redis.ArrayHeaderRedisMessage;
import io.netty.handler.codec.redis.BulkStringHeaderRedisMessage;
import io.netty.handler.codec.redis.BulkStringRedisContent;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/** Sees what a request announces before anything is gathered: bounds its size, and the time that it takes to arrive. */
final class RequestLimits extends ChannelInboundHandlerAdapter {
    private static final int MOST_ARGUMENTS = 100_000;

    private final int maxBytes;
    private final long timeoutMillis;
    private long bytes;
    private long partsLeft;
    private boolean ended;
    private io.netty.util.concurrent.@Nullable ScheduledFuture<?> deadline;

    RequestLimits(int maxBytes, long timeoutMillis) {
        this.maxBytes = maxBytes;
        this.timeoutMillis = timeoutMillis;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (ended) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof ArrayHeaderRedisMessage array) {
            if (array.length() > MOST_ARGUMENTS || partsLeft > 0) {
                refuse(context, message, "invalid multibulk length");
                return;
            }
            begin(context, array.length());
        } else if (message instanceof BulkStringHeaderRedisMessage header) {
            bytes += header.bulkStringLength();
            if (bytes > maxBytes) {
                refuse(context, message, "request is longer than " + maxBytes + " bytes");
                return;
            }
        } else if (message instanceof BulkStringRedisContent content
                && content instanceof io.netty.handler.codec.redis.LastBulkStringRedisContent) {
            partArrived();
        }
        context.fireChannelRead(message);
    }

    private void begin(ChannelHandlerContext context, long parts) {
        partsLeft = Math.max(0, parts);
        bytes = 0;
        if (partsLeft > 0) {
            deadline = context.executor()
                    .schedule(
                            () -> end(context, "request did not arrive within " + timeoutMillis + " ms"),
                            timeoutMillis,
                            java.util.concurrent.TimeUnit.MILLISECONDS);
        }
    }

    private void partArrived() {
        if (partsLeft > 0 && --partsLeft == 0) {
            forgetDeadline();
        }
    }

    private void forgetDeadline() {
        ScheduledFuture<?> current = deadline;
        if (current != null) {
            current.cancel(false);
            deadline = null;
        }
    }

    private void refuse(ChannelHandlerContext context, Object message, String reason) {
        ReferenceCountUtil.release(message);
        end(context, reason);
    }

    private void end(ChannelHandlerContext context, String reason) {
        if (!ended) {
            ended = true;
            context.fireUserEventTriggered(new ProtocolError(reason));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        forgetDeadline();
        context.fireChannelInactive();
    }

    /** The connection cannot go on: what was announced or sent breaks the protocol or this door's limits. */
    record ProtocolError(String reason) {}
}
