package io.quorumark.endpoint.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.quorumark.endpoint.Records;
import io.quorumark.raft.ClusterException;
import io.quorumark.raft.ClusterException.ChangeRefused;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One response, before it is bytes.
 *
 * @param headers beside content type and length
 */
@SuppressWarnings("ArrayRecordComponent") // on its way to a socket: never compared
record Answer(HttpResponseStatus status, String contentType, byte[] body, Map<String, String> headers) {
    private static final Logger LOG = LoggerFactory.getLogger(Answer.class);

    static final String JSON = "application/json";
    static final String BYTES = "application/octet-stream";
    private static final String RETRY_SECONDS = "1";
    private static final ObjectWriter WRITER = new ObjectMapper().writer();

    static Answer empty(HttpResponseStatus status) {
        return new Answer(status, "", new byte[0], Map.of());
    }

    static Answer bytes(byte[] body) {
        return new Answer(HttpResponseStatus.OK, BYTES, body, Map.of());
    }

    static Answer json(HttpResponseStatus status, JsonNode body) {
        try {
            // straight to bytes: as text, a page of records would take several times as much
            byte[] text = WRITER.writeValueAsBytes(body);
            byte[] line = Arrays.copyOf(text, text.length + 1);
            line[text.length] = '\n';
            return new Answer(status, JSON, line, Map.of());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Answer error(HttpResponseStatus status, String message) {
        return json(status, JsonNodeFactory.instance.objectNode().put("error", message));
    }

    Answer allowing(String methods) {
        return with(HttpHeaderNames.ALLOW.toString(), methods);
    }

    Answer tagged(String entityTag) {
        return with(HttpHeaderNames.ETAG.toString(), entityTag);
    }

    /** Nothing has happened; the same request may succeed soon. */
    Answer retriable() {
        return with(HttpHeaderNames.RETRY_AFTER.toString(), RETRY_SECONDS);
    }

    Answer with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new Answer(status, contentType, body, more);
    }

    /** @param bytes that the answer would have */
    static Answer withoutRoom(long bytes) {
        return error(
                        HttpResponseStatus.SERVICE_UNAVAILABLE,
                        "there is no room for an answer of " + bytes
                                + " bytes now: clients have not taken theirs; nothing happened, try again")
                .retriable();
    }

    /** The status says what to do: 503 to try again, 504 to look first, as the write may have happened. */
    static Answer failure(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof Records.Failed failed) {
            return switch (failed.failure().code()) {
                case UNKNOWN_OUTCOME ->
                    error(
                            HttpResponseStatus.GATEWAY_TIMEOUT,
                            "the write may or may not have happened: " + message + "; read before writing again");
                case BUSY, NO_LEADER, UNAVAILABLE, TIMEOUT ->
                    error(HttpResponseStatus.SERVICE_UNAVAILABLE, message).retriable();
            };
        }
        if (cause instanceof Records.NoRoom noRoom) {
            return withoutRoom(noRoom.bytes());
        }
        if (cause instanceof IllegalArgumentException) {
            return error(HttpResponseStatus.BAD_REQUEST, message);
        }
        if (cause instanceof ChangeRefused refused && refused.reason() == ChangeRefused.Reason.UNKNOWN_MEMBER) {
            return error(HttpResponseStatus.NOT_FOUND, message);
        }
        if (cause instanceof ClusterException.NoLeader) {
            return error(HttpResponseStatus.SERVICE_UNAVAILABLE, message).retriable();
        }
        if (cause instanceof ClusterException) {
            return error(HttpResponseStatus.CONFLICT, message);
        }
        LOG.error("a request failed for a reason that the HTTP endpoint does not know", cause);
        return error(HttpResponseStatus.INTERNAL_SERVER_ERROR, "internal error; the member's log says what it is");
    }

    /** @param withBody false for {@code HEAD}, whose answer has the length of what it leaves out */
    FullHttpResponse toResponse(boolean withBody) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, withBody ? Unpooled.wrappedBuffer(body) : Unpooled.EMPTY_BUFFER);
        if (!contentType.isEmpty()) {
            response.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
        }
        if (status.code() != HttpResponseStatus.NOT_MODIFIED.code()) {
            response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
        }
        headers.forEach((name, value) -> response.headers().set(name, value));
        return response;
    }
}
