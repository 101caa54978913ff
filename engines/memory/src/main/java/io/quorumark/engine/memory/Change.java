package io.quorumark.engine.memory;

import java.util.Arrays;

/**
 * How changes stand in a log record: kind (1 byte), keyspace ordinal (1), key length (2), value length (4), key, value; big-endian. In a
 * range deletion the value is the exclusive end of the range. The same form is used in memory, so that a batch is written as it is.
 */
final class Change {
    static final byte PUT = 1;
    static final byte DELETE = 2;
    static final byte DELETE_RANGE = 3;
    static final int HEADER_BYTES = 8;
    static final int MAX_KEY_BYTES = 0xFFFF;

    private Change() {}

    /** Receives the changes of a record in order. Keys are lent until the call returns. */
    interface Visitor {
        /** A put. */
        void put(int keyspace, KeyProbe key, byte[] value);

        /** A deletion. */
        void delete(int keyspace, KeyProbe key);

        /** A range deletion. */
        void deleteRange(int keyspace, byte[] fromInclusive, byte[] toExclusive);
    }

    /** @throws IllegalArgumentException the bytes are no changes */
    static void visit(byte[] bytes, int offset, int end, Visitor visitor) {
        KeyProbe key = new KeyProbe();
        int at = offset;
        while (at < end) {
            byte kind = bytes[at];
            int keyspace = bytes[at + 1];
            int keyLength = ((bytes[at + 2] & 0xFF) << 8) | (bytes[at + 3] & 0xFF);
            int valueLength = Ints.read(bytes, at + 4);
            int keyAt = at + HEADER_BYTES;
            int valueAt = keyAt + keyLength;
            at = valueAt + valueLength;
            if (valueLength < 0 || at > end) {
                throw new IllegalArgumentException("a change of kind " + kind + " runs beyond its record");
            }
            key.at(bytes, keyAt, valueAt);
            switch (kind) {
                case PUT -> visitor.put(keyspace, key, Arrays.copyOfRange(bytes, valueAt, at));
                case DELETE -> visitor.delete(keyspace, key);
                case DELETE_RANGE ->
                    visitor.deleteRange(keyspace, key.copyOfBytes(), Arrays.copyOfRange(bytes, valueAt, at));
                default -> throw new IllegalArgumentException("a change has unknown kind " + kind);
            }
        }
    }
}
