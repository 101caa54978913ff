package io.quorumark.workload.distribution;

import org.apache.commons.rng.UniformRandomProvider;

/** A share of the operations goes to the first records, the rest to the others, uniformly each: YCSB's hotspot distribution. */
public final class HotspotSampler implements KeySampler {
    private final long hotRecords;
    private final double hotOperations;
    private final UniformRandomProvider random;

    /**
     * @param records how many there are at the start; those that come later are cold
     * @param hotShare of these records, more than 0 and less than 1; at least one record is hot
     * @param hotOperations share of the operations, 0 to 1
     */
    public HotspotSampler(long records, double hotShare, double hotOperations, UniformRandomProvider random) {
        this.hotRecords = Math.max(1, (long) (records * hotShare));
        this.hotOperations = hotOperations;
        this.random = random;
    }

    @Override
    public long sample(long population) {
        if (population <= hotRecords || random.nextDouble() < hotOperations) {
            return random.nextLong(Math.min(hotRecords, population));
        }
        return random.nextLong(hotRecords, population);
    }
}
