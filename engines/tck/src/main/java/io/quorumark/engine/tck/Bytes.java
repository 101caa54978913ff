package io.quorumark.engine.tck;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Reader;
import io.quorumark.engine.Transaction;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Text and numbers as keys and values, and what a reader shows as text. */
final class Bytes {
    /** More than any test writes. */
    private static final int MOST_RECORDS = 100_000;

    private Bytes() {}

    static ByteBuffer of(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static ByteBuffer direct(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    static ByteBuffer repeated(int value, int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return ByteBuffer.wrap(bytes);
    }

    static String text(ByteBuffer buffer) {
        return StandardCharsets.ISO_8859_1.decode(buffer.duplicate()).toString();
    }

    /** The value of a key as text; null if it is absent. */
    static @Nullable String get(Reader reader, Keyspace keyspace, String key) {
        ByteBuffer target = ByteBuffer.allocate(1 << 16);
        int length = reader.get(keyspace, of(key), target);
        return length == Reader.NOT_FOUND ? null : text(target.flip());
    }

    /** The value of a key as a transaction sees it; null if it is absent. */
    static @Nullable String get(Transaction transaction, Keyspace keyspace, String key) {
        ByteBuffer target = ByteBuffer.allocate(1 << 16);
        int length = transaction.get(keyspace, of(key), target);
        return length == Reader.NOT_FOUND ? null : text(target.flip());
    }

    /** All records as {@code key=value}, first to last. */
    static List<String> forwards(Reader reader, Keyspace keyspace) {
        List<String> records = new ArrayList<>();
        try (Cursor cursor = reader.openCursor(keyspace)) {
            for (boolean on = cursor.first(); on; on = cursor.next()) {
                add(records, cursor);
            }
        }
        return records;
    }

    /** All records as {@code key=value}, last to first. */
    static List<String> backwards(Reader reader, Keyspace keyspace) {
        List<String> records = new ArrayList<>();
        try (Cursor cursor = reader.openCursor(keyspace)) {
            for (boolean on = cursor.last(); on; on = cursor.prev()) {
                add(records, cursor);
            }
        }
        return records;
    }

    private static void add(List<String> records, Cursor cursor) {
        if (records.size() == MOST_RECORDS) {
            throw new AssertionError("the walk does not end; it stands on " + text(cursor.key()));
        }
        records.add(text(cursor.key()) + "=" + text(cursor.value()));
    }
}
