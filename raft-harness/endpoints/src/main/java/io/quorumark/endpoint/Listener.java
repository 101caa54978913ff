package io.quorumark.endpoint;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.WriteTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.quorumark.raft.ListenFailure;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Takes connections for an endpoint, up to its number, and gives each a pipeline. Thread-safe. */
public final class Listener implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int BACKLOG = 1024;

    /** A connection with more unsent bytes than the second number is not writable, until it has less than the first. */
    private static final WriteBufferWaterMark UNSENT_BYTES = new WriteBufferWaterMark(32 << 10, 64 << 10);

    private static final long LONGEST_HANDSHAKE_MILLIS = 10_000;

    private final EndpointConfig config;
    private final EventLoopGroup loops;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final AtomicInteger open = new AtomicInteger();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final Channel server;

    /**
     * Listens.
     *
     * @param name of the threads
     * @param refusal what a connection beyond the number is sent before it is closed
     * @param pipelines adds an endpoint's handlers to a connection
     * @throws EndpointException the address cannot be had
     */
    public static Listener open(
            EndpointConfig config, String name, byte[] refusal, Consumer<ChannelPipeline> pipelines) {
        return new Listener(config, name, refusal, pipelines);
    }

    private Listener(EndpointConfig config, String name, byte[] refusal, Consumer<ChannelPipeline> pipelines) {
        this.config = config;
        this.loops = loops(config, name);
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, UNSENT_BYTES)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel connection) {
                        accept(connection, refusal, pipelines);
                    }
                })
                .bind(new InetSocketAddress(config.host(), config.port()))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
            throw cannotListen(config, bound.cause());
        }
        this.server = bound.channel();
    }

    private static EventLoopGroup loops(EndpointConfig config, String name) {
        try {
            return new NioEventLoopGroup(THREADS, new DefaultThreadFactory(name, true));
        } catch (IllegalStateException e) {
            // each loop opens files of its own
            throw cannotListen(config, e);
        }
    }

    private static EndpointException cannotListen(EndpointConfig config, Throwable cause) {
        return new EndpointException(
                "cannot listen on " + config.host() + ":" + config.port() + ": "
                        + ListenFailure.why(config.host(), cause),
                cause);
    }

    private void accept(SocketChannel connection, byte[] refusal, Consumer<ChannelPipeline> pipelines) {
        if (open.incrementAndGet() > config.maxConnections()) {
            open.decrementAndGet();
            refused.increment();
            ByteBuf words = Unpooled.wrappedBuffer(refusal);
            // on TLS connections nobody could read the words
            ChannelFuture end =
                    config.tls() == null ? connection.writeAndFlush(words) : connection.newSucceededFuture();
            ChannelFuture unused = end.addListener(ChannelFutureListener.CLOSE);
            return;
        }
        accepted.increment();
        ChannelFuture unused = connection.closeFuture().addListener(closed -> open.decrementAndGet());
        connections.add(connection);
        SslContext tls = config.tls();
        if (tls != null) {
            SslHandler handler = tls.newHandler(connection.alloc());
            handler.setHandshakeTimeoutMillis(
                    Math.min(LONGEST_HANDSHAKE_MILLIS, config.requestTimeout().toMillis()));
            connection.pipeline().addLast(handler, new HandshakeWatch(config.access()));
        }
        connection
                .pipeline()
                .addLast(new WriteTimeoutHandler(config.requestTimeout().toMillis(), TimeUnit.MILLISECONDS));
        pipelines.accept(connection.pipeline());
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) server.localAddress();
    }

    /** How many connections are open. */
    public int connections() {
        return open.get();
    }

    /** How many connections were taken since it listens. */
    public long accepted() {
        return accepted.sum();
    }

    /** How many connections found no room since it listens. */
    public long refused() {
        return refused.sum();
    }

    /** Stops listening and closes every connection. A second close does nothing. */
    @Override
    public void close() {
        server.close().awaitUninterruptibly();
        connections.close().awaitUninterruptibly();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
