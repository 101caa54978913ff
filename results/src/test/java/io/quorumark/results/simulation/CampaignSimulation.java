package io.quorumark.results.simulation;

import io.quorumark.results.stats.BlockedRatio;
import io.quorumark.results.stats.BootstrapInterval.Windows;
import io.quorumark.results.stats.TrialWindows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.ArraySampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;

/**
 * One simulated session of a campaign: the throughput of each cell in each block, on a machine that is not quiet. Cells are equal but for
 * the effects that are given, so that whatever else is found is false. The first cell is the reference.
 */
public final class CampaignSimulation {
    /** In which order the trials of a session run. */
    public enum Order {
        /** Every cell once in each block, in an order drawn anew. */
        BLOCKED,
        /** All repeats of a cell before the next cell: the mistake that blocks are there against. */
        CELL_AFTER_CELL
    }

    private static final int BURST_TRIALS = 3;
    private static final double BASE = 10_000;
    private static final double CANARY_MILLIS = 100;
    private static final double CANARY_NOISE = 0.02;
    private static final double WINDOW_NOISE = 0.1;
    private static final double WINDOW_PERSISTENCE = 0.5;

    private final double[][] throughput;
    private final double[][][] windows;
    private final double[][] canaryMillis;

    private CampaignSimulation(double[][] throughput, double[][][] windows, double[][] canaryMillis) {
        this.throughput = throughput;
        this.canaryMillis = canaryMillis;
        this.windows = windows;
    }

    /**
     * @param effects of each cell on the logarithm of its throughput
     * @param windowsPerTrial 0 for throughput alone
     */
    public static CampaignSimulation run(
            double[] effects, int blocks, int windowsPerTrial, MachineNoise noise, Order order, long seed) {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        int cells = effects.length;
        double[] machine = machine(blocks * cells, noise, random, gaussian);
        double[][] throughput = new double[cells][blocks];
        double[][][] windows = new double[cells][blocks][];
        double[][] canaryMillis = new double[cells][blocks];
        for (int block = 0; block < blocks; block++) {
            int[] places =
                    ArraySampler.shuffle(random, IntStream.range(0, cells).toArray());
            for (int cell = 0; cell < cells; cell++) {
                int slot = order == Order.BLOCKED ? block * cells + places[cell] : cell * blocks + block;
                double level = BASE * Math.exp(effects[cell] + machine[slot] + noise.trial() * gaussian.sample());
                canaryMillis[cell][block] = CANARY_MILLIS * Math.exp(CANARY_NOISE * gaussian.sample() - machine[slot]);
                windows[cell][block] = windows(windowsPerTrial, level, gaussian);
                throughput[cell][block] =
                        Arrays.stream(windows[cell][block]).average().orElse(level);
            }
        }
        return new CampaignSimulation(throughput, windows, canaryMillis);
    }

    /** What the machine does to each trial of the session, in the order of time. */
    private static double[] machine(
            int trials, MachineNoise noise, UniformRandomProvider random, ZigguratSampler.NormalizedGaussian gaussian) {
        double[] machine = new double[trials];
        double session = noise.session() * gaussian.sample();
        double slope = (random.nextBoolean() ? 1 : -1) * noise.drift() / trials;
        double wander = gaussian.sample();
        int burst = 0;
        for (int i = 0; i < trials; i++) {
            wander = noise.persistence() * wander
                    + Math.sqrt(1 - noise.persistence() * noise.persistence()) * gaussian.sample();
            burst = random.nextDouble() < noise.burstShare() ? BURST_TRIALS : Math.max(0, burst - 1);
            machine[i] = session + slope * i + noise.wander() * wander - (burst > 0 ? noise.burstDepth() : 0);
        }
        return machine;
    }

    /** Autocorrelated around the trial's level. */
    private static double[] windows(int count, double level, ZigguratSampler.NormalizedGaussian gaussian) {
        double[] windows = new double[count];
        double noise = gaussian.sample();
        for (int i = 0; i < count; i++) {
            noise = WINDOW_PERSISTENCE * noise
                    + Math.sqrt(1 - WINDOW_PERSISTENCE * WINDOW_PERSISTENCE) * gaussian.sample();
            windows[i] = level * Math.exp(WINDOW_NOISE * noise);
        }
        return windows;
    }

    /** Of a cell in a block, operations per second. */
    public double throughput(int cell, int block) {
        return throughput[cell][block];
    }

    /** How long the canary took before that trial. */
    public double canaryMillis(int cell, int block) {
        return canaryMillis[cell][block];
    }

    /** A cell against the reference, block by block. */
    public BlockedRatio ratio(int cell, double confidence, long seed) {
        List<BlockedRatio.Pair> pairs = new ArrayList<>();
        for (int block = 0; block < throughput[cell].length; block++) {
            pairs.add(new BlockedRatio.Pair(
                    throughput[cell][block],
                    throughput[0][block],
                    new Windows(TrialWindows.of(windows[cell][block]), TrialWindows.of(windows[0][block]))));
        }
        return BlockedRatio.of(pairs, confidence, seed);
    }
}
