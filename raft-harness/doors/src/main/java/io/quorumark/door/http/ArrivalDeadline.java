package io.quorumark.door.http;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Closes a connection on which no whole request arrives in time, whether it is idle, half-open or sends byte after byte. For the connection's event loop. */
final class ArrivalDeadline extends ChannelInboundHandlerAdapter {
    private final long timeoutMillis;
    private @Nullable ScheduledFuture<?> deadline;

    ArrivalDeadline(long timeoutMillis) {
        this.timeoutMillis = timeoutMillis;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        start(context);
        context.fireChannelActive();
    }

    /** The next request is awaited from now on. */
    void start(ChannelHandlerContext context) {
        stop();
        deadline = context.executor()
                .schedule(
                        () -> {
                            ChannelFuture unused = context.close();
                        },
                        timeoutMillis,
                        TimeUnit.MILLISECONDS);
    }

    /** A request has arrived. */
    void stop() {
        ScheduledFuture<?> current = deadline;
        if (current != null) {
            current.cancel(false);
            deadline = null;
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stop();
        context.fireChannelInactive();
    }
}
