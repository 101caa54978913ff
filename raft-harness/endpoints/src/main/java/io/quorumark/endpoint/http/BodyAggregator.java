package io.quorumark.endpoint.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.quorumark.endpoint.http.RequestChecks.Refusal;

/** Gathers a request's body. One that turns out too long while it arrives is refused in the order of the requests, instead of at once. */
final class BodyAggregator extends HttpObjectAggregator {
    private boolean refused;

    BodyAggregator(int maxRequestBytes) {
        super(maxRequestBytes);
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
        if (!refused) {
            refused = true;
            String method =
                    oversized instanceof HttpRequest request ? request.method().name() : "";
            context.fireChannelRead(new Refusal(method, RequestChecks.tooLarge(maxContentLength())));
        }
    }
}
