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
 */
public record Limits(int minKeyBytes, int maxKeyBytes, int maxValueBytes) {
    /** The longest key that every adapter takes; LMDB's compiled-in limit. */
    public static final int PORTABLE_MAX_KEY_BYTES = 511;

    /** The longest value that every adapter takes. */
    public static final int PORTABLE_MAX_VALUE_BYTES = 4 << 20;

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
    }
}
