package io.quorumark.endpoint;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.quorumark.raft.TlsFailure;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/**
 * Stands behind the TLS handler: notes clients that show no trusted certificate, speak no TLS or break it, and closes what TLS cannot go on
 * with. For one connection.
 */
final class HandshakeWatch extends ChannelInboundHandlerAdapter {
    private final Access access;
    private boolean established;
    private boolean noted;

    HandshakeWatch(Access access) {
        this.access = access;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            established = handshake.isSuccess();
            // one that only connected and left has not tried to come in
            if (!established && !(handshake.cause() instanceof ClosedChannelException)) {
                note(context, handshake.cause());
            }
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof SSLException) {
            end(context, cause);
        } else if (cause.getCause() instanceof SSLException broken) {
            end(context, broken);
        } else {
            context.fireExceptionCaught(cause);
        }
    }

    private void end(ChannelHandlerContext context, Throwable cause) {
        note(context, cause);
        ChannelFuture unused = context.close();
    }

    private void note(ChannelHandlerContext context, Throwable cause) {
        if (noted) {
            return;
        }
        noted = true;
        boolean certificate = !established
                && cause instanceof SSLHandshakeException
                && !(cause instanceof SslHandshakeTimeoutException);
        Access.Refusal unused = access.refused(
                context.channel().remoteAddress(),
                certificate ? Access.Refusal.CERTIFICATE : Access.Refusal.TLS,
                TlsFailure.why(cause));
    }
}
