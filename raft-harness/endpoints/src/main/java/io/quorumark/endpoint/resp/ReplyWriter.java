package io.quorumark.endpoint.resp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.redis.ArrayHeaderRedisMessage;
import io.netty.handler.codec.redis.ErrorRedisMessage;
import io.netty.handler.codec.redis.FullBulkStringRedisMessage;
import io.netty.handler.codec.redis.IntegerRedisMessage;
import io.netty.handler.codec.redis.SimpleStringRedisMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes replies in the version of the protocol that the client has chosen. What version 3 adds, the codec does not know; those few bytes
 * are written here.
 */
final class ReplyWriter {
    private static final byte[] NOTHING_3 = "_\r\n".getBytes(StandardCharsets.US_ASCII);

    private ReplyWriter() {}

    static void write(ChannelHandlerContext context, Reply reply, int protocol) {
        if (reply instanceof Reply.Text text) {
            later(context, new SimpleStringRedisMessage(text.line()));
        } else if (reply instanceof Reply.Failure failure) {
            later(context, new ErrorRedisMessage(failure.line()));
        } else if (reply instanceof Reply.Int number) {
            later(context, new IntegerRedisMessage(number.value()));
        } else if (reply instanceof Reply.Bytes bytes) {
            writeBytes(context, bytes, protocol);
        } else if (reply instanceof Reply.Items items) {
            later(context, new ArrayHeaderRedisMessage(items.items().size()));
            writeAll(context, items.items(), protocol);
        } else if (reply instanceof Reply.Pairs pairs) {
            writePairs(context, pairs, protocol);
        }
    }

    private static void writeBytes(ChannelHandlerContext context, Reply.Bytes bytes, int protocol) {
        byte[] value = bytes.value();
        if (value != null) {
            later(context, new FullBulkStringRedisMessage(Unpooled.wrappedBuffer(value)));
        } else if (protocol >= 3) {
            later(context, Unpooled.wrappedBuffer(NOTHING_3));
        } else {
            later(context, FullBulkStringRedisMessage.NULL_INSTANCE);
        }
    }

    private static void writePairs(ChannelHandlerContext context, Reply.Pairs pairs, int protocol) {
        int count = pairs.items().size();
        if (protocol >= 3) {
            ByteBuf header = Unpooled.copiedBuffer("%" + count / 2 + "\r\n", StandardCharsets.US_ASCII);
            later(context, header);
        } else {
            later(context, new ArrayHeaderRedisMessage(count));
        }
        writeAll(context, pairs.items(), protocol);
    }

    private static void writeAll(ChannelHandlerContext context, List<Reply> replies, int protocol) {
        for (Reply reply : replies) {
            write(context, reply, protocol);
        }
    }

    /** A write that fails closes the connection, which is all there is to do about it. */
    private static void later(ChannelHandlerContext context, Object message) {
        ChannelFuture unused = context.write(message, context.voidPromise());
    }
}
