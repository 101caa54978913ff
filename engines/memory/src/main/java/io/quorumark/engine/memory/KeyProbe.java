package io.quorumark.engine.memory;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A key to look for: a range of bytes that is pointed at, or copied into memory that is used again, so that a lookup allocates nothing.
 * Valid until the bytes it points at change, so never stored. For one thread at a time.
 */
final class KeyProbe {
    private static final int INITIAL_BYTES = 64;

    /** Sixteen buckets of four bytes make a cache line. */
    private static final int LINE_BITS = 4;

    private byte[] copy = new byte[INITIAL_BYTES];
    private byte[] bytes = copy;
    private int from;
    private int to;

    /** This probe, at the bytes between the buffer's position and limit. */
    KeyProbe at(ByteBuffer key) {
        int length = key.remaining();
        if (key.hasArray()) {
            bytes = key.array();
            from = key.arrayOffset() + key.position();
        } else {
            if (copy.length < length) {
                copy = new byte[Math.max(length, 2 * copy.length)];
            }
            key.get(key.position(), copy, 0, length);
            bytes = copy;
            from = 0;
        }
        to = from + length;
        return this;
    }

    /** This probe, at a range of an array. */
    KeyProbe at(byte[] array, int fromInclusive, int toExclusive) {
        bytes = array;
        from = fromInclusive;
        to = toExclusive;
        return this;
    }

    /**
     * Eight bytes at a time, each step a multiplication by 2^64 divided by the golden ratio (Knuth, TAOCP volume 3, section 6.4). Keys that
     * differ in their last four bits alone, as neighbours in a log do, differ in the hash's last four bits alone, and share a cache line of
     * the hash table.
     */
    int hash() {
        if (from == to) {
            return 0;
        }
        int last = bytes[to - 1];
        long hash = (long) to - from;
        int at = from;
        for (; at + Long.BYTES < to; at += Long.BYTES) {
            hash = mixed(hash ^ Ints.readLong(bytes, at));
        }
        long rest = 0;
        for (; at < to - 1; at++) {
            rest = rest << Byte.SIZE | (bytes[at] & 0xFF);
        }
        rest = rest << LINE_BITS | (last & 0xFF) >>> LINE_BITS;
        int shared = (int) mixed(hash ^ rest) << LINE_BITS;
        // Digits never use all of the last four bits; what comes from the others spreads the lines over all of them.
        return (shared | (last & ((1 << LINE_BITS) - 1))) ^ (shared >>> Short.SIZE);
    }

    private static long mixed(long hash) {
        long product = hash * 0x9E3779B97F4A7C15L;
        return product ^ (product >>> Integer.SIZE);
    }

    int length() {
        return to - from;
    }

    void copyTo(byte[] target, int at) {
        System.arraycopy(bytes, from, target, at, to - from);
    }

    boolean equalsBytes(byte[] other, int otherFrom, int otherTo) {
        return Arrays.equals(bytes, from, to, other, otherFrom, otherTo);
    }

    /** In the order of unsigned bytes. */
    int compareTo(byte[] other, int otherFrom, int otherTo) {
        return Arrays.compareUnsigned(bytes, from, to, other, otherFrom, otherTo);
    }

    /** In the order of unsigned bytes. */
    int compareTo(KeyProbe other) {
        return compareTo(other.bytes, other.from, other.to);
    }
}
