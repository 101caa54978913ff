package io.quorumark.workload.distribution;

import org.apache.commons.rng.UniformRandomProvider;

/**
 * Bytes that a general compressor shrinks to a given share of their length. They are slices, from random places, of one pool made of short
 * pieces, each random at its beginning and zero at its end; the pool is larger than the window in which common compressors look for
 * repetitions.
 */
public final class CompressibleBytes {
    private static final int POOL_BYTES = 1 << 20;
    private static final int PIECE_BYTES = 128;
    /** What a compressor spends on saying that the rest of a piece is zero. */
    private static final int RUN_COST_BYTES = 3;

    private final byte[] pool = new byte[POOL_BYTES];

    /** @param compressionRatio compressed length divided by length, more than 0 and at most 1 */
    public CompressibleBytes(double compressionRatio, long seed) {
        UniformRandomProvider random = Randomness.of(seed, "values");
        int randomBytes = compressionRatio >= 1
                ? PIECE_BYTES
                : Math.max(0, (int) Math.round(PIECE_BYTES * compressionRatio) - RUN_COST_BYTES);
        for (int piece = 0; piece < POOL_BYTES; piece += PIECE_BYTES) {
            random.nextBytes(pool, piece, randomBytes);
        }
    }

    /** Writes {@code target[from]} to {@code target[to - 1]}. */
    public void fill(byte[] target, int from, int to, UniformRandomProvider random) {
        int at = from;
        while (at < to) {
            int offset = random.nextInt(POOL_BYTES);
            int length = Math.min(to - at, POOL_BYTES - offset);
            System.arraycopy(pool, offset, target, at, length);
            at += length;
        }
    }
}
