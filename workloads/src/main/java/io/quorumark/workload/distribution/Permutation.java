package io.quorumark.workload.distribution;

/**
 * A seeded shuffle of 0 to n - 1 that needs no memory: a Feistel network of four rounds over the next power of four, walked until the
 * result is below n (at most four steps on average).
 */
public final class Permutation {
    private static final int ROUNDS = 4;

    private final long size;
    private final int halfBits;
    private final long halfMask;
    private final long[] roundKeys = new long[ROUNDS];

    /** @param size how many numbers, 1 to 2^62 */
    public Permutation(long size, long seed) {
        if (size < 1 || size > 1L << 62) {
            throw new IllegalArgumentException("size is " + size + ", expected 1 to 2^62");
        }
        this.size = size;
        int bits = Math.max(2, 64 - Long.numberOfLeadingZeros(size - 1));
        this.halfBits = (bits + 1) / 2;
        this.halfMask = (1L << halfBits) - 1;
        for (int i = 0; i < ROUNDS; i++) {
            roundKeys[i] = Randomness.scatter(seed + i);
        }
    }

    /** Where {@code index} goes; for 0 to n - 1 each of these numbers comes out once. */
    public long apply(long index) {
        long walked = index;
        do {
            walked = encrypt(walked);
        } while (walked >= size);
        return walked;
    }

    private long encrypt(long number) {
        long left = number >>> halfBits;
        long right = number & halfMask;
        for (long key : roundKeys) {
            long next = left ^ (Randomness.scatter(right ^ key) & halfMask);
            left = right;
            right = next;
        }
        return (left << halfBits) | right;
    }
}
