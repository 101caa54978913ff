package io.quorumark.endpoint;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLException;

/**
 * Stands behind the TLS handler: notes clients that show no trusted certificate, or speak no TLS, and closes what TLS cannot go on
 * with.
 */
final class HandshakeWatch extends ChannelInboundHandlerAdapter {
    private final Access access;

    HandshakeWatch(Access access) {
        this.access = access;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        // one that only connected and left has not tried to come in
        if (event instanceof SslHandshakeCompletionEvent handshake
                && !handshake.isSuccess()
                && !(handshake.cause() instanceof ClosedChannelException)) {
            Access.Refusal unused = access.refused(context.channel().remoteAddress(), Access.Refusal.CERTIFICATE);
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof SSLException || cause.getCause() instanceof SSLException) {
            ChannelFuture unused = context.close();
        } else {
            context.fireExceptionCaught(cause);
        }
    }
}
