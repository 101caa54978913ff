package io.quorumark.endpoint.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells when no whole request has arrived in time, whether the connection is idle, half-open or sends byte after byte. Stands before the
 * codec. For the connection's event loop.
 */
final class ArrivalDeadline extends ChannelInboundHandlerAdapter {
    private final long timeoutMillis;
    private @Nullable ChannelHandlerContext context;
    private @Nullable ScheduledFuture<?> deadline;
    private final BooleanSupplier isWithinRequest;

    /**
     * The time is over.
     *
     * @param requestHasBegun whether something of the request has arrived
     */
    record Passed(long timeoutMillis, boolean requestHasBegun) {}

    /** @param isWithinRequest whether something has arrived of a request that is not whole */
    ArrivalDeadline(long timeoutMillis, BooleanSupplier isWithinRequest) {
        this.timeoutMillis = timeoutMillis;
        this.isWithinRequest = isWithinRequest;
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

    /** The request that is awaited has all its time from now on, whether it has begun or not. */
    void start() {
        stop();
        ChannelHandlerContext here = context;
        if (here != null) {
            deadline = here.executor()
                    .schedule(
                            () -> here.fireUserEventTriggered(
                                    new Passed(timeoutMillis, isWithinRequest.getAsBoolean())),
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
