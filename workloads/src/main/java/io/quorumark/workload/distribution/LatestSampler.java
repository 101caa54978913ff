package io.quorumark.workload.distribution;

import org.apache.commons.rng.UniformRandomProvider;

/** Zipfian backwards from the newest record: YCSB's latest distribution. Follows a population that grows or shrinks. */
public final class LatestSampler implements KeySampler {
    private final double theta;
    private final UniformRandomProvider random;
    private long capacity;
    private ZipfRanks ranks;

    public LatestSampler(long records, double theta, UniformRandomProvider random) {
        this.theta = theta;
        this.random = random;
        this.capacity = records;
        this.ranks = new ZipfRanks(records, theta);
    }

    @Override
    public long sample(long population) {
        if (population > capacity) {
            capacity = Math.max(population, capacity + capacity / 2);
            ranks = new ZipfRanks(capacity, theta);
        }
        long rank;
        do {
            // Ranks beyond the population are drawn again: what remains is zipfian over the population.
            rank = ranks.sample(random);
        } while (rank >= population);
        return population - 1 - rank;
    }
}
