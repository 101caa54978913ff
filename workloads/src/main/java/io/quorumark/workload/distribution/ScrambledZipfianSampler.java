package io.quorumark.workload.distribution;

import org.apache.commons.rng.UniformRandomProvider;

/**
 * YCSB's scrambled zipfian: a zipfian rank out of ten thousand million, hashed by FNV and reduced to the records there are at the start. Popular records lie anywhere,
 * and which ones they are does not depend on the number of records loaded first.
 */
public final class ScrambledZipfianSampler implements KeySampler {
    /** The number of items that YCSB draws from, whatever the number of records. */
    public static final long ITEMS = 10_000_000_000L;

    private final long records;
    private final ZipfRanks ranks;
    private final UniformRandomProvider random;

    public ScrambledZipfianSampler(long records, double theta, UniformRandomProvider random) {
        this.records = records;
        this.ranks = new ZipfRanks(ITEMS, theta);
        this.random = random;
    }

    @Override
    public long sample(long population) {
        long record = FnvHash.nonNegative(ranks.sample(random)) % records;
        return record < population ? record : record % population;
    }
}
