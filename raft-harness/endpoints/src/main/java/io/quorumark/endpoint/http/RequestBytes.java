package io.quorumark.endpoint.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.quorumark.endpoint.ConnectionBytes;
import java.util.List;

/**
 * The codec, which also knows whether something has arrived of a request that is not whole, and counts what arrives of those that are kept.
 * For one connection.
 */
final class RequestBytes extends HttpRequestDecoder {
    private final ConnectionBytes held;
    private boolean withinRequest;
    private long requestBytes;
    private boolean hasRoom = true;
    private boolean dropped;

    /** @param held of this connection's requests */
    RequestBytes(ConnectionBytes held) {
        this.held = held;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        int before = in.readerIndex();
        super.decode(context, in, out);
        boolean isPart = withinRequest || hasWords(in, before, in.readerIndex());
        if (isPart && !dropped) {
            hold(in.readerIndex() - before);
        }
        withinRequest = isPart && !(!out.isEmpty() && out.get(out.size() - 1) instanceof LastHttpContent);
    }

    private void hold(int bytes) {
        if (held.take(bytes)) {
            requestBytes += bytes;
        } else {
            hasRoom = false;
        }
    }

    /** Line ends before a request are no part of it (RFC 9112, section 2.2); the codec skips them. */
    private static boolean hasWords(ByteBuf in, int from, int to) {
        for (int i = from; i < to; i++) {
            if (in.getUnsignedByte(i) > ' ') {
                return true;
            }
        }
        return false;
    }

    boolean isWithinRequest() {
        return withinRequest || actualReadableBytes() > 0;
    }

    /** Whether there was room for everything that has arrived. */
    boolean hasRoom() {
        return hasRoom;
    }

    /** What arrives from now on is kept by nobody. */
    void drop() {
        dropped = true;
    }

    /** The bytes of the last request as far as it has arrived, which are its caller's to give back. */
    long takeRequestBytes() {
        long bytes = requestBytes;
        requestBytes = 0;
        return bytes;
    }
}
