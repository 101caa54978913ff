package io.quorumark.workload.distribution;

/** Draws record numbers. */
@FunctionalInterface
public interface KeySampler {
    /**
     * Draws a record.
     *
     * @param population how many records there are now, at least 1
     * @return 0 to {@code population - 1}
     */
    long sample(long population);
}
