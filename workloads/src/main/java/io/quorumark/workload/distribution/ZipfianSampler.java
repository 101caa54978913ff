package io.quorumark.workload.distribution;

import org.apache.commons.rng.UniformRandomProvider;

/** Zipfian over the records there are at the start: record 0 is the most popular. */
public final class ZipfianSampler implements KeySampler {
    private final ZipfRanks ranks;
    private final UniformRandomProvider random;

    public ZipfianSampler(long records, double theta, UniformRandomProvider random) {
        this.ranks = new ZipfRanks(records, theta);
        this.random = random;
    }

    @Override
    public long sample(long population) {
        long rank = ranks.sample(random);
        return rank < population ? rank : rank % population;
    }
}
