package io.quorumark.endpoint.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells when no whole request has arrived in time, whether the connection is idle, half-open or sends byte after byte. Stands before the
 * codec. For the connection's event loop.
 */
final class ArrivalDeadline extends ChannelInboundHandlerAdapter {
    private final long timeoutMillis;
    private @Nullable ChannelHandlerContext context;
    private @Nullable ScheduledFuture<?> deadline;
    private boolean bytesHaveArrived;

    /**
     * The time is over.
     *
     * @param requestHasBegun whether something has arrived in it
     */
    record Passed(long timeoutMillis, boolean requestHasBegun) {}

    ArrivalDeadline(long timeoutMillis) {
        this.timeoutMillis = timeoutMillis;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        start();
        active.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) {
        bytesHaveArrived = true;
        reading.fireChannelRead(message);
    }

    /** The next request is awaited from now on. */
    void start() {
        bytesHaveArrived = false;
        beginAgain();
    }

    /** The request that is awaited has all its time from now on, whether it has begun or not. */
    void beginAgain() {
        stop();
        ChannelHandlerContext here = context;
        if (here != null) {
            deadline = here.executor()
                    .schedule(
                            () -> here.fireUserEventTriggered(new Passed(timeoutMillis, bytesHaveArrived)),
                            timeoutMillis,
                            TimeUnit.MILLISECONDS);
        }
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
    public void channelInactive(ChannelHandlerContext inactive) {
        stop();
        inactive.fireChannelInactive();
    }
}
