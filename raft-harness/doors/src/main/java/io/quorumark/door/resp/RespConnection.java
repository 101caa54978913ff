package io.quorumark.door.resp;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.redis.ArrayRedisMessage;
import io.netty.handler.codec.redis.FullBulkStringRedisMessage;
import io.netty.handler.codec.redis.InlineCommandRedisMessage;
import io.netty.handler.codec.redis.RedisMessage;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One client. Requests run at the same time as far as {@link KeysInUse} lets them; replies leave in the order of their requests. All state belongs to the
 * connection's event loop; replies arrive from other threads.
 */
final class RespConnection extends SimpleChannelInboundHandler<RedisMessage> {
    private static final int MOST_OUTSTANDING = 4096;

    private final Commands commands;
    private final RespStatistics statistics;
    private final ClientState client = new ClientState();
    private final KeysInUse keysInUse = new KeysInUse();
    private final Queue<Call> waiting = new ArrayDeque<>();
    private final Queue<Call> unanswered = new ArrayDeque<>();
    private final AtomicBoolean flushScheduled = new AtomicBoolean();
    private boolean ending;

    RespConnection(Commands commands, RespStatistics statistics) {
        this.commands = commands;
        this.statistics = statistics;
    }

    /** One request on its way. */
    private static final class Call {
        private final Request request;
        private final long arrivedNanos = System.nanoTime();
        private volatile @Nullable Reply reply;

        Call(Request request) {
            this.request = request;
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, RedisMessage message) {
        if (ending) {
            return;
        }
        List<byte[]> words = words(message);
        if (words == null) {
            endWith(context, "Protocol error: expected an array of bulk strings");
            return;
        }
        if (words.isEmpty()) {
            return;
        }
        Call call = new Call(commands.parse(words));
        unanswered.add(call);
        waiting.add(call);
        if (unanswered.size() >= MOST_OUTSTANDING) {
            context.channel().config().setAutoRead(false);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        startWaiting(context);
        writeAnswered(context);
    }

    private static @Nullable List<byte[]> words(RedisMessage message) {
        if (message instanceof InlineCommandRedisMessage line) {
            List<byte[]> words = new ArrayList<>();
            for (String word : line.content().strip().split("\\s+")) {
                if (!word.isEmpty()) {
                    words.add(word.getBytes(StandardCharsets.UTF_8));
                }
            }
            return words;
        }
        if (!(message instanceof ArrayRedisMessage array)) {
            return null;
        }
        if (array.isNull()) {
            return List.of();
        }
        List<byte[]> words = new ArrayList<>();
        for (RedisMessage part : array.children()) {
            if (!(part instanceof FullBulkStringRedisMessage bulk) || bulk.isNull()) {
                return null;
            }
            words.add(ByteBufUtil.getBytes(bulk.content()));
        }
        return words;
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
            statistics.answered(
                    first.request.name(), System.nanoTime() - first.arrivedNanos, reply instanceof Reply.Failure);
            ReplyWriter.write(context, reply, client.protocol());
            wrote = true;
            if (client.isQuitting() && unanswered.isEmpty()) {
                ending = true;
            }
            startWaiting(context);
        }
        if (wrote) {
            context.flush();
            if (ending) {
                closeAfterWrites(context);
            }
        }
        resumeReading(context);
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
        if (event instanceof RequestLimits.ProtocolError error) {
            endWith(context, "Protocol error: " + error.reason());
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    private void endWith(ChannelHandlerContext context, String reason) {
        if (!ending) {
            statistics.broken(RespStatistics.Broken.PROTOCOL);
            ending = true;
            ReplyWriter.write(context, Reply.failure("ERR " + reason), client.protocol());
            closeAfterWrites(context);
        }
    }

    private static void closeAfterWrites(ChannelHandlerContext context) {
        ChannelFuture unused = context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof DecoderException) {
            Throwable reason = cause.getCause() == null ? cause : cause.getCause();
            endWith(context, "Protocol error: " + reason.getMessage());
        } else if (cause instanceof IOException) {
            // the client is gone
            ChannelFuture unused = context.close();
        } else {
            endWith(context, "internal error: " + cause);
        }
    }
}
