package io.quorumark.engine.memory;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;

/**
 * A key to look for: a range of bytes that is pointed at, or copied into memory that is used again, so that a lookup allocates nothing. Stored keys are {@code byte[]}; the map's
 * order compares both kinds. Valid until the buffer it points at changes, so never stored. For one thread at a time.
 */
final class KeyProbe {
    /** Unsigned order over stored keys and probes. */
    static final Comparator<Object> ORDER = KeyProbe::compare;

    private static final int INITIAL_BYTES = 64;

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
