package io.quorumark.endpoint.resp;

import io.quorumark.endpoint.Records;
import io.quorumark.engine.Cursor;
import io.quorumark.raft.ReadConsistency;
import io.quorumark.raft.command.DecimalNumber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Commands on all records. */
final class ScanCommands implements AutoCloseable {
    private static final int DEFAULT_COUNT = 10;
    private static final int MOST_COUNT = 10_000;

    /** Bytes that one call compares with its pattern: some milliseconds. */
    private static final long MOST_COMPARISONS = 4L << 20;

    private static final int REMEMBERED = 10_000;
    private static final long START = 0;

    private final Records records;
    private final ReadConsistency reads;
    private final RecordCount count;
    private final AtomicLong nextCursor = new AtomicLong(1);

    /**
     * Where each unfinished scan goes on; the protocol's cursors are numbers. Scans that are given up leave theirs behind, so only the
     * latest are kept.
     */
    private final Map<Long, byte[]> continuations = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
            return size() > REMEMBERED;
        }
    };

    ScanCommands(Records records, ReadConsistency reads) {
        this.records = records;
        this.reads = reads;
        this.count = new RecordCount(records, reads);
    }

    /**
     * What one call walks over.
     *
     * @param from the first key that is looked at
     * @param stop where the pattern's prefix ends the walk; null to go on to the end
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Walk(byte[] from, int count, @Nullable Glob match, byte @Nullable [] stop) {
        /** Other reads wait for this one, so it ends early rather than late: the client comes again. */
        boolean goesOn(int seen) {
            return seen < count && (match == null || match.comparisons() < MOST_COMPARISONS);
        }
    }

    CompletableFuture<Reply> scan(Request request, ClientState client) {
        byte[] from = continuation(request.word(1));
        if (from == null) {
            return RespCommands.answer(Reply.failure("ERR invalid cursor " + RespCommands.shown(request.word(1))
                    + ", expected 0 to begin, or the one from the call before; begin again"));
        }
        int count = DEFAULT_COUNT;
        byte[] pattern = null;
        for (int i = 2; i < request.count(); i += 2) {
            String option = RespCommands.text(request.word(i)).toUpperCase(Locale.ROOT);
            if (i + 1 == request.count()) {
                return RespCommands.answer(Reply.failure("ERR syntax error"));
            }
            switch (option) {
                case "COUNT" -> count = count(request.word(i + 1));
                case "MATCH" -> pattern = request.word(i + 1);
                case "TYPE" -> {
                    return RespCommands.answer(
                            Reply.failure("ERR SCAN option 'TYPE' is not supported: MATCH and COUNT are"));
                }
                default -> {
                    return RespCommands.answer(Reply.failure("ERR syntax error"));
                }
            }
        }
        // the last one counts, as with Redis; the others are not looked at
        Glob match = pattern == null ? null : new Glob(pattern);
        byte[] prefix = match == null ? new byte[0] : match.prefix();
        byte[] start = Arrays.compareUnsigned(from, prefix) < 0 ? prefix : from;
        Walk walk = new Walk(start, count, match, prefix.length == 0 ? null : prefix);
        return records.walk(reads, cursor -> page(cursor, walk));
    }

    /** More than {@link #MOST_COUNT} is as much as that: a count is a hint. */
    private static int count(byte[] word) {
        ByteBuffer text = ByteBuffer.wrap(word);
        if (!DecimalNumber.isNumber(text)) {
            throw new IllegalArgumentException("value is not an integer or out of range");
        }
        long count = DecimalNumber.parse(text);
        if (count < 1) {
            throw new IllegalArgumentException("syntax error");
        }
        return (int) Math.min(MOST_COUNT, count);
    }

    private Reply page(Cursor cursor, Walk walk) {
        List<Reply> keys = new ArrayList<>();
        boolean on = walk.from.length == 0 ? cursor.first() : cursor.seekCeiling(ByteBuffer.wrap(walk.from));
        int seen = 0;
        while (on && walk.goesOn(seen)) {
            byte[] key = Records.copy(cursor.key());
            if (walk.stop != null && !startsWith(key, walk.stop)) {
                return reply(START, keys);
            }
            if (walk.match == null || walk.match.matches(key)) {
                keys.add(new Reply.Bytes(key));
            }
            seen++;
            on = cursor.next();
        }
        return reply(on ? remember(Records.copy(cursor.key())) : START, keys);
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static Reply reply(long cursor, List<Reply> keys) {
        return new Reply.Items(List.of(Reply.bytes(Long.toString(cursor)), new Reply.Items(keys)));
    }

    private long remember(byte[] next) {
        long cursor = nextCursor.getAndIncrement();
        synchronized (continuations) {
            continuations.put(cursor, next);
        }
        return cursor;
    }

    private byte @Nullable [] continuation(byte[] word) {
        String text = new String(word, StandardCharsets.US_ASCII);
        if (!text.matches("[0-9]{1,18}")) {
            return null;
        }
        long cursor = Long.parseLong(text);
        if (cursor == START) {
            return new byte[0];
        }
        synchronized (continuations) {
            return continuations.get(cursor);
        }
    }

    CompletableFuture<Reply> size(Request request, ClientState client) {
        return count().thenApply(Reply.Int::new);
    }

    CompletableFuture<Long> count() {
        return count.get();
    }

    @Override
    public void close() {
        count.close();
    }
}
