package io.quorumark.engine;

/**
 * The sizes an engine accepts.
 *
 * <p>Every adapter accepts at least keys of 1 to {@link #PORTABLE_MAX_KEY_BYTES} bytes and values of 0 to {@link #PORTABLE_MAX_VALUE_BYTES}
 * bytes, so that a workload within those bounds runs on all.
 *
 * @param minKeyBytes 0 if the empty key is a key, else 1
 * @param maxKeyBytes the longest key, in bytes
 * @param maxValueBytes the longest value, in bytes
 * @param maxBatchBytes what a batch may hold under any settings, in bytes; how changes count is said at {@link #changeBytes}. A batch of
 *     one put or one delete is taken whatever it holds; a larger one than the engine takes is refused with
 *     {@link EngineException.LimitExceeded}, and nothing of it is done
 */
public record Limits(int minKeyBytes, int maxKeyBytes, int maxValueBytes, long maxBatchBytes) {
    /** The longest key that every adapter takes; LMDB's compiled-in limit. */
    public static final int PORTABLE_MAX_KEY_BYTES = 511;

    /** The longest value that every adapter takes. */
    public static final int PORTABLE_MAX_VALUE_BYTES = 4 << 20;

    /** Of an engine whose batches are bounded by memory alone. */
    public static final long NO_BATCH_LIMIT = Long.MAX_VALUE;

    private static final int LEAST_BATCH_BYTES = 64 << 10;
    private static final int BYTES_BESIDE_A_RECORD = 128;

    public Limits {
        if (minKeyBytes < 0 || minKeyBytes > 1) {
            throw new IllegalArgumentException("minKeyBytes is " + minKeyBytes + ", expected 0 or 1");
        }
        if (maxKeyBytes < PORTABLE_MAX_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "maxKeyBytes is " + maxKeyBytes + ", expected at least " + PORTABLE_MAX_KEY_BYTES);
        }
        if (maxValueBytes < PORTABLE_MAX_VALUE_BYTES) {
            throw new IllegalArgumentException(
                    "maxValueBytes is " + maxValueBytes + ", expected at least " + PORTABLE_MAX_VALUE_BYTES);
        }
        if (maxBatchBytes < LEAST_BATCH_BYTES) {
            throw new IllegalArgumentException(
                    "maxBatchBytes is " + maxBatchBytes + ", expected at least " + LEAST_BATCH_BYTES);
        }
    }

    /** Without a limit for batches. */
    public Limits(int minKeyBytes, int maxKeyBytes, int maxValueBytes) {
        this(minKeyBytes, maxKeyBytes, maxValueBytes, NO_BATCH_LIMIT);
    }

    /**
     * What a change counts in a batch: its key, its value and what an engine keeps beside them. The deletion of a range counts as that of
     * each key it finds.
     */
    public static long changeBytes(int keyBytes, int valueBytes) {
        return (long) keyBytes + valueBytes + BYTES_BESIDE_A_RECORD;
    }
}
