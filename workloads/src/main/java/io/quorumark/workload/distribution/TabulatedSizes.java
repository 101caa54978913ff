package io.quorumark.workload.distribution;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AliasMethodDiscreteSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateDiscreteSampler;

/** Lengths out of a table, in proportion to their counts: by an alias table, so that a draw costs the same however many sizes there are. */
public final class TabulatedSizes implements SizeSampler {
    private final int[] bytes;
    private final SharedStateDiscreteSampler index;

    /**
     * @param bytes sizes
     * @param counts how often each occurs, none negative
     */
    public TabulatedSizes(int[] bytes, double[] counts, UniformRandomProvider random) {
        this.bytes = bytes.clone();
        this.index = AliasMethodDiscreteSampler.of(random, counts);
    }

    @Override
    public int sample() {
        return bytes[index.sample()];
    }
}
