package io.quorumark.jmh.raw;

import java.nio.ByteBuffer;

/**
 * One way to an engine, through the SPI or not. A forked JVM loads one implementation only, so that the JIT calls it directly. For one
 * thread.
 */
public interface EngineAccess extends AutoCloseable {
    /** What {@link #get} gives for a key that is not there. */
    int NOT_FOUND = -1;

    /** A buffer of the kind that this way is fastest with; if it is a heap buffer, its array has exactly {@code bytes} bytes. */
    ByteBuffer allocate(int bytes);

    /** Reads one value into {@code target}, or, if the engine gives an array of the caller's own, into that. Gives its length. */
    int get(ByteBuffer key, ByteBuffer target);

    /** Writes one record in a commit of its own. */
    void put(ByteBuffer key, ByteBuffer value);

    /** Adds a record to the next {@link #commitBatch}. */
    void addToBatch(ByteBuffer key, ByteBuffer value);

    /** Commits what was added, in one atomic commit, and forgets it. */
    void commitBatch();

    /**
     * Moves a cursor to the next record, at first and after the last to the first one, and reads both. Gives the lengths of key and value,
     * and a byte of each.
     */
    long next();

    @Override
    void close();

    /** What {@link #next} gives. */
    static long digest(int keyLength, byte keyByte, int valueLength, byte valueByte) {
        return ((long) (keyLength + valueLength) << 16) + (keyByte << 8) + valueByte;
    }
}
