package io.quorumark.endpoint.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/** The codec, which also knows whether something has arrived of a request that is not whole. */
final class RequestBytes extends HttpRequestDecoder {
    private boolean withinRequest;

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        int before = in.readerIndex();
        super.decode(context, in, out);
        if (!out.isEmpty() && out.get(out.size() - 1) instanceof LastHttpContent) {
            withinRequest = false;
        } else if (!withinRequest) {
            withinRequest = hasWords(in, before, in.readerIndex());
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
}
