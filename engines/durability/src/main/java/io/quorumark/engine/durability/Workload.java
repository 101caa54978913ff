package io.quorumark.engine.durability;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Reader;
import io.quorumark.engine.WriteBatch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Numbered batches over two keyspaces: each overwrites one record in either, deletes another, and notes its number in both. So what is
 * there after batch n follows from n alone, and a batch that is missing, torn or out of order shows.
 */
final class Workload {
    static final List<Keyspace> KEYSPACES = Keyspace.listOf("first", "second");
    private static final int KEYS = 97;
    private static final int DELETED_AHEAD = 31;
    private static final String NUMBER_KEY = "number";
    private static final long MAX_DATA_BYTES = 1L << 30;

    private Workload() {}

    static EngineConfig config(Path directory, Durability durability) {
        return EngineConfig.of(directory, KEYSPACES, durability).withMaxDataBytes(MAX_DATA_BYTES);
    }

    /** Fills an empty batch with the changes of batch {@code number}, counted from 1. */
    static void fill(WriteBatch batch, long number) {
        for (Keyspace keyspace : KEYSPACES) {
            batch.put(keyspace, bytes(key(number)), bytes(value(number)));
            batch.delete(keyspace, bytes(key(number + DELETED_AHEAD)));
            batch.put(keyspace, bytes(NUMBER_KEY), bytes(Long.toString(number)));
        }
    }

    /** Of lengths from a few bytes to a few kilobytes, so that records lie within, across and over sectors. */
    private static String value(long number) {
        return "value " + number + " " + "x".repeat((int) (number * number % 3001 / (number % 5 == 0 ? 1 : 20)));
    }

    private static String key(long number) {
        return "key" + number % KEYS;
    }

    /** The number of the last batch that {@code reader} shows; 0 for none. */
    static long lastNumber(Reader reader) {
        String found = records(reader, KEYSPACES.get(0)).get(NUMBER_KEY);
        return found == null ? 0 : Long.parseLong(found);
    }

    /** What is wrong with the content, given that batch {@code acknowledged} was acknowledged; null if nothing is. */
    static @Nullable Problem problemIn(Reader reader, long acknowledged) {
        List<SortedMap<String, String>> found = new ArrayList<>();
        for (Keyspace keyspace : KEYSPACES) {
            found.add(records(reader, keyspace));
        }
        if (!found.get(0).equals(found.get(1))) {
            return new Problem(
                    Problem.Kind.TORN,
                    "the keyspaces differ: " + difference(found.get(0), found.get(1)) + " (first against second)");
        }
        String text = found.get(0).get(NUMBER_KEY);
        long number = text == null ? 0 : Long.parseLong(text);
        if (number < acknowledged) {
            return new Problem(
                    Problem.Kind.LOST, "the last batch is " + number + ", but " + acknowledged + " was acknowledged");
        }
        SortedMap<String, String> expected = after(number);
        if (!found.get(0).equals(expected)) {
            return new Problem(
                    Problem.Kind.TORN,
                    "not the content after batch " + number + ": " + difference(found.get(0), expected)
                            + " (found against expected)");
        }
        return null;
    }

    private static SortedMap<String, String> after(long number) {
        SortedMap<String, String> content = new TreeMap<>();
        // Older batches are overwritten or deleted since.
        for (long batch = Math.max(1, number - 2 * KEYS); batch <= number; batch++) {
            content.put(key(batch), value(batch));
            content.remove(key(batch + DELETED_AHEAD));
            content.put(NUMBER_KEY, Long.toString(batch));
        }
        return content;
    }

    private static String difference(SortedMap<String, String> left, SortedMap<String, String> right) {
        for (String key : left.keySet()) {
            if (!left.get(key).equals(right.get(key))) {
                return key + " is " + brief(left.get(key)) + " and " + brief(right.get(key));
            }
        }
        for (String key : right.keySet()) {
            if (!left.containsKey(key)) {
                return key + " is absent and " + brief(right.get(key));
            }
        }
        return "nothing";
    }

    private static String brief(@Nullable String value) {
        if (value == null) {
            return "absent";
        }
        return "'" + (value.length() > 20 ? value.substring(0, 20) + "…" : value) + "'";
    }

    private static SortedMap<String, String> records(Reader reader, Keyspace keyspace) {
        SortedMap<String, String> records = new TreeMap<>();
        try (Cursor cursor = reader.openCursor(keyspace)) {
            for (boolean on = cursor.first(); on; on = cursor.next()) {
                records.put(text(cursor.key()), text(cursor.value()));
            }
        }
        return records;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ByteBuffer buffer) {
        return StandardCharsets.UTF_8.decode(buffer.duplicate()).toString();
    }
}
