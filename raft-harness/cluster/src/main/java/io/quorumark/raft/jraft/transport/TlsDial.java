package io.quorumark.raft.jraft.transport;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Puts TLS before everything else on a connection, when it is known which member is dialled. For one connection. */
final class TlsDial extends ChannelOutboundHandlerAdapter {
    private static final String TLS = "member-tls";

    private final TlsSettings settings;

    TlsDial(TlsSettings settings) {
        this.settings = settings;
    }

    @Override
    public void connect(
            ChannelHandlerContext context, SocketAddress remote, SocketAddress local, ChannelPromise promise) {
        InetSocketAddress member = (InetSocketAddress) remote;
        TlsWatch watch = TlsWatch.ofMember(member.getHostString(), member.getPort());
        context.pipeline()
                .addAfter(
                        context.name(),
                        TLS,
                        settings.toMember(context.alloc(), member.getHostString(), member.getPort()))
                .addAfter(TLS, "member-tls-watch", watch);
        ChannelFuture unused = context.connect(remote, local, promise).addListener(connected -> {
            if (!connected.isSuccess()) {
                watch.forget();
            }
        });
    }
}
