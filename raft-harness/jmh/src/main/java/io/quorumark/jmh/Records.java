package io.quorumark.jmh;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/** Keys and values as all benchmarks make them. */
public final class Records {
    /** The length of every key. */
    public static final int KEY_BYTES = 16;

    private Records() {}

    /**
     * Overwrites {@code key} with the key of record {@code number}: its number, scattered by a bijection so that neighbours in time are not
     * neighbours in order.
     */
    public static void fillKey(ByteBuffer key, long number) {
        key.clear();
        key.putLong(number * 0x9E3779B97F4A7C15L).putLong(number).flip();
    }

    /** Fills a value with bytes that do not compress. */
    public static void fillValue(ByteBuffer value, SplittableRandom random) {
        value.clear();
        while (value.remaining() >= Long.BYTES) {
            value.putLong(random.nextLong());
        }
        while (value.hasRemaining()) {
            value.put((byte) random.nextInt());
        }
        value.flip();
    }
}
