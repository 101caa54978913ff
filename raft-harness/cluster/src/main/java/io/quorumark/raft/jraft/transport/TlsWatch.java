package io.quorumark.raft.jraft.transport;

import com.alipay.remoting.Connection;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.quorumark.raft.MemberAddress;
import io.quorumark.raft.TlsFailure;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands behind the TLS of a connection and says why it failed: in the log, so rarely that a stranger cannot fill it, and to whoever waits
 * for the member that was dialled. For one connection.
 */
final class TlsWatch extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(TlsWatch.class);
    private static final long INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final ConcurrentMap<String, String> PROBLEMS = new ConcurrentHashMap<>();

    /** When the next line may be written about a member; about strangers, under the empty name. */
    private static final ConcurrentMap<String, Long> NEXT_LINE_NANOS = new ConcurrentHashMap<>();

    private final String member;
    private final String host;

    private TlsWatch(String member, String host) {
        this.member = member;
        this.host = host;
    }

    /** Of a connection to a member. */
    static TlsWatch ofMember(String host, int port) {
        return new TlsWatch((host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port, host);
    }

    /** Of a connection from a member or client. */
    static TlsWatch ofWhoDials() {
        return new TlsWatch("", "");
    }

    /** Why the last connection to a member was of no use, in one line; null if it was, or was not made. */
    static @Nullable String problemWith(String memberId) {
        return PROBLEMS.get(memberId.startsWith("[") ? asDialled(MemberAddress.of(memberId)) : memberId);
    }

    /** An IPv6 address is dialled without its name, so that one text stands for all of its forms. */
    private static String asDialled(MemberAddress member) {
        try {
            return "[" + InetAddress.getByName(member.host()).getHostAddress() + "]:" + member.port();
        } catch (UnknownHostException e) {
            throw new IllegalStateException(member + " has an address in brackets", e);
        }
    }

    /** No connection was made: what was wrong before may be mended. */
    void forget() {
        PROBLEMS.remove(member);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                succeeded(context);
            } else if (!(handshake.cause() instanceof ClosedChannelException)) {
                failed(context, handshake.cause());
            }
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // with TLS 1.3, who dials learns only after its own handshake that it was refused
        if (cause instanceof DecoderException && cause.getCause() instanceof SSLException broken) {
            failed(context, broken);
        }
        context.fireExceptionCaught(cause);
    }

    private void succeeded(ChannelHandlerContext context) {
        if (!member.isEmpty()) {
            forget();
            return;
        }
        try {
            FromMembers.note(
                    context.channel().attr(Connection.CONNECTION).get(),
                    context.pipeline().get(SslHandler.class).engine().getSession());
        } catch (SSLPeerUnverifiedException e) {
            failed(context, e);
            ChannelFuture unused = context.close();
        }
    }

    private void failed(ChannelHandlerContext context, Throwable cause) {
        String problem;
        if (member.isEmpty()) {
            problem = "no TLS with " + context.channel().remoteAddress() + ": " + TlsFailure.why(cause)
                    + "; expected TLS and a certificate that this member's keystore trusts";
        } else {
            problem = "no TLS with member " + member + ": " + TlsFailure.why(cause)
                    + "; its certificate must be trusted here and name the host " + host
                    + ", and it must trust the one that is shown to it (docs/groups.md)";
            PROBLEMS.put(member, problem);
        }
        if (mayBeTold()) {
            LOG.warn("{}; told once a minute", problem);
        }
    }

    private boolean mayBeTold() {
        long now = System.nanoTime();
        Long next = NEXT_LINE_NANOS.putIfAbsent(member, now + INTERVAL_NANOS);
        return next == null || (now - next >= 0 && NEXT_LINE_NANOS.replace(member, next, now + INTERVAL_NANOS));
    }
}
