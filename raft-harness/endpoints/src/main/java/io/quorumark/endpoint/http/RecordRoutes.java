package io.quorumark.endpoint.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import io.quorumark.endpoint.Records;
import io.quorumark.endpoint.ReplyRoom;
import io.quorumark.endpoint.http.Routes.HttpRequest;
import io.quorumark.engine.Cursor;
import io.quorumark.raft.Member;
import io.quorumark.raft.ReadConsistency;
import io.quorumark.raft.command.CommandBatch;
import io.quorumark.raft.command.CommandEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@code /kv} and what is below it. */
final class RecordRoutes {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST_LIMIT = 10_000;

    /** Of the entries of one page, as they are sent; a single entry may be longer. */
    private static final long MAX_PAGE_BYTES = 4 << 20;

    private static final int MOST_ATTEMPTS = 100;

    private final Records records;
    private final ReadConsistency reads;

    RecordRoutes(Member member, ReadConsistency reads) {
        this.records = new Records(member);
        this.reads = reads;
    }

    /**
     * @param headers of the request
     * @param key of the record
     */
    CompletableFuture<Answer> one(HttpRequest request, HttpHeaders headers, byte[] key) {
        checkKey(key);
        if (request.reads()) {
            request.target().requireOnly(Set.of("consistency"));
            return get(request, key);
        }
        request.target().requireOnly(Set.of());
        if (request.method().equals("PUT")) {
            checkWholeAndPlain(headers);
            byte[] value = request.body();
            return write(request, key, MOST_ATTEMPTS, batch -> batch.put(key, key.length, value, value.length));
        }
        return write(request, key, MOST_ATTEMPTS, batch -> batch.delete(key, key.length));
    }

    private static void checkKey(byte[] key) {
        // makes the same complaint as a write would
        byte[] unused = CommandEncoder.delete(key, key.length);
    }

    /** What is stored is what was sent, so that a part of a value, or one in a coding that nobody will undo, cannot be taken. */
    private static void checkWholeAndPlain(HttpHeaders headers) {
        for (AsciiString name : List.of(HttpHeaderNames.CONTENT_RANGE, HttpHeaderNames.CONTENT_ENCODING)) {
            if (headers.contains(name)) {
                throw new IllegalArgumentException(
                        name + " is not supported, expected the whole value as it is to be stored");
            }
        }
    }

    private CompletableFuture<Answer> get(HttpRequest request, byte[] key) {
        return records.get(Routes.consistency(request, reads), key, request.room())
                .thenApply(value -> {
                    if (request.preconditions().failMatch(value)) {
                        return preconditionFailed("If-Match");
                    }
                    if (value == null) {
                        return Answer.error(HttpResponseStatus.NOT_FOUND, "there is no such record");
                    }
                    String tag = EntityTags.of(value);
                    return request.preconditions().failNoneMatch(value)
                            ? Answer.empty(HttpResponseStatus.NOT_MODIFIED).tagged(tag)
                            : Answer.bytes(value).tagged(tag);
                });
    }

    private static Answer preconditionFailed(String header) {
        return Answer.error(
                HttpResponseStatus.PRECONDITION_FAILED,
                "the record is not as " + header + " asks: it was changed, created or deleted by others");
    }

    /**
     * One log entry, conditions included. Tags are compared with the value that the leader has now, and the write then requires that very
     * value; one that changes in between is looked at again.
     */
    private CompletableFuture<Answer> write(
            HttpRequest request, byte[] key, int attemptsLeft, UnaryOperator<CommandBatch> change) {
        Preconditions preconditions = request.preconditions();
        if (preconditions.askForPresenceAlone()) {
            return writeByPresence(preconditions, key, change);
        }
        request.room().letGo();
        return records.get(ReadConsistency.LINEARIZABLE, key, request.room()).thenCompose(value -> {
            if (preconditions.failMatch(value)) {
                return CompletableFuture.completedFuture(preconditionFailed("If-Match"));
            }
            if (preconditions.failNoneMatch(value)) {
                return CompletableFuture.completedFuture(preconditionFailed("If-None-Match"));
            }
            CommandBatch batch = CommandEncoder.batch();
            CommandBatch required = value == null
                    ? batch.require(false, key, key.length)
                    : batch.requireEqual(key, key.length, value, value.length);
            return records.write(change.apply(required).toCommand()).thenCompose(result -> {
                if (result.isApplied()) {
                    return CompletableFuture.completedFuture(Answer.empty(HttpResponseStatus.NO_CONTENT));
                }
                return attemptsLeft > 1
                        ? write(request, key, attemptsLeft - 1, change)
                        : CompletableFuture.completedFuture(Answer.error(
                                        HttpResponseStatus.SERVICE_UNAVAILABLE,
                                        "others changed the record " + MOST_ATTEMPTS + " times in a row; try again")
                                .retriable());
            });
        });
    }

