package io.quorumark.workload.driver;

import java.util.function.LongSupplier;

/**
 * How much of a generator's lateness is of collections that stop its target as well: with another generator an operation that was due
 * meanwhile would have waited as long. Owned by the submitter; times are nanoseconds from the start of the run.
 */
final class CollectionShare {
    /** Collections are told in milliseconds, and shorter ones make nobody late. */
    private static final long LOOK_NANOS = 1_000_000;

    private final LongSupplier collectionNanos;
    private long seenNanos;
    private long lookedNanos;
    private long stoppedFromNanos;
    private long stoppedUntilNanos;

    /** @param collectionNanos how long collections have taken so far, as {@link NanoClock#collectionNanos()} */
    CollectionShare(LongSupplier collectionNanos) {
        this.collectionNanos = collectionNanos;
        this.seenNanos = collectionNanos.getAsLong();
    }

    /**
     * What the last collection took of the time from {@code fromNanos} on. One that is seen for the first time is taken to have ended just
     * now: an open loop sends as soon as it can.
     *
     * @param nowNanos not less than in earlier calls
     */
    long since(long fromNanos, long nowNanos) {
        if (nowNanos - lookedNanos >= LOOK_NANOS) {
            lookedNanos = nowNanos;
            long total = collectionNanos.getAsLong();
            if (total > seenNanos) {
                stoppedFromNanos = nowNanos - (total - seenNanos);
                stoppedUntilNanos = nowNanos;
                seenNanos = total;
            }
        }
        return Math.max(0, stoppedUntilNanos - Math.max(stoppedFromNanos, fromNanos));
    }
}
