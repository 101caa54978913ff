package io.quorumark.endpoint.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a request's head before any of its body is gathered, and passes a {@link Refusal} on in place of a request that cannot be
 * answered otherwise. Nothing follows a refusal: where the next request would begin is not certain, or not worth waiting for. Conflicting
 * lengths, unknown final transfer codings and malformed chunks are found by the codec.
 */
final class RequestChecks extends ChannelInboundHandlerAdapter {
    private final int maxRequestBytes;
    private final Authentication authentication;
    private final RequestBytes bytes;
    private String method = "";
    private boolean refused;

    /**
     * The last thing that a connection is answered.
     *
     * @param method of the request; empty if it could not be read
     */
    record Refusal(String method, Answer answer) {}

    /** @param bytes of the requests that are looked at */
    RequestChecks(int maxRequestBytes, Authentication authentication, RequestBytes bytes) {
        this.bytes = bytes;
        this.authentication = authentication;
        this.maxRequestBytes = maxRequestBytes;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Refusal refusal = refused ? null : refusal(context, message);
        if (refusal != null) {
            refused = true;
            context.fireChannelRead(refusal);
            stopGathering(context.pipeline());
        }
        if (refused) {
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }

    /** What has been gathered of the refused request's body is kept no longer. */
    private static void stopGathering(ChannelPipeline pipeline) {
        BodyAggregator gathering = pipeline.get(BodyAggregator.class);
        if (gathering != null) {
            pipeline.remove(gathering);
        }
    }

    private @Nullable Refusal refusal(ChannelHandlerContext context, Object message) {
        DecoderResult decoded = message instanceof HttpObject part ? part.decoderResult() : DecoderResult.SUCCESS;
        if (decoded.isFailure()) {
            return new Refusal("", malformed(decoded.cause()));
        }
        if (message instanceof HttpRequest request) {
            method = request.method().name();
            Answer answer = refusal(context, request);
            if (answer != null) {
                return new Refusal(method, answer);
            }
        }
        return bytes.hasRoom() ? null : new Refusal(method, noRoom());
    }

    private static Answer noRoom() {
        return Answer.error(
                        HttpResponseStatus.SERVICE_UNAVAILABLE,
                        "there is no room for the request now: others arrive and wait; nothing happened, try again")
                .retriable();
    }

    private static Answer malformed(Throwable cause) {
        String reason = String.valueOf(cause.getMessage());
        if (cause instanceof TooLongHttpLineException) {
            return Answer.error(
                    HttpResponseStatus.REQUEST_URI_TOO_LONG, "the request's first line is too long: " + reason);
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return Answer.error(
                    HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                    "the request's headers are too long: " + reason);
        }
        return Answer.error(HttpResponseStatus.BAD_REQUEST, "malformed request: " + reason);
    }

    /** Null if there is nothing against the request. */
    private @Nullable Answer refusal(ChannelHandlerContext context, HttpRequest request) {
        HttpVersion version = request.protocolVersion();
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            return Answer.error(
                    HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED,
                    "version is " + version + ", expected HTTP/1.1 or HTTP/1.0");
        }
        String host = hostComplaint(request.headers().getAll(HttpHeaderNames.HOST), version);
        if (!host.isEmpty()) {
            return Answer.error(HttpResponseStatus.BAD_REQUEST, host);
        }
        Answer stranger = authentication.refusal(context.channel().remoteAddress(), request);
        if (stranger != null) {
            return stranger;
        }
        if (!Methods.isKnown(method) || method.equals("CONNECT")) {
            return Answer.error(
                    HttpResponseStatus.NOT_IMPLEMENTED,
                    "method is not known here, expected GET, HEAD, PUT," + " POST, DELETE or OPTIONS");
        }
        return bodyRefusal(request);
    }

    private static String hostComplaint(List<String> hosts, HttpVersion version) {
        if (hosts.size() > 1 || (hosts.isEmpty() && version.equals(HttpVersion.HTTP_1_1))) {
            return "request has " + hosts.size() + " Host headers, expected one";
        }
        return hosts.isEmpty() || HostHeader.isValid(hosts.get(0))
                ? ""
                : "Host is malformed, expected a name or address, with or without a port";
    }

    private @Nullable Answer bodyRefusal(HttpRequest request) {
        HttpHeaders headers = request.headers();
        List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (!codings.isEmpty() && !(codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked"))) {
            return Answer.error(
                    HttpResponseStatus.NOT_IMPLEMENTED,
                    "Transfer-Encoding is not chunked alone, expected that or none");
        }
        boolean lengthIsKnown = headers.contains(HttpHeaderNames.CONTENT_LENGTH);
        if (method.equals("PUT") && codings.isEmpty() && !lengthIsKnown) {
            return Answer.error(
                    HttpResponseStatus.LENGTH_REQUIRED,
                    "PUT has no Content-Length and no Transfer-Encoding, expected one of them; an empty value has"
                            + " Content-Length: 0");
        }
        if (lengthIsKnown && HttpUtil.getContentLength(request, 0L) > maxRequestBytes) {
            return tooLarge(maxRequestBytes);
        }
        List<String> expectations = headers.getAll(HttpHeaderNames.EXPECT);
        if (!expectations.stream().allMatch(one -> one.equalsIgnoreCase("100-continue"))) {
            return Answer.error(
                    HttpResponseStatus.EXPECTATION_FAILED, "Expect is not 100-continue, expected that or none");
        }
        return null;
    }

    static Answer tooLarge(int maxRequestBytes) {
        return Answer.error(
                HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                "request's body is longer than " + maxRequestBytes + " bytes; send a shorter one");
    }
}
