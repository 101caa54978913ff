package io.quorumark.results.sample;

import java.util.Map;

/**
 * How large a sample is, and how it departs from the usual one.
 *
 * @param profile it pretends to come from
 * @param blocks trials of each cell, at least 1
 * @param seconds of each measured window, at least 1
 * @param supportsVerdicts as in {@link io.quorumark.results.model.Campaign.Design}
 * @param seed from which all noise follows
 * @param speeds factor on an engine's throughput by its id, such as 0.8 for a regression; 1 where absent
 * @param load how its trials are driven
 */
public record SampleShape(
        String profile,
        int blocks,
        int seconds,
        boolean supportsVerdicts,
        long seed,
        Map<String, Double> speeds,
        SampleLoad load) {
    /** Three blocks: too few to call a winner. */
    public static final SampleShape QUICK = new SampleShape("quick", 3, 10, false, 42, Map.of(), SampleLoad.CLOSED);

    /** Ten blocks: enough for verdicts. */
    public static final SampleShape ADR = new SampleShape("adr", 10, 10, true, 42, Map.of(), SampleLoad.CLOSED);

    public SampleShape {
        if (blocks < 1 || seconds < 1) {
            throw new IllegalArgumentException(
                    "a sample has " + blocks + " blocks of " + seconds + " s, expected at least 1 of each");
        }
        speeds = Map.copyOf(speeds);
    }

    /** The same, with other noise. */
    public SampleShape withSeed(long otherSeed) {
        return new SampleShape(profile, blocks, seconds, supportsVerdicts, otherSeed, speeds, load);
    }

    /** The same with one engine faster or slower by {@code factor}. */
    public SampleShape withSpeed(String engine, double factor) {
        Map<String, Double> changed = new java.util.HashMap<>(speeds);
        changed.put(engine, factor);
        return new SampleShape(profile, blocks, seconds, supportsVerdicts, seed, changed, load);
    }

    /** The same with another number of blocks and seconds. */
    public SampleShape withSize(int otherBlocks, int otherSeconds) {
        return new SampleShape(profile, otherBlocks, otherSeconds, supportsVerdicts, seed, speeds, load);
    }

    /** The same, driven otherwise. */
    public SampleShape withLoad(SampleLoad otherLoad) {
        return new SampleShape(profile, blocks, seconds, supportsVerdicts, seed, speeds, otherLoad);
    }

    double speedOf(String engine) {
        return speeds.getOrDefault(engine, 1.0);
    }
}