    private CompletableFuture<Answer> writeByPresence(
            Preconditions preconditions, byte[] key, UnaryOperator<CommandBatch> change) {
        CommandBatch batch = CommandEncoder.batch();
        if (preconditions.match() != null && preconditions.noneMatch() != null) {
            throw new IllegalArgumentException("If-Match: * and If-None-Match: * contradict each other");
        }
        if (!preconditions.isEmpty()) {
            batch = batch.require(preconditions.match() != null, key, key.length);
        }
        String header = preconditions.match() != null ? "If-Match" : "If-None-Match";
        return records.write(change.apply(batch).toCommand())
                .thenApply(result ->
                        result.isApplied() ? Answer.empty(HttpResponseStatus.NO_CONTENT) : preconditionFailed(header));
    }

    CompletableFuture<Answer> list(HttpRequest request) {
        request.target().requireOnly(Set.of("prefix", "from", "limit", "consistency"));
        byte[] prefix = PercentCoding.bytes(request.target().rawParameter("prefix"));
        byte[] from = PercentCoding.bytes(request.target().rawParameter("from"));
        String limitText = request.target().parameter("limit", Integer.toString(DEFAULT_LIMIT));
        if (!limitText.matches("[1-9][0-9]{0,4}") || Integer.parseInt(limitText) > MOST_LIMIT) {
            throw new IllegalArgumentException("limit is '" + limitText + "', expected 1 to " + MOST_LIMIT);
        }
        int limit = Integer.parseInt(limitText);
        byte[] start = Arrays.compareUnsigned(from, prefix) < 0 ? prefix : from;
        return records.walk(
                Routes.consistency(request, reads), cursor -> page(cursor, start, prefix, limit, request.room()));
    }

    /** Ends early if there is no more room, but not before the first entry. */
    private static Answer page(Cursor cursor, byte[] start, byte[] prefix, int limit, ReplyRoom room) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode entries = body.putArray("entries");
        long bytes = 0;
        boolean on = start.length == 0 ? cursor.first() : cursor.seekCeiling(ByteBuffer.wrap(start));
        while (on && startsWith(cursor.key(), prefix)) {
            long entryBytes = sentBytes(cursor.key()) + sentBytes(cursor.value());
            bytes += entryBytes;
            boolean isEnough = entries.size() == limit || (bytes > MAX_PAGE_BYTES && !entries.isEmpty());
            boolean isLast = isEnough || !room.take(entryBytes);
            if (isLast && entries.isEmpty()) {
                throw new Records.NoRoom(entryBytes);
            }
            if (isLast) {
                body.put("next", percentCoded(Records.copy(cursor.key())));
                break;
            }
            entries.add(entry(Records.copy(cursor.key()), Records.copy(cursor.value())));
            on = cursor.next();
        }
        return Answer.json(HttpResponseStatus.OK, body);
    }

    /** As text in JSON, in which a control character has six bytes; never less than in Base64. */
    private static long sentBytes(ByteBuffer bytes) {
        long sent = (long) bytes.remaining() + bytes.remaining() / 3;
        for (int i = bytes.position(); i < bytes.limit(); i++) {
            byte octet = bytes.get(i);
            if (octet >= 0 && octet < ' ') {
                sent += 5;
            } else if (octet == '"' || octet == '\\') {
                sent++;
            }
        }
        return sent;
    }

    private static boolean startsWith(ByteBuffer key, byte[] prefix) {
        return key.remaining() >= prefix.length
                && key.slice(key.position(), prefix.length).equals(ByteBuffer.wrap(prefix));
    }

    /** As text if both are, else both in Base64. */
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
