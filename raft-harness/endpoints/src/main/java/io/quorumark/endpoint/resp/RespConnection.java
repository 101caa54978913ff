package io.quorumark.endpoint.resp;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.timeout.WriteTimeoutException;
import io.quorumark.endpoint.ConnectionBytes;
import io.quorumark.endpoint.EndpointMemory;
import io.quorumark.endpoint.Records;
import io.quorumark.endpoint.Slots;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One client. Requests run at the same time as far as {@link KeysInUse} lets them; replies leave in the order of their requests. Nothing
 * more is begun while the client does not take its replies, or while too many bytes of them wait for an earlier one. What finds no room
 * among all connections is answered so. All state belongs to the connection's event loop; replies arrive from other threads.
 */
final class RespConnection extends SimpleChannelInboundHandler<RequestDecoder.Words> {
    private static final int MAX_OUTSTANDING = 4096;
    private static final long MAX_OUTSTANDING_BYTES = 16L << 20;
    private static final long MAX_REPLY_BYTES_IN_FLIGHT = Math.min(16L << 20, Records.MAX_REPLY_BYTES);

    private final RespCommands commands;
    private final RespStatistics statistics;
    private final Warnings warnings;
    private final ClientState client;
    private final KeysInUse keysInUse = new KeysInUse();
    private final ConnectionBytes requests;
    private final ConnectionBytes replies;
    private final Slots returningWrites;
    private final Queue<Call> waiting = new ArrayDeque<>();
    private final Queue<Call> unanswered = new ArrayDeque<>();
    private final Postponed postponed = new Postponed();
    private final AtomicBoolean turnScheduled = new AtomicBoolean();
    private long unansweredBytes;

    /** Of replies that are written, and that the network has not taken. */
    private long unsentBytes;

    private boolean awaitsSending;

    /** Of writes that have begun, and whose replies are not written. */
    private long valueBytesAwaited;

    private boolean awaitsSlot;
    private boolean hasSlot;
    private boolean ending;
    private boolean closing;

    /**
     * @param requests of this connection, those that have not arrived in full included
     * @param memory of all connections
     */
    RespConnection(
            RespCommands commands,
            RespStatistics statistics,
            Warnings warnings,
            ClientState client,
            ConnectionBytes requests,
            EndpointMemory memory) {
        this.client = client;
        this.requests = requests;
        this.replies = new ConnectionBytes(memory.replies(), MAX_REPLY_BYTES_IN_FLIGHT);
        this.returningWrites = memory.returningWrites();
        this.commands = commands;
        this.statistics = statistics;
        this.warnings = warnings;
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
        Call call = new Call(commands.parse(words.words()), replies);
        if (requests.take(call.requestBytes())) {
            await(call);
            waiting.add(call);
        } else {
            await(Call.answered(Failures.noRoomForRequest(), replies));
        }
        if (RespCommands.isLast(call.request())) {
            ending = true;
        }
        if (!client.isAdmitted()) {
            // before the decoder goes on: what lies behind a password is not a stranger's
            takeTurn(context);
        }
        if (unanswered.size() >= MAX_OUTSTANDING || unansweredBytes >= MAX_OUTSTANDING_BYTES) {
            context.channel().config().setAutoRead(false);
        }
    }

    private void await(Call call) {
        unanswered.add(call);
        unansweredBytes += call.requestBytes();
    }

    /** Nothing that was sent with another protocol's words is run, and nothing is said that a browser could show. */
    private void closeAtOnce(ChannelHandlerContext context) {
        ending = true;
        waiting.clear();
        postponed.clear();
        statistics.broken(RespStatistics.Broken.FOREIGN);
        warnings.foreignProtocol(context.channel().remoteAddress());
        ChannelFuture unused = context.close();
    }

    /** What the client sent and what had not begun is not run: nobody is there to hear of it. */
    @Override
    public void channelInactive(ChannelHandlerContext context) {
        ending = true;
        waiting.clear();
        postponed.clear();
        requests.close();
        replies.close();
        context.fireChannelInactive();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        takeTurn(context);
    }

    /** From any thread: the connection looks soon at what it can write and begin. */
    private void scheduleTurn(ChannelHandlerContext context) {
        if (turnScheduled.compareAndSet(false, true)) {
            context.executor().execute(() -> scheduledTurn(context));
        }
    }

    private void scheduledTurn(ChannelHandlerContext context) {
        turnScheduled.set(false);
        try {
            takeTurn(context);
        } catch (RuntimeException | Error e) {
            exceptionCaught(context, e);
        }
    }

    /** What fails there closes the connection: nobody else hears of it, and the client would wait. */
    private void later(ChannelHandlerContext context, Runnable part) {
        context.executor().execute(() -> {
            try {
                part.run();
            } catch (RuntimeException | Error e) {
                exceptionCaught(context, e);
            }
        });
    }

    /** Begins and writes as much as it can, and goes on reading if there is room for more. */
    private void takeTurn(ChannelHandlerContext context) {
        giveBackSent(context);
        begin(context);
        while (writeAnswered(context)) {
            context.flush();
            giveBackSent(context);
            begin(context);
        }
        if (!ending || !unanswered.isEmpty()) {
            resumeReading(context);
        } else if (!closing) {
            closing = true;
            closeAfterWrites(context);
        }
    }

    /** Begins what can begin now; for a client that does not take its replies, nothing. */
    private void begin(ChannelHandlerContext context) {
        if (!context.channel().isWritable() || (unsentBytes > 0 && replies.isInTheWay())) {
            return;
        }
        Call again;
        while ((again = postponed.next(alone())) != null) {
            run(context, again);
        }
        Call next;
        while (postponed.isEmpty() && (next = waiting.peek()) != null && begin(context, next)) {
            waiting.remove();
        }
    }

