package io.quorumark.results.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.results.stats.BootstrapInterval.Windows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How often intervals of a nominal 95 % cover the true value, and how wide they are on average: the table of decision 0012, written to
 * {@code target/interval-coverage.md}. Takes a few minutes; run it with {@code mvn -Plong -pl results test -Dtest=IntervalCoverageTest}.
 */
@Tag("long")
class IntervalCoverageTest {
    private static final int CAMPAIGNS = 4_000;
    private static final double CONFIDENCE = 0.95;
    private static final int WINDOWS = 30;
    private static final int PERCENTILE = 1;
    private static final int BCA = 2;

    /** One campaign: what each block's ratio was, and the windows that it came from. */
    private static final class Drawn {
        private final double[] logRatios;
        private final List<Windows> windows;

        Drawn(double[] logRatios, List<Windows> windows) {
            this.logRatios = logRatios;
            this.windows = windows;
        }
    }

    private enum Noise {
        NORMAL("normal"),
        LOGNORMAL("lognormal"),
        OUTLIERS("one in ten an outlier"),
        QUIET_WINDOWS("30 windows, quiet"),
        NOISY_WINDOWS("30 windows, noisy");

        private final String title;

        Noise(String title) {
            this.title = title;
        }

        Drawn draw(int blocks, long seed) {
            UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
            ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
            double[] logRatios = new double[blocks];
            List<Windows> windows = new ArrayList<>();
            for (int block = 0; block < blocks; block++) {
                logRatios[block] = switch (this) {
                    case NORMAL -> 0.03 * gaussian.sample();
                    // its median is its true value, and what Hodges-Lehmann tends to lies above: counted against all
                    // alike
                    case LOGNORMAL -> 0.03 * Math.exp(0.5 * gaussian.sample());
                    case OUTLIERS -> (random.nextInt(10) == 0 ? 0.15 : 0.03) * gaussian.sample();
                    case QUIET_WINDOWS -> windowed(0.03, 0.05, gaussian, windows);
                    case NOISY_WINDOWS -> windowed(0.01, 0.2, gaussian, windows);
                };
            }
            return new Drawn(logRatios, windows);
        }

        private static double windowed(
                double blockSd, double windowSd, ZigguratSampler.NormalizedGaussian gaussian, List<Windows> windows) {
            double[] value = series(blockSd / Math.sqrt(2), windowSd, gaussian);
            double[] reference = series(blockSd / Math.sqrt(2), windowSd, gaussian);
            windows.add(new Windows(TrialWindows.of(value), TrialWindows.of(reference)));
            return Math.log(
                    Arrays.stream(value).sum() / Arrays.stream(reference).sum());
        }

        private static double[] series(double blockSd, double windowSd, ZigguratSampler.NormalizedGaussian gaussian) {
            double level = 10_000 * Math.exp(blockSd * gaussian.sample());
            double[] series = new double[WINDOWS];
            double noise = gaussian.sample();
            for (int i = 0; i < WINDOWS; i++) {
                noise = 0.5 * noise + Math.sqrt(0.75) * gaussian.sample();
                series[i] = Math.max(0, level * (1 + windowSd * noise));
            }
            return series;
        }

        /** What the Hodges-Lehmann estimate tends to as blocks grow: the median of the mean of two. */
        double truth() {
            if (this != LOGNORMAL) {
                return 0;
            }
            UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(1);
            ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
            double[] means = IntStream.range(0, 1_000_001)
                    .mapToDouble(i -> 0.015 * (Math.exp(0.5 * gaussian.sample()) + Math.exp(0.5 * gaussian.sample())))
                    .sorted()
                    .toArray();
            return means[means.length / 2];
        }
    }

