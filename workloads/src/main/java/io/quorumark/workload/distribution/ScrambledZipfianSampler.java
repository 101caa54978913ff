package io.quorumark.workload.distribution;

import org.apache.commons.rng.UniformRandomProvider;

/**
 * YCSB's scrambled zipfian: a zipfian rank out of ten thousand million, hashed by FNV and reduced to the records. Popular records lie
 * anywhere, and which ones they are does not depend on the seed.
 *
 * <p>It differs from YCSB's ScrambledZipfianGenerator in two points. Ranks have their exact probabilities, whereas YCSB approximates all
 * but the first two by the formula of Gray et al. (SIGMOD 1994), which draws the third rank a fifth too often and the thousandth 1 % too
 * seldom. And a stream has no end, so the number of records that will be inserted is not known: see {@link #growing}.
 */
public final class ScrambledZipfianSampler implements KeySampler {
    /** The number of items that YCSB draws from, whatever the number of records. */
    public static final long ITEMS = 10_000_000_000L;

    private final boolean growing;
    private final ZipfRanks ranks;
    private final UniformRandomProvider random;
    private long records;

    /** Over the records there are at the start; those that are inserted later are not drawn. */
    public ScrambledZipfianSampler(long records, double theta, UniformRandomProvider random) {
        this(records, theta, random, false);
    }

    private ScrambledZipfianSampler(long records, double theta, UniformRandomProvider random, boolean growing) {
        this.records = records;
        this.ranks = new ZipfRanks(ITEMS, theta);
        this.random = random;
        this.growing = growing;
    }

    /**
     * Also over the records that are inserted later. As YCSB does, it hashes to more records than there are and draws again what is not
     * there yet, so that a record keeps its popularity while others are inserted. YCSB makes room for twice the inserts that its operation
     * count lets expect; this sampler for as many as were loaded, and for twice that each time they are used up, which gives all records
     * new popularities.
     */
    public static ScrambledZipfianSampler growing(long records, double theta, UniformRandomProvider random) {
        return new ScrambledZipfianSampler(Math.multiplyExact(2, records), theta, random, true);
    }

    @Override
    public long sample(long population) {
        if (!growing) {
            long record = FnvHash.nonNegative(ranks.sample(random)) % records;
            return record < population ? record : record % population;
        }
        while (population > records) {
            records *= 2;
        }
        long record;
        do {
            record = FnvHash.nonNegative(ranks.sample(random)) % records;
        } while (record >= population);
        return record;
    }
}
