package io.quorumark.engine.lmdb;

import io.quorumark.engine.support.DirectChanges;
import java.nio.ByteBuffer;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.GetOp;
import org.lmdbjava.SeekOp;
import org.lmdbjava.Txn;

/**
 * The changes of a batch, kept until their commit: LMDB's own batch is a write transaction, which would keep every other writer out from
 * the first change on, and be tied to one thread.
 */
final class LmdbChanges extends DirectChanges {
    private static final int FIRST_BYTES = 4 << 10;

    private final OpenEnvironment environment;
    /** Windows into the changes. */
    private ByteBuffer first = bytes().duplicate();

    private ByteBuffer second = bytes().duplicate();

    LmdbChanges(OpenEnvironment environment) {
        super(FIRST_BYTES);
        this.environment = environment;
    }

    /** Makes the changes in {@code txn}, in their order. */
    void applyTo(Txn<ByteBuffer> txn) {
        if (first.capacity() != bytes().capacity()) {
            first = bytes().duplicate();
            second = bytes().duplicate();
        }
        int at = 0;
        while (at < length()) {
            int begin1 = at + HEADER_BYTES;
            int begin2 = begin1 + firstLengthAt(at);
            int end = begin2 + secondLengthAt(at);
            Dbi<ByteBuffer> database = environment.databases().get(keyspaceAt(at));
            first.limit(begin2).position(begin1);
            second.limit(end).position(begin2);
            switch (kindAt(at)) {
                case PUT -> database.put(txn, first, second);
                case DELETE -> database.delete(txn, first);
                default -> deleteRange(txn, database);
            }
            at = end;
        }
    }

    /** From {@code first} to {@code second}. */
    private void deleteRange(Txn<ByteBuffer> txn, Dbi<ByteBuffer> database) {
        try (Cursor<ByteBuffer> cursor = database.openCursor(txn)) {
            boolean found = seekFirst(cursor);
            while (found && Keys.compare(cursor.key(), second) < 0) {
                cursor.delete();
                // After a delete, LMDB's cursor is before the next entry already.
                found = cursor.seek(SeekOp.MDB_NEXT);
            }
        }
    }

    /** To the smallest key of the range, whose begin may be longer or shorter than any key. */
    private boolean seekFirst(Cursor<ByteBuffer> cursor) {
        if (!first.hasRemaining()) {
            return cursor.first();
        }
        int end = first.limit();
        first.limit(Math.min(end, first.position() + LmdbEngineProvider.LIMITS.maxKeyBytes()));
        boolean found = cursor.get(first, GetOp.MDB_SET_RANGE);
        first.limit(end);
        boolean before = found && Keys.compare(cursor.key(), first) < 0;
        return before ? cursor.seek(SeekOp.MDB_NEXT) : found;
    }
}
