package io.quorumark.endpoint.resp;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.timeout.WriteTimeoutException;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One client. Requests run at the same time as far as {@link KeysInUse} lets them; replies leave in the order of their requests. All
 * state belongs to the
 * connection's event loop; replies arrive from other threads.
 */
final class RespConnection extends SimpleChannelInboundHandler<RequestDecoder.Words> {
    private static final int MOST_OUTSTANDING = 4096;

    private final RespCommands commands;
    private final RespStatistics statistics;
    private final Warnings warnings;
    private final ClientState client;
    private final KeysInUse keysInUse = new KeysInUse();
    private final Queue<Call> waiting = new ArrayDeque<>();
    private final Queue<Call> unanswered = new ArrayDeque<>();
    private final AtomicBoolean flushScheduled = new AtomicBoolean();
    private boolean ending;

    RespConnection(RespCommands commands, RespStatistics statistics, Warnings warnings, ClientState client) {
        this.client = client;
        this.commands = commands;
        this.statistics = statistics;
        this.warnings = warnings;
    }

    /** One request on its way. */
    private static final class Call {
        private final Request request;
        private final long arrivedNanos = System.nanoTime();
        private volatile @Nullable Reply reply;

        Call(Request request) {
            this.request = request;
        }

        /** No request at all, but its place among the replies. */
        static Call answered(Reply reply) {
            Call call = new Call(Request.NONE);
            call.reply = reply;
            return call;
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        client.comesFrom(context.channel().remoteAddress());
        context.fireChannelActive();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, RequestDecoder.Words words) {
        if (ending) {
            return;
        }
        if (ForeignProtocol.isSpoken(words)) {
            closeAtOnce(context);
            return;
        }
        Call call = new Call(commands.parse(words.words()));
        unanswered.add(call);
        waiting.add(call);
        if (RespCommands.isLast(call.request)) {
            ending = true;
        }
        if (unanswered.size() >= MOST_OUTSTANDING) {
            context.channel().config().setAutoRead(false);
        }
    }

    /** Nothing that was sent with another protocol's words is run, and nothing is said that a browser could show. */
    private void closeAtOnce(ChannelHandlerContext context) {
        ending = true;
        waiting.clear();
        statistics.broken(RespStatistics.Broken.FOREIGN);
        warnings.foreignProtocol(context.channel().remoteAddress());
        ChannelFuture unused = context.close();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        startWaiting(context);
        writeAnswered(context);
    }

    private void startWaiting(ChannelHandlerContext context) {
        Call next;
        while ((next = waiting.peek()) != null && keysInUse.take(next.request)) {
            waiting.remove();
            start(context, next);
        }
    }

    private void start(ChannelHandlerContext context, Call call) {
        CompletableFuture<Reply> answer = commands.run(call.request, client);
        EventExecutor loop = context.executor();
        CompletableFuture<Reply> unused = answer.whenComplete((reply, failure) -> {
            call.reply = failure == null ? reply : Failures.reply(failure);
            if (flushScheduled.compareAndSet(false, true)) {
                loop.execute(() -> {
                    flushScheduled.set(false);
                    writeAnswered(context);
                });
            }
        });
    }

    /** Writes replies up to the first request that has none, lets go of keys, and starts what waited for them. */
    private void writeAnswered(ChannelHandlerContext context) {
        boolean wrote = false;
        while (true) {
            Call first = unanswered.peek();
            Reply reply = first == null ? null : first.reply;
            if (first == null || reply == null) {
                break;
            }
            unanswered.remove();
            keysInUse.release(first.request);
            if (first.request.count() > 0) {
                statistics.answered(
                        first.request.name(), System.nanoTime() - first.arrivedNanos, reply instanceof Reply.Failure);
            }
            ReplyWriter.write(context, reply, client.protocol());
            wrote = true;
            startWaiting(context);
        }
        if (wrote) {
            context.flush();
        }
        if (ending && unanswered.isEmpty()) {
            closeAfterWrites(context);
        } else {
            resumeReading(context);
        }
    }

    private void resumeReading(ChannelHandlerContext context) {
        boolean room =
                unanswered.size() < MOST_OUTSTANDING / 2 && context.channel().isWritable();
        if (room && !context.channel().config().isAutoRead()) {
            context.channel().config().setAutoRead(true);
        }
    }

    /** A client that does not take its replies is not asked for more requests. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            resumeReading(context);
        } else {
            context.channel().config().setAutoRead(false);
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof RequestDecoder.ProtocolError error) {
            statistics.broken(error.slow() ? RespStatistics.Broken.SLOW : RespStatistics.Broken.PROTOCOL);
            endWith(context, Reply.failure("ERR Protocol error: " + error.reason()));
        } else if (event instanceof ChannelInputShutdownEvent) {
            ending = true;
            startWaiting(context);
            writeAnswered(context);
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    /** Says it behind the replies to earlier requests, and takes no more. */
    private void endWith(ChannelHandlerContext context, Reply reply) {
        if (!ending) {
            ending = true;
            unanswered.add(Call.answered(reply));
            startWaiting(context);
            writeAnswered(context);
        }
    }

    private static void closeAfterWrites(ChannelHandlerContext context) {
        ChannelFuture unused = context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof DecoderException) {
            // broken TLS: the client could not read an answer
            statistics.broken(RespStatistics.Broken.PROTOCOL);
        } else if (!(cause instanceof IOException) && !(cause instanceof WriteTimeoutException)) {
            Warnings.defect(cause);
        }
        // else the client is gone, or takes no replies
        ending = true;
        ChannelFuture unused = context.close();
    }
}
