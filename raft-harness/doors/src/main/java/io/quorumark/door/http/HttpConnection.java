package io.quorumark.door.http;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.quorumark.door.http.Routes.HttpRequest;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/** One client: its requests one after another, in their order. */
final class HttpConnection extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final int MOST_WAITING = 64;

    private final Routes routes;
    private final Metrics metrics;
    private final ArrivalDeadline deadline;
    private final Queue<Arrived> waiting = new ArrayDeque<>();
    private boolean running;

    private record Arrived(HttpRequest request, boolean keepAlive) {}

    HttpConnection(Routes routes, Metrics metrics, ArrivalDeadline deadline) {
        this.routes = routes;
        this.metrics = metrics;
        this.deadline = deadline;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest message) {
        deadline.stop();
        if (message.decoderResult().isFailure()) {
            String reason = String.valueOf(message.decoderResult().cause().getMessage());
            send(context, Answer.error(HttpResponseStatus.BAD_REQUEST, "malformed request: " + reason), false);
            return;
        }
        HttpRequest request = new HttpRequest(
                message.method().name(),
                message.uri(),
                message.headers().get("If-None-Match", ""),
                ByteBufUtil.getBytes(message.content()));
        waiting.add(new Arrived(request, HttpUtil.isKeepAlive(message)));
        if (waiting.size() >= MOST_WAITING) {
            context.channel().config().setAutoRead(false);
        }
        next(context);
    }

    private void next(ChannelHandlerContext context) {
        Arrived arrived = running ? null : waiting.poll();
        if (arrived == null) {
            return;
        }
        running = true;
        long began = System.nanoTime();
        CompletableFuture<Answer> unused = routes.handle(arrived.request()).whenComplete((value, failure) -> {
            Answer answer = failure == null ? value : Answer.failure(failure);
            context.executor().execute(() -> {
                metrics.observe(arrived.request().method(), answer.status().code(), System.nanoTime() - began);
                running = false;
                send(context, answer, arrived.keepAlive());
                if (arrived.keepAlive()) {
                    context.channel().config().setAutoRead(true);
                    next(context);
                }
            });
        });
    }

    private void send(ChannelHandlerContext context, Answer answer, boolean keepAlive) {
        FullHttpResponse response = answer.toResponse();
        HttpUtil.setKeepAlive(response, keepAlive);
        ChannelFuture written = context.writeAndFlush(response);
        if (keepAlive) {
            deadline.start(context);
        } else {
            ChannelFuture unused = written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            // the client is gone
            ChannelFuture unused = context.close();
        } else {
            send(
                    context,
                    Answer.error(HttpResponseStatus.BAD_REQUEST, "malformed request: " + cause.getMessage()),
                    false);
        }
    }
}
