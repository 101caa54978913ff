package io.quorumark.endpoint.http;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.ReferenceCountUtil;
import io.quorumark.endpoint.ByteBudget;
import io.quorumark.endpoint.ConnectionBytes;
import io.quorumark.endpoint.http.RequestChecks.Refusal;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client: its requests one after another, in their order, however many it sends before it reads an answer. After a refusal, or the
 * answer to a request that asks for it, the connection is closed; what the client has still to say is read and dropped until then, since
 * closing on unread bytes would take the answer away from it. While the client does not take its answers, no further request begins and
 * none is read. For the connection's event loop.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);
    private static final int MAX_WAITING = 64;
    private static final long MAX_WAITING_BYTES = 1 << 20;

    private final Routes routes;
    private final Metrics metrics;
    private final ArrivalDeadline deadline;
    private final RequestBytes bytes;
    private final ConnectionBytes requests;
    private final ConnectionBytes answers;
    private final Queue<Arrived> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private boolean running;

    /** Whether the next request begins when the client has taken an answer, since there is no room for more. */
    private boolean awaitsSending;

    private boolean ended;
    private boolean lastIsSent;
    private boolean clientIsDone;

    /** What becomes of the connection after an answer. */
    private enum Keep {
        OPEN,
        /** Said as well, since HTTP/1.0 closes otherwise. */
        OPEN_AND_SAID,
        CLOSED;

        static Keep of(HttpRequest request) {
            if (!HttpUtil.isKeepAlive(request)) {
                return CLOSED;
            }
            return request.protocolVersion().isKeepAliveDefault() ? OPEN : OPEN_AND_SAID;
        }
    }

    /** What is to be answered, in the order of arrival. */
    private sealed interface Arrived {
        /** A whole request. */
        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Whole(String method, String target, HttpHeaders headers, byte[] body, Keep keep, long heldBytes)
                implements Arrived {
            /** Whether nothing has happened when its answer is not given. */
            boolean changesNothing() {
                return method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
            }

            @Override
            public int bodyBytes() {
                return body.length;
            }
        }

        /** No further one follows. */
        record Last(Refusal refusal) implements Arrived {
            @Override
            public int bodyBytes() {
                return 0;
            }
        }

        int bodyBytes();
    }

    /**
     * @param bytes of this connection's requests as they arrive
     * @param requests what it holds of them
     * @param answers of all connections
     */
    HttpConnection(
            Routes routes,
            Metrics metrics,
            ArrivalDeadline deadline,
            RequestBytes bytes,
            ConnectionBytes requests,
            ByteBudget answers) {
        this.routes = routes;
        this.metrics = metrics;
        this.deadline = deadline;
        this.bytes = bytes;
        this.requests = requests;
        this.answers = new ConnectionBytes(answers, Long.MAX_VALUE);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        requests.close();
        answers.close();
        context.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (ended) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof FullHttpRequest request) {
            deadline.stop();
            await(new Arrived.Whole(
                    request.method().name(),
                    request.uri(),
                    request.headers(),
                    ByteBufUtil.getBytes(request.content()),
                    Keep.of(request),
                    bytes.takeRequestBytes()));
        } else if (message instanceof Refusal refusal) {
            deadline.stop();
            bytes.drop();
            requests.giveBack(bytes.takeRequestBytes());
            await(new Arrived.Last(refusal));
        }
        ReferenceCountUtil.release(message);
        next(context);
        if (waiting.size() >= MAX_WAITING || waitingBytes >= MAX_WAITING_BYTES) {
            context.channel().config().setAutoRead(false);
        }
    }

    private void await(Arrived arrived) {
        waiting.add(arrived);
        waitingBytes += arrived.bodyBytes();
    }

    private void next(ChannelHandlerContext context) {
        if (running || ended || !context.channel().isWritable()) {
            return;
        }
        awaitsSending = answers.isInTheWay();
        if (awaitsSending) {
            return;
        }
        Arrived arrived = waiting.poll();
        if (arrived == null) {
            goOnReading(context);
            return;
        }
        waitingBytes -= arrived.bodyBytes();
        if (arrived instanceof Arrived.Last last) {
            metrics.observe(
                    last.refusal().method(), last.refusal().answer().status().code(), 0);
            send(context, last.refusal().method(), last.refusal().answer(), Keep.CLOSED, new AnswerRoom(answers));
        } else if (arrived instanceof Arrived.Whole request) {
            answer(context, request);
        }
    }

    /** Everything is answered, and the client takes it. */
    private void goOnReading(ChannelHandlerContext context) {
        if (clientIsDone) {
            // closing now would take away what is not sent yet
            ended = true;
            ChannelFuture unused = context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> end(context));
        } else if (!context.channel().config().isAutoRead()) {
            // a request that has begun could not go on until now
            deadline.start();
            context.channel().config().setAutoRead(true);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            // not at once: this may be told in the middle of a write
            later(context, () -> next(context));
        } else if (!ended) {
            context.channel().config().setAutoRead(false);
        }
        context.fireChannelWritabilityChanged();
    }

    private void answer(ChannelHandlerContext context, Arrived.Whole request) {
        running = true;
        long beganNanos = System.nanoTime();
        AnswerRoom room = new AnswerRoom(answers);
        CompletableFuture<Answer> unused = routes.handle(
                        request.method(), request.target(), request.headers(), request.body(), room)
                .whenComplete((value, failure) -> {
                    Answer found = failure == null ? value : Answer.failure(failure);
                    later(context, () -> {
                        Answer answer = withRoom(request, found, room);
                        metrics.observe(request.method(), answer.status().code(), System.nanoTime() - beganNanos);
                        running = false;
                        requests.giveBack(request.heldBytes());
                        send(context, request.method(), answer, request.keep(), room);
                        next(context);
                    });
                });
    }

    /** The answer, with room for what is sent of it, or one that says that there is none. */
    private static Answer withRoom(Arrived.Whole request, Answer answer, AnswerRoom room) {
        long sentBytes = request.method().equals("HEAD") ? 0 : answer.body().length;
        if (room.hold(sentBytes, sentBytes <= ConnectionBytes.FREE_BYTES || !request.changesNothing())) {
            return answer;
        }
        Answer without = Answer.withoutRoom(sentBytes);
        boolean unused = room.hold(without.body().length, true);
        return without;
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

    /** @param room let go when the client has taken the answer */
    private void send(ChannelHandlerContext context, String method, Answer answer, Keep keep, AnswerRoom room) {
        FullHttpResponse response = answer.toResponse(!method.equals("HEAD"));
        boolean keepAlive = keep != Keep.CLOSED;
        HttpUtil.setKeepAlive(response, keepAlive);
        if (keep == Keep.OPEN_AND_SAID) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        } else if (!keepAlive) {
            ended = true;
            waiting.clear();
            waitingBytes = 0;
            bytes.drop();
        }
        ChannelFuture written = context.writeAndFlush(response).addListener(sent -> {
            room.letGo();
            if (awaitsSending) {
                // not at once: this may be told in the middle of a write
                later(context, () -> next(context));
            }
        });
        if (!keepAlive) {
            ChannelFuture unused = written.addListener(done -> end(context));
        } else if (waiting.isEmpty()) {
            deadline.start();
        }
    }

    /** Says that no answer follows, and closes when the client has heard it or does not listen. */
    private void end(ChannelHandlerContext context) {
        ended = true;
        lastIsSent = true;
        if (clientIsDone) {
            ChannelFuture unused = context.close();
        } else {
            context.channel().config().setAutoRead(true);
            LingeringClose.begin(context);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            clientIsDone = true;
            if (lastIsSent) {
                ChannelFuture unused = context.close();
            } else {
                next(context);
            }
        } else if (event instanceof ArrivalDeadline.Passed passed) {
            if (passed.requestHasBegun() && !running && !ended) {
                String message = "the request did not arrive in full within " + passed.timeoutMillis() + " ms";
                metrics.observe("", HttpResponseStatus.REQUEST_TIMEOUT.code(), 0);
                Answer late = Answer.error(HttpResponseStatus.REQUEST_TIMEOUT, message);
                send(context, "", late, Keep.CLOSED, new AnswerRoom(answers));
            } else if (!running) {
                ChannelFuture unused = context.close();
            }
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        boolean clientIsGone = cause instanceof IOException || cause instanceof PrematureChannelClosureException;
        if (!clientIsGone) {
            LOG.error("an HTTP connection is closed for a reason that this endpoint does not know", cause);
        }
        ChannelFuture unused = context.close();
    }
}
