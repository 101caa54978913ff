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
        } else if (in.readerIndex() != before) {
            withinRequest = true;
        }
    }

    boolean isWithinRequest() {
        return withinRequest || actualReadableBytes() > 0;
    }
}
