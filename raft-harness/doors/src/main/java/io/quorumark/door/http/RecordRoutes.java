package io.quorumark.door.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quorumark.door.Records;
import io.quorumark.door.http.Routes.HttpRequest;
import io.quorumark.engine.Cursor;
import io.quorumark.raft.Member;
import io.quorumark.raft.ReadConsistency;
import io.quorumark.raft.command.CommandEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** {@code /kv} and what is below it. */
final class RecordRoutes {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST_LIMIT = 10_000;
    private static final long MOST_BYTES = 4 << 20;

    private final Records records;
    private final ReadConsistency reads;

    RecordRoutes(Member member, ReadConsistency reads) {
        this.records = new Records(member);
        this.reads = reads;
    }

    CompletableFuture<Answer> get(HttpRequest request, byte[] key) {
        checkKey(key);
        return records.get(Routes.consistency(request, reads), key)
                .thenApply(value -> value == null
                        ? Answer.error(HttpResponseStatus.NOT_FOUND, "there is no such record")
                        : Answer.bytes(value));
    }

    private static void checkKey(byte[] key) {
        // makes the same complaint as a write would
        byte[] unused = CommandEncoder.delete(key, key.length);
    }

    /** {@code If-None-Match: *} makes it a creation. */
    CompletableFuture<Answer> put(HttpRequest request, byte[] key) {
        byte[] value = request.body();
        return switch (request.ifNoneMatch()) {
            case "" ->
                records.write(CommandEncoder.put(key, key.length, value, value.length))
                        .thenApply(result -> Answer.empty(HttpResponseStatus.NO_CONTENT));
            case "*" ->
                records.write(CommandEncoder.batch()
                                .require(false, key, key.length)
                                .put(key, key.length, value, value.length)
                                .toCommand())
                        .thenApply(result -> result.isApplied()
                                ? Answer.empty(HttpResponseStatus.NO_CONTENT)
                                : Answer.error(
                                        HttpResponseStatus.PRECONDITION_FAILED, "there is such a record already"));
            default ->
                throw new IllegalArgumentException("If-None-Match is '" + request.ifNoneMatch() + "', expected *");
        };
    }

    CompletableFuture<Answer> delete(byte[] key) {
        return records.write(CommandEncoder.delete(key, key.length))
                .thenApply(result -> Answer.empty(HttpResponseStatus.NO_CONTENT));
    }

    CompletableFuture<Answer> list(HttpRequest request) {
        byte[] prefix = PercentCoding.bytes(raw(request, "prefix"));
        byte[] from = PercentCoding.bytes(raw(request, "from"));
        String limitText = request.query("limit", Integer.toString(DEFAULT_LIMIT));
        if (!limitText.matches("[1-9][0-9]{0,4}") || Integer.parseInt(limitText) > MOST_LIMIT) {
            throw new IllegalArgumentException("limit is '" + limitText + "', expected 1 to " + MOST_LIMIT);
        }
        int limit = Integer.parseInt(limitText);
        byte[] start = Arrays.compareUnsigned(from, prefix) < 0 ? prefix : from;
        return records.walk(Routes.consistency(request, reads), cursor -> page(cursor, start, prefix, limit));
    }

    /** A query value as it was sent, since keys are bytes and not text. */
    private static String raw(HttpRequest request, String name) {
        String target = request.target();
        int query = target.indexOf('?');
        if (query >= 0) {
            for (String pair : target.substring(query + 1).split("&")) {
                if (pair.startsWith(name + "=")) {
                    return pair.substring(name.length() + 1);
                }
            }
        }
        return "";
    }

    private static Answer page(Cursor cursor, byte[] start, byte[] prefix, int limit) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode entries = body.putArray("entries");
        long bytes = 0;
        boolean on = start.length == 0 ? cursor.first() : cursor.seekCeiling(ByteBuffer.wrap(start));
        while (on && startsWith(cursor.key(), prefix)) {
            byte[] key = Records.copy(cursor.key());
            if (entries.size() == limit || bytes > MOST_BYTES) {
                body.put("next", percentCoded(key));
                break;
            }
            byte[] value = Records.copy(cursor.value());
            entries.add(entry(key, value));
            bytes += key.length + value.length;
            on = cursor.next();
        }
        return Answer.json(HttpResponseStatus.OK, body);
    }

    private static boolean startsWith(ByteBuffer key, byte[] prefix) {
        return key.remaining() >= prefix.length
                && key.slice(key.position(), prefix.length).equals(ByteBuffer.wrap(prefix));
    }

    /** As text where both are, else both in Base64. */
    private static ObjectNode entry(byte[] key, byte[] value) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        String keyText = text(key);
        String valueText = text(value);
        if (keyText != null && valueText != null) {
            return entry.put("key", keyText).put("value", valueText);
        }
        Base64.Encoder base64 = Base64.getEncoder();
        return entry.put("keyBase64", base64.encodeToString(key)).put("valueBase64", base64.encodeToString(value));
    }

    private static @Nullable String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** To be given back as {@code from}. */
    private static String percentCoded(byte[] bytes) {
        StringBuilder coded = new StringBuilder();
        for (byte octet : bytes) {
            boolean plain =
                    (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z') || (octet >= '0' && octet <= '9');
            coded.append(plain ? String.valueOf((char) octet) : String.format(java.util.Locale.ROOT, "%%%02X", octet));
        }
        return coded.toString();
    }
}
