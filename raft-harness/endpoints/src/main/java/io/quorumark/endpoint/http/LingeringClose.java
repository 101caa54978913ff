package io.quorumark.endpoint.http;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection on which the client may still be sending: the endpoint's side first, the rest when the client closes its own, or
 * soon. A connection that is closed with unread bytes is reset, which may take the last answer away before the client has read it (RFC
 * 9112, section 9.6).
 */
final class LingeringClose {
    private static final long PATIENCE_MILLIS = 2000;

    private LingeringClose() {}

    /** For the connection's event loop; what arrives from now on is to be dropped. */
    static void begin(ChannelHandlerContext context) {
        SslHandler tls = context.pipeline().get(SslHandler.class);
        if (tls != null) {
            ChannelFuture unused = tls.closeOutbound();
        } else if (context.channel() instanceof SocketChannel socket) {
            ChannelFuture unused = socket.shutdownOutput();
        }
        var timeout = context.executor()
                .schedule(
                        () -> {
                            ChannelFuture unused = context.close();
                        },
                        PATIENCE_MILLIS,
                        TimeUnit.MILLISECONDS);
        ChannelFuture unused = context.channel().closeFuture().addListener(closed -> timeout.cancel(false));
    }
}