    @Test
    void the_intervals_in_use_cover_what_they_promise_and_the_rejected_ones_do_not() throws IOException {
        StringBuilder table = new StringBuilder("""
                | data | blocks | signed-rank | percentile | BCa | expanded percentile | over blocks and windows |
                |---|---|---|---|---|---|---|
                """);
        // what a fair 95 % would fall below in one of a thousand runs
        double least =
                BinomialDistribution.of(CAMPAIGNS, CONFIDENCE).inverseCumulativeProbability(0.001) / (double) CAMPAIGNS;
        double[] ofRejected = new double[2];
        for (Noise noise : Noise.values()) {
            double truth = noise.truth();
            for (int blocks : new int[] {15, 20, 30}) {
                Interval[][] all = IntStream.range(0, CAMPAIGNS)
                        .parallel()
                        .mapToObj(i -> intervals(noise.draw(blocks, 1_000_003L * i + blocks), i))
                        .toArray(Interval[][]::new);
                table.append("| ")
                        .append(noise.title)
                        .append(" | ")
                        .append(blocks)
                        .append(" |");
                for (int method = 0; method < all[0].length; method++) {
                    int column = method;
                    double covered =
                            mean(all, each -> each[column].low() <= truth && each[column].high() >= truth ? 1 : 0);
                    double width = mean(all, each -> each[column].high() - each[column].low());
                    table.append(String.format(Locale.ROOT, " %.1f %% (%.4f) |", 100 * covered, width));
                    if (column == PERCENTILE || column == BCA) {
                        ofRejected[column - PERCENTILE] += covered / (3 * Noise.values().length);
                    } else {
                        assertThat(covered)
                                .as("%s of %d, column %d", noise, blocks, column)
                                .isGreaterThanOrEqualTo(least);
                    }
                }
                table.append('\n');
            }
        }
        assertThat(Arrays.stream(ofRejected).max().orElseThrow()).isLessThan(least);
        Files.writeString(Path.of("target", "interval-coverage.md"), table);
    }

    private static double mean(Interval[][] all, ToDoubleFunction<Interval[]> of) {
        return Arrays.stream(all).mapToDouble(of).average().orElseThrow();
    }

    private static Interval[] intervals(Drawn drawn, long seed) {
        double[] sample = drawn.logRatios;
        double[] resampled = BootstrapInterval.estimates(sample, seed);
        Arrays.sort(resampled);
        Interval blocks = BootstrapInterval.overBlocks(sample, CONFIDENCE, seed);
        return new Interval[] {
            SignedRank.interval(sample, CONFIDENCE),
            percentile(resampled, 0.025, 0.975),
            bca(sample, resampled),
            blocks,
            drawn.windows.isEmpty()
                    ? blocks
                    : BootstrapInterval.overBlocksAndWindows(sample, drawn.windows, CONFIDENCE, seed)
        };
    }

    private static Interval percentile(double[] sorted, double low, double high) {
        return new Interval(
                sorted[sorted.length / 2],
                sorted[(int) (low * sorted.length)],
                sorted[Math.min(sorted.length - 1, (int) (high * sorted.length))],
                CONFIDENCE);
    }

    /**
     * B. Efron, "Better Bootstrap Confidence Intervals", Journal of the American Statistical Association 82 (1987); acceleration by the
     * jackknife.
     */
    private static Interval bca(double[] sample, double[] sorted) {
        NormalDistribution normal = NormalDistribution.of(0, 1);
        double estimate = SignedRank.hodgesLehmann(sample);
        double below = Arrays.stream(sorted)
                        .map(each -> each < estimate ? 1 : each == estimate ? 0.5 : 0)
                        .sum()
                / sorted.length;
        double bias = normal.inverseCumulativeProbability(Math.min(Math.max(below, 1e-3), 1 - 1e-3));
        double[] leftOut = IntStream.range(0, sample.length)
                .mapToDouble(out -> SignedRank.hodgesLehmann(IntStream.range(0, sample.length)
                        .filter(i -> i != out)
                        .mapToDouble(i -> sample[i])
                        .toArray()))
                .toArray();
        double mean = Arrays.stream(leftOut).average().orElseThrow();
        double cubes =
                Arrays.stream(leftOut).map(each -> Math.pow(mean - each, 3)).sum();
        double squares =
                Arrays.stream(leftOut).map(each -> Math.pow(mean - each, 2)).sum();
        double acceleration = squares == 0 ? 0 : cubes / (6 * Math.pow(squares, 1.5));
        double z = normal.inverseCumulativeProbability(0.975);
        return percentile(
                sorted,
                normal.cumulativeProbability(bias + (bias - z) / (1 - acceleration * (bias - z))),
                normal.cumulativeProbability(bias + (bias + z) / (1 - acceleration * (bias + z))));
    }
}
