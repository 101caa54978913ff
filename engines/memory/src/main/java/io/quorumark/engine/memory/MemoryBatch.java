package io.quorumark.engine.memory;

import io.quorumark.engine.EngineException;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.WriteBatch;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Changes in the form of a log record, with room for the header in front. */
final class MemoryBatch implements WriteBatch {
    private static final int INITIAL_BYTES = 512;
    /** A batch that once was huge does not keep its memory. */
    private static final int KEPT_BYTES = 4 << 20;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final MemoryEngine engine;
    private final @Nullable MemorySession owner;
    private byte[] record = new byte[INITIAL_BYTES];
    private int length = LogRecord.HEADER_BYTES;
    private int operations;
    private boolean closed;

    /** @param owner told of the close; null for a session's own scratch batch */
    MemoryBatch(MemoryEngine engine, @Nullable MemorySession owner) {
        this.engine = engine;
        this.owner = owner;
    }

    @Override
    public void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value) {
        engine.checkKey(key);
        engine.checkValue(value);
        add(Change.PUT, keyspace, key, value);
    }

    @Override
    public void delete(Keyspace keyspace, ByteBuffer key) {
        engine.checkKey(key);
        add(Change.DELETE, keyspace, key, null);
    }

    @Override
    public void deleteRange(Keyspace keyspace, ByteBuffer fromInclusive, ByteBuffer toExclusive) {
        ByteBuffer from =
                fromInclusive.remaining() <= Change.MAX_KEY_BYTES ? fromInclusive : firstKeyAfter(fromInclusive);
        add(Change.DELETE_RANGE, keyspace, from == null ? NOTHING : from, from == null ? NOTHING : toExclusive);
    }

    /** The smallest key that is larger than a bound that no key is as long as; null if there can be none. */
    private static @Nullable ByteBuffer firstKeyAfter(ByteBuffer bound) {
        byte[] key = new byte[Change.MAX_KEY_BYTES];
        bound.get(bound.position(), key);
        int last = key.length - 1;
        while (last >= 0 && key[last] == (byte) 0xFF) {
            last--;
        }
        if (last < 0) {
            return null;
        }
        key[last]++;
        return ByteBuffer.wrap(key, 0, last + 1);
    }

    private void add(byte kind, Keyspace keyspace, ByteBuffer key, @Nullable ByteBuffer value) {
        checkOpen();
        int ordinal = engine.ordinalOf(keyspace);
        int keyLength = key.remaining();
        int valueLength = value == null ? 0 : value.remaining();
        int needed = Change.HEADER_BYTES + keyLength + valueLength;
        reserve(needed);
        record[length] = kind;
        record[length + 1] = (byte) ordinal;
        record[length + 2] = (byte) (keyLength >>> 8);
        record[length + 3] = (byte) keyLength;
        Ints.write(record, length + 4, valueLength);
        key.get(key.position(), record, length + Change.HEADER_BYTES, keyLength);
        if (value != null) {
            value.get(value.position(), record, length + Change.HEADER_BYTES + keyLength, valueLength);
        }
        length += needed;
        operations++;
    }

    private void reserve(int bytes) {
        if (bytes > LogRecord.MAX_BYTES - length) {
            throw new EngineException.LimitExceeded(
                    MemoryEngineProvider.ID,
                    engine.directory(),
                    "batch of more than " + LogRecord.MAX_BYTES + " bytes; split it into several commits");
        }
        if (length + bytes > record.length) {
            record = Arrays.copyOf(
                    record, Math.max(length + bytes, (int) Math.min(2L * record.length, LogRecord.MAX_BYTES)));
        }
    }

    /** The record, its header still to be sealed. */
    byte[] record() {
        return record;
    }

    /** In bytes, header included. */
    int length() {
        return length;
    }

    boolean belongsTo(MemoryEngine other) {
        return engine == other;
    }

    void checkOpen() {
        if (closed) {
            throw engine.closed("batch");
        }
    }

    @Override
    public int operationCount() {
        checkOpen();
        return operations;
    }

    @Override
    public void clear() {
        checkOpen();
        if (record.length > KEPT_BYTES) {
            record = new byte[INITIAL_BYTES];
        }
        length = LogRecord.HEADER_BYTES;
        operations = 0;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            record = new byte[0];
            if (owner != null) {
                owner.forget(this);
            }
        }
    }
}
