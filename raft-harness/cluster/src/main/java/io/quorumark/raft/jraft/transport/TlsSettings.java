package io.quorumark.raft.jraft.transport;

import com.alipay.remoting.ExtendedNettyChannelHandler;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.quorumark.raft.TlsKeys;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * TLS of members and of clients that dial them: one setting for the JVM, for what is made afterwards. The RPC library has TLS of its own,
 * which is not used: it takes any trusted certificate for any member's, so that whoever has one from the same authority could pose as a
 * member, and reads the keystore anew for every connection.
 */
public final class TlsSettings {
    private static volatile @Nullable TlsSettings current;

    private final SslContext dialling;
    private final SslContext listening;

    TlsSettings(TlsKeys keys) throws SSLException {
        dialling = SslContextBuilder.forClient()
                .keyManager(keys.shown())
                .trustManager(keys.trusted())
                .build();
        listening = SslContextBuilder.forServer(keys.shown())
                .trustManager(keys.trusted())
                .clientAuth(ClientAuth.REQUIRE)
                .build();
    }

    /** @throws IllegalArgumentException the keys cannot be used; one line */
    public static void apply(TlsKeys keys) {
        try {
            current = new TlsSettings(keys);
        } catch (SSLException e) {
            throw new IllegalArgumentException("the keystore's key cannot be used for TLS: " + e.getMessage(), e);
        }
    }

    /** Why the last connection to a member was of no use, in one line; null if it was, or was not made. */
    public static @Nullable String problemWith(String memberId) {
        return TlsWatch.problemWith(memberId);
    }

    /** Null for plain text. */
    static @Nullable TlsSettings current() {
        return current;
    }

    /** What a client's connections begin with. */
    ExtendedNettyChannelHandler forClients() {
        return new InFront(() -> List.of(new TlsDial(this)));
    }

    /** What a server's connections begin with. */
    ExtendedNettyChannelHandler forServers() {
        return new InFront(() -> List.of(listening.newHandler(ByteBufAllocator.DEFAULT), TlsWatch.ofWhoDials()));
    }

    /** For a connection to a member, whose certificate must name {@code host}: as a name, or as an address if it is one. */
    SslHandler toMember(ByteBufAllocator allocator, String host, int port) {
        SslHandler handler = dialling.newHandler(allocator, host, port);
        SSLParameters parameters = handler.engine().getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        handler.engine().setSSLParameters(parameters);
        return handler;
    }

    /** Gives each connection handlers of its own, before the library's. */
    private record InFront(Supplier<List<ChannelHandler>> handlers) implements ExtendedNettyChannelHandler {
        @Override
        public List<ChannelHandler> frontChannelHandlers() {
            return handlers.get();
        }

        @Override
        public List<ChannelHandler> backChannelHandlers() {
            return List.of();
        }
    }
}
