package io.quorumark.engine.memory;

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
    /** Ordinals are read back as signed bytes, and a snapshot ends with -1 in the place of one. */
    static final int MOST_KEYSPACES = 128;

    private Change() {}
}
