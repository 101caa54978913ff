package io.quorumark.workload.trace;

/** One row: a mutable flyweight that a cursor fills again and again. */
public final class TraceRow {
    /** The longest key in bytes: what every engine accepts. */
    public static final int MAX_KEY_BYTES = 255;

    /** The longest value in bytes. */
    public static final int MAX_VALUE_BYTES = 4 << 20;

    final byte[] key = new byte[MAX_KEY_BYTES];
    int keyLength;
    /** As the file has it, in the file's unit. */
    long offset;

    long offsetNanos;
    int valueBytes;
    TraceOperation operation = TraceOperation.READ;

    /** When the operation was asked for: nanoseconds since the trace's first row. */
    public long offsetNanos() {
        return offsetNanos;
    }

    public TraceOperation operation() {
        return operation;
    }

    /** The array whose first {@link #keyLength()} bytes are the key. Borrowed. */
    public byte[] key() {
        return key;
    }

    /** In bytes, 1 to {@link #MAX_KEY_BYTES}. */
    public int keyLength() {
        return keyLength;
    }

    /** How long the value was that was written or read; 0 if the row does not say. */
    public int valueBytes() {
        return valueBytes;
    }
}
