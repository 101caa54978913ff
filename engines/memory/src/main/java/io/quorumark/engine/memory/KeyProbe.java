package io.quorumark.engine.memory;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;

/**
 * A key to look for: a range of bytes that is pointed at, or copied into memory that is used again, so that a lookup allocates nothing. The
 * ordered map stores keys as {@code byte[]}, and its order compares both kinds; the hash table stores {@link Chain}s, and a probe equals
 * the one of its key. Valid until the bytes it points at change, so never stored. For one thread at a time.
 */
final class KeyProbe {
    /** Unsigned order over stored keys and probes. */
    static final Comparator<Object> ORDER = KeyProbe::compare;

    private static final int INITIAL_BYTES = 64;

    /** Sixteen references of four bytes make a cache line. */
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
     * Of a key, the same for probes and chains. Eight bytes at a time, each step a multiplication by 2^64 divided by the golden ratio
     * (Knuth, TAOCP volume 3, section 6.4). The last four bits are left as they are: keys that follow each other, as in a log, then share a
     * cache line of the hash table.
     */
    static int hash(byte[] bytes, int from, int to) {
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
        return (int) mixed(hash ^ rest) << LINE_BITS | (last & ((1 << LINE_BITS) - 1));
    }

    private static long mixed(long hash) {
        long product = hash * 0x9E3779B97F4A7C15L;
        return product ^ (product >>> Integer.SIZE);
    }

    @Override
    public int hashCode() {
        return hash(bytes, from, to);
    }

    /** Equals chains of the key it stands at, as the hash table asks; not the other way about, for chains are compared with chains. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Chain chain && Arrays.equals(bytes, from, to, chain.key, 0, chain.key.length);
    }

    /** The key it stands at, for keeping. */
    byte[] copyOfBytes() {
        return Arrays.copyOfRange(bytes, from, to);
    }

    private static int compare(Object left, Object right) {
        if (left instanceof byte[] leftKey) {
            return right instanceof byte[] rightKey
                    ? Arrays.compareUnsigned(leftKey, rightKey)
                    : -((KeyProbe) right).compareTo(leftKey);
        }
        return right instanceof byte[] rightKey
                ? ((KeyProbe) left).compareTo(rightKey)
                : ((KeyProbe) left).compareTo((KeyProbe) right);
    }

    private int compareTo(byte[] key) {
        return Arrays.compareUnsigned(bytes, from, to, key, 0, key.length);
    }

    private int compareTo(KeyProbe other) {
        return Arrays.compareUnsigned(bytes, from, to, other.bytes, other.from, other.to);
    }
}
