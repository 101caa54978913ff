package io.quorumark.workload.distribution;

/** Draws lengths of values. */
@FunctionalInterface
public interface SizeSampler {
    /** A length in bytes. */
    int sample();
}
