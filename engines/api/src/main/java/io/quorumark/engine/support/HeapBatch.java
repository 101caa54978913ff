package io.quorumark.engine.support;

import io.quorumark.engine.EngineException;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.WriteBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A write batch that keeps its changes on the heap until their commit, for libraries that have none of their own or whose own would be a
 * transaction.
 */
public final class HeapBatch implements WriteBatch {
    private static final byte[] NOTHING = {};

    private final Rules rules;
    private final Handles siblings;
    private final List<Change> changes = new ArrayList<>();
    private boolean closed;

    /** @param siblings told of the close */
    public HeapBatch(Rules rules, Handles siblings) {
        this.rules = rules;
        this.siblings = siblings;
    }

    /** What a change does. */
    public enum Kind {
        PUT,
        DELETE,
        DELETE_RANGE
    }

    /** One change; its arrays are its own. */
    public static final class Change {
        private final Kind kind;
        private final int keyspaceOrdinal;
        private final byte[] first;
        private final byte[] second;

        private Change(Kind kind, int keyspaceOrdinal, byte[] first, byte[] second) {
            this.kind = kind;
            this.keyspaceOrdinal = keyspaceOrdinal;
            this.first = first;
            this.second = second;
        }

        public Kind kind() {
            return kind;
        }

        public int keyspaceOrdinal() {
            return keyspaceOrdinal;
        }

        /** The key, or where a range begins. */
        public byte[] first() {
            return first;
        }

        /** The value, or where a range ends (exclusive); empty for a deletion. */
        public byte[] second() {
            return second;
        }

        public static Change put(int keyspaceOrdinal, ByteBuffer key, ByteBuffer value) {
            return new Change(Kind.PUT, keyspaceOrdinal, copyOf(key), copyOf(value));
        }

        public static Change delete(int keyspaceOrdinal, ByteBuffer key) {
            return new Change(Kind.DELETE, keyspaceOrdinal, copyOf(key), NOTHING);
        }

        public static Change deleteRange(int keyspaceOrdinal, ByteBuffer fromInclusive, ByteBuffer toExclusive) {
            return new Change(Kind.DELETE_RANGE, keyspaceOrdinal, copyOf(fromInclusive), copyOf(toExclusive));
        }
    }

    /** The engine's rules for what goes into a batch. */
    public interface Rules {
        /** @throws IllegalArgumentException the keyspace is not of this engine */
        int ordinalOf(Keyspace keyspace);

        /** @throws EngineException.LimitExceeded the key is too long or too short */
        void checkKey(ByteBuffer key);

        /** @throws EngineException.LimitExceeded the value is too long */
        void checkValue(ByteBuffer value);

        /** For a use of a handle after its close. */
        EngineException closed(String handle);
    }

    /** The buffer's bytes, copied; the buffer is left as it is. */
    public static byte[] copyOf(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }

    /**
     * For the session that commits it.
     *
     * @throws IllegalArgumentException it is not a batch of the engine with these rules
     */
    public static HeapBatch of(WriteBatch batch, Rules rules) {
        if (batch instanceof HeapBatch own && own.rules == rules) {
            return own;
        }
        throw new IllegalArgumentException("the batch is a " + batch.getClass().getName()
                + " of another engine; make it with newBatch of the session that commits it");
    }

    @Override
    public void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value) {
        checkOpen();
        rules.checkKey(key);
        rules.checkValue(value);
        changes.add(Change.put(rules.ordinalOf(keyspace), key, value));
    }

    @Override
    public void delete(Keyspace keyspace, ByteBuffer key) {
        checkOpen();
        rules.checkKey(key);
        changes.add(Change.delete(rules.ordinalOf(keyspace), key));
    }

    @Override
    public void deleteRange(Keyspace keyspace, ByteBuffer fromInclusive, ByteBuffer toExclusive) {
        checkOpen();
        changes.add(Change.deleteRange(rules.ordinalOf(keyspace), fromInclusive, toExclusive));
    }

    @Override
    public int operationCount() {
        checkOpen();
        return changes.size();
    }

    @Override
    public void clear() {
        checkOpen();
        changes.clear();
    }

    /** In the order they were added; not to be changed, and valid until the batch changes. */
    public List<Change> changes() {
        checkOpen();
        return changes;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            changes.clear();
            siblings.remove(this);
        }
    }

    private void checkOpen() {
        if (closed) {
            throw rules.closed("batch");
        }
    }
}
