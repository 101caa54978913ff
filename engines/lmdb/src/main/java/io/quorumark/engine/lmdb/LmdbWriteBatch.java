package io.quorumark.engine.lmdb;

import io.quorumark.engine.Keyspace;
import io.quorumark.engine.WriteBatch;
import io.quorumark.engine.support.Handles;
import java.nio.ByteBuffer;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.GetOp;
import org.lmdbjava.SeekOp;
import org.lmdbjava.Txn;

/**
 * Changes kept in one direct buffer until they are committed: LMDB's own batch is a write transaction, which would keep every other writer
 * out from the first change on, and be tied to one thread.
 *
 * <p>A change is: operation (1 byte), keyspace ordinal (4), length of the first part (4), length of the second part (4), first part (key,
 * or begin of the range), second part (value, end of the range, or nothing).
 */
final class LmdbWriteBatch implements WriteBatch {
    private static final byte PUT = 1;
    private static final byte DELETE = 2;
    private static final byte DELETE_RANGE = 3;
    private static final int HEADER_BYTES = 1 + 3 * Integer.BYTES;
    private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

    private final OpenEnvironment environment;
    private final Handles parent;
    private ByteBuffer changes = ByteBuffer.allocateDirect(4 << 10);
    private ByteBuffer first = changes.duplicate();
    private ByteBuffer second = changes.duplicate();
    private int operationCount;
    private boolean closed;

    LmdbWriteBatch(OpenEnvironment environment, Handles parent) {
        this.environment = environment;
        this.parent = parent;
    }

    @Override
    public void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value) {
        requireOpen();
        environment.checkKey(key);
        environment.checkValue(value);
        append(PUT, keyspace, key, value);
    }

    @Override
    public void delete(Keyspace keyspace, ByteBuffer key) {
        requireOpen();
        environment.checkKey(key);
        append(DELETE, keyspace, key, NOTHING);
    }

    @Override
    public void deleteRange(Keyspace keyspace, ByteBuffer fromInclusive, ByteBuffer toExclusive) {
        requireOpen();
        append(DELETE_RANGE, keyspace, fromInclusive, toExclusive);
    }

    private void append(byte operation, Keyspace keyspace, ByteBuffer part1, ByteBuffer part2) {
        int ordinal = environment.ordinalOf(keyspace);
        int length1 = part1.remaining();
        int length2 = part2.remaining();
        makeRoom((long) HEADER_BYTES + length1 + length2);
        changes.put(operation).putInt(ordinal).putInt(length1).putInt(length2);
        copy(part1, length1);
        copy(part2, length2);
        operationCount++;
    }

    private void copy(ByteBuffer part, int length) {
        int at = changes.position();
        changes.put(at, part, part.position(), length).position(at + length);
    }

    private void makeRoom(long bytes) {
        if (bytes <= changes.remaining()) {
            return;
        }
        long needed = changes.position() + bytes;
        if (needed > Integer.MAX_VALUE) {
            throw new IllegalStateException("the batch would have " + needed + " bytes, expected at most "
                    + Integer.MAX_VALUE + "; commit and clear it before adding more");
        }
        int capacity = (int) Math.max(needed, Math.min(Integer.MAX_VALUE, 2L * changes.capacity()));
        changes = ByteBuffer.allocateDirect(capacity).put(changes.flip());
        first = changes.duplicate();
        second = changes.duplicate();
    }

    /** Makes the changes in {@code txn}, in their order. */
    void applyTo(Txn<ByteBuffer> txn) {
        int end = changes.position();
        int at = 0;
        while (at < end) {
            byte operation = changes.get(at);
            Dbi<ByteBuffer> database = environment.databases().get(changes.getInt(at + 1));
            int begin1 = at + HEADER_BYTES;
            int begin2 = begin1 + changes.getInt(at + 1 + Integer.BYTES);
            at = begin2 + changes.getInt(at + 1 + 2 * Integer.BYTES);
            first.limit(begin2).position(begin1);
            second.limit(at).position(begin2);
            switch (operation) {
                case PUT -> database.put(txn, first, second);
                case DELETE -> database.delete(txn, first);
                default -> deleteRange(txn, database);
            }
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

    @Override
    public int operationCount() {
        requireOpen();
        return operationCount;
    }

    @Override
    public void clear() {
        requireOpen();
        changes.clear();
        operationCount = 0;
    }

    /**
     * For the session that commits it.
     *
     * @throws IllegalArgumentException it is not a batch of {@code target}
     */
    static LmdbWriteBatch of(WriteBatch batch, OpenEnvironment target) {
        if (batch instanceof LmdbWriteBatch own && own.environment == target) {
            own.requireOpen();
            return own;
        }
        throw new IllegalArgumentException("the batch is not of the engine at "
                + target.errors().directory() + "; make it with newBatch of the session that commits it");
    }

    private void requireOpen() {
        if (closed) {
            throw environment.errors().closed("batch");
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            parent.remove(this);
        }
    }
}