    /** The first call that is not answered, if nothing before it is still being sent. */
    private @Nullable Call alone() {
        return unsentBytes == 0 ? unanswered.peek() : null;
    }

    /** @return false if it has to wait */
    private boolean begin(ChannelHandlerContext context, Call call) {
        long valueBytes = RespCommands.maxPreviousBytes(call.request());
        boolean isAlone = call == alone();
        if (!call.begin(isAlone, 0)
                || (valueBytes > 0 && !isAlone && !replies.hasRoom(valueBytesAwaited + valueBytes))) {
            return false;
        }
        if (!keysInUse.take(call.request())) {
            return false;
        }
        if (valueBytes > 0) {
            if (!replies.othersHaveRoom()) {
                // nothing that this connection does makes room, and once the write is in the log it is too late
                call.answerWithoutRoom(valueBytes);
                return true;
            }
            if (!takeSlot(context)) {
                keysInUse.release(call.request());
                return false;
            }
            call.awaitValue(valueBytes, returningWrites);
            valueBytesAwaited += valueBytes;
        }
        run(context, call);
        return true;
    }

    /** False if there is none now; when there is, the connection has its turn. */
    private boolean takeSlot(ChannelHandlerContext context) {
        if (hasSlot || (!awaitsSlot && returningWrites.take(() -> offerSlot(context)))) {
            hasSlot = false;
            return true;
        }
        awaitsSlot = true;
        return false;
    }

    /** From any thread. */
    private boolean offerSlot(ChannelHandlerContext context) {
        try {
            later(context, () -> {
                awaitsSlot = false;
                hasSlot = true;
                takeTurn(context);
                if (hasSlot) {
                    // what waited for it cannot begin, or never will: others can
                    hasSlot = false;
                    returningWrites.giveBack();
                }
            });
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private void run(ChannelHandlerContext context, Call call) {
        CompletableFuture<Reply> unused = commands.run(call.request(), client, call)
                .whenComplete((reply, failure) -> {
                    Records.NoRoom noRoom = Failures.noRoom(failure);
                    if (noRoom == null) {
                        call.answer(failure == null ? reply : Failures.reply(failure));
                        scheduleTurn(context);
                    } else {
                        later(context, () -> {
                            call.letGo();
                            if (call.isAlone()) {
                                call.answerWithoutRoom(noRoom.bytes());
                            } else {
                                postponed.add(call, noRoom.bytes());
                            }
                            scheduleTurn(context);
                        });
                    }
                });
        // the client's choice as of now, which HELLO has just changed for its own reply
        call.speak(client.protocol());
    }

    /**
     * Writes replies up to the first request that has none, lets go of keys, and begins what waited for them; false if there was nothing to
     * write, or the client takes nothing.
     */
    private boolean writeAnswered(ChannelHandlerContext context) {
        boolean wrote = false;
        while (context.channel().isWritable()) {
            Call first = unanswered.peek();
            Reply reply = first == null ? null : first.reply();
            if (first == null || reply == null) {
                break;
            }
            unanswered.remove();
            unansweredBytes -= first.requestBytes();
            requests.giveBack(first.requestBytes());
            keysInUse.release(first.request());
            valueBytesAwaited -= first.valueBytesAwaited();
            if (first.request().count() > 0) {
                statistics.answered(first.request().name(), first.ageNanos(), reply instanceof Reply.Failure);
            }
            ReplyWriter.write(context, reply, first.protocol());
            unsentBytes += first.giveUp();
            wrote = true;
            begin(context);
        }
        return wrote;
    }

    /** When everything is flushed: most replies are sent at once, and what is left is sent when the client takes it. */
    private void giveBackSent(ChannelHandlerContext context) {
        if (unsentBytes == 0) {
            return;
        }
        ChannelOutboundBuffer unsent = context.channel().unsafe().outboundBuffer();
        if (unsent == null || unsent.totalPendingWriteBytes() == 0) {
            replies.giveBack(unsentBytes);
            unsentBytes = 0;
        } else if (!awaitsSending) {
            awaitsSending = true;
            long bytes = unsentBytes;
            ChannelFuture unused = context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> {
                awaitsSending = false;
                replies.giveBack(bytes);
                unsentBytes -= bytes;
                // not at once: this may be told in the middle of a write
                scheduleTurn(context);
            });
        }
    }

    private void resumeReading(ChannelHandlerContext context) {
        boolean room = unanswered.size() < MAX_OUTSTANDING / 2
                && unansweredBytes < MAX_OUTSTANDING_BYTES / 2
                && context.channel().isWritable();
        if (room && !context.channel().config().isAutoRead()) {
            context.channel().config().setAutoRead(true);
        }
    }

    /** A client that does not take its replies is not asked for more requests. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            // not at once: this may be told in the middle of a write
            scheduleTurn(context);
        } else {
            context.channel().config().setAutoRead(false);
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof RequestDecoder.Refused) {
            if (!ending) {
                await(Call.answered(Failures.noRoomForRequest(), replies));
                takeTurn(context);
            }
        } else if (event instanceof RequestDecoder.ProtocolError error) {
            statistics.broken(error.slow() ? RespStatistics.Broken.SLOW : RespStatistics.Broken.PROTOCOL);
            endWith(context, Reply.failure("ERR Protocol error: " + error.reason()));
        } else if (event instanceof ChannelInputShutdownEvent) {
            ending = true;
            takeTurn(context);
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    /** Says it behind the replies to earlier requests, and takes no more. */
    private void endWith(ChannelHandlerContext context, Reply reply) {
        if (!ending) {
            ending = true;
            await(Call.answered(reply, replies));
            takeTurn(context);
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
