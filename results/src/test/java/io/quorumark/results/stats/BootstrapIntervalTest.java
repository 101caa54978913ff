package io.quorumark.results.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.quorumark.results.stats.BootstrapInterval.Windows;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BootstrapIntervalTest {
    private static final double[] RATIOS = new Random(7)
            .ints(20, -1_000, 1_000)
            .mapToDouble(each -> each / 20_000.0)
            .toArray();

    @Test
    void the_same_seed_gives_the_same_interval_and_another_seed_nearly_the_same() {
        Interval one = BootstrapInterval.overBlocks(RATIOS, 0.95, 1);
        assertThat(BootstrapInterval.overBlocks(RATIOS, 0.95, 1)).isEqualTo(one);
        Interval other = BootstrapInterval.overBlocks(RATIOS, 0.95, 2);
        assertThat(other).isNotEqualTo(one);
        assertThat(other.low()).isCloseTo(one.low(), within((one.high() - one.low()) / 20));
        assertThat(other.high()).isCloseTo(one.high(), within((one.high() - one.low()) / 20));
    }

    @Test
    void it_agrees_with_resampling_written_out() {
        // the same tails of 40,000 resamples, each of which is estimated anew from its own values
        Random random = new Random(3);
        double[] estimates = IntStream.range(0, 40_000)
                .mapToDouble(i -> SignedRank.hodgesLehmann(random.ints(RATIOS.length, 0, RATIOS.length)
                        .mapToDouble(j -> RATIOS[j])
                        .toArray()))
                .sorted()
                .toArray();
        double tail = BootstrapInterval.expandedTail(RATIOS.length, 0.95);
        Interval interval = BootstrapInterval.overBlocks(RATIOS, 0.95, 1);
        double tolerance = (interval.high() - interval.low()) / 25;
        assertThat(interval.estimate()).isEqualTo(SignedRank.hodgesLehmann(RATIOS));
        assertThat(interval.low()).isCloseTo(estimates[(int) (tail * estimates.length)], within(tolerance));
        assertThat(interval.high()).isCloseTo(estimates[(int) ((1 - tail) * estimates.length)], within(tolerance));
        assertThat(interval.confidence()).isEqualTo(0.95);
    }

    @Test
    void the_expanded_tail_agrees_with_its_definition() {
        // scipy 1.17.1: norm.sf(sqrt(n / (n - 1)) * t.ppf(0.975, n - 1)) for n = 15 and n = 30
        assertThat(BootstrapInterval.expandedTail(15, 0.95)).isCloseTo(0.013207173127, within(1e-9));
        assertThat(BootstrapInterval.expandedTail(30, 0.95)).isCloseTo(0.018753900278, within(1e-9));
    }

    @Test
    void steady_windows_add_nothing_to_what_blocks_say() {
        double[] steady = new double[30];
        Arrays.fill(steady, 1_000);
        List<Windows> windows =
                Collections.nCopies(RATIOS.length, new Windows(TrialWindows.of(steady), TrialWindows.of(steady)));
        Interval blocks = BootstrapInterval.overBlocks(RATIOS, 0.95, 1);
        Interval both = BootstrapInterval.overBlocksAndWindows(RATIOS, windows, 0.95, 1);
        double tolerance = (blocks.high() - blocks.low()) / 20; // other draws
        assertThat(both.low()).isCloseTo(blocks.low(), within(tolerance));
        assertThat(both.high()).isCloseTo(blocks.high(), within(tolerance));
    }

    @Test
    void noisy_windows_widen_the_interval_of_blocks_that_agree() {
        double[] agreeing = new double[20];
        double[] noisy = new Random(1).ints(30, 500, 1_500).asDoubleStream().toArray();
        List<Windows> windows = Collections.nCopies(20, new Windows(TrialWindows.of(noisy), TrialWindows.of(noisy)));
        Interval blocks = BootstrapInterval.overBlocks(agreeing, 0.95, 1);
        assertThat(blocks.high() - blocks.low()).isZero();
        Interval both = BootstrapInterval.overBlocksAndWindows(agreeing, windows, 0.95, 1);
        assertThat(both.low()).isNegative();
        assertThat(both.high()).isPositive();
    }

    @Test
    void windows_of_nothing_but_stalls_leave_the_interval_finite() {
        double[] stalled = new double[12];
        stalled[0] = 100;
        List<Windows> windows = Collections.nCopies(
                RATIOS.length, new Windows(TrialWindows.of(stalled), TrialWindows.of(new double[12])));
        Interval interval = BootstrapInterval.overBlocksAndWindows(RATIOS, windows, 0.95, 1);
        assertThat(interval.low()).isFinite();
        assertThat(interval.high()).isFinite();
    }

    @Test
    void what_cannot_be_drawn_from_is_refused() {
        assertThatThrownBy(() -> BootstrapInterval.overBlocks(new double[1], 0.95, 1))
                .hasMessageContaining("1 blocks, expected at least 2");
        assertThatThrownBy(() -> BootstrapInterval.overBlocksAndWindows(RATIOS, List.of(), 0.95, 1))
                .hasMessageContaining("windows of 0 blocks, expected those of 20");
    }

    @Test
    void a_ratio_has_the_exact_interval_below_fifteen_blocks_and_the_bootstrap_from_there_on() {
        for (int blocks : new int[] {14, 15}) {
            double[] logRatios = Arrays.copyOf(RATIOS, blocks);
            Interval exact = SignedRank.interval(logRatios, 0.95).map(Math::exp);
            Interval bootstrap =
                    BootstrapInterval.overBlocks(logRatios, 0.95, 1).map(Math::exp);
            Interval interval = ratio(logRatios, BootstrapInterval.Windows.NONE);
            assertThat(interval.low()).isCloseTo(blocks < 15 ? exact.low() : bootstrap.low(), within(1e-12));
            assertThat(exact.low()).isNotCloseTo(bootstrap.low(), within(1e-5));
        }
    }

    @Test
    void a_ratio_is_drawn_over_windows_where_there_are_any() {
        double[] noisy = new Random(1).ints(30, 100, 1_900).asDoubleStream().toArray();
        double[] agreeing = Arrays.stream(RATIOS).map(each -> each / 100).toArray();
        Interval without = ratio(agreeing, BootstrapInterval.Windows.NONE);
        Interval with = ratio(agreeing, new Windows(TrialWindows.of(noisy), TrialWindows.of(noisy)));
        assertThat(with.high() - with.low()).isGreaterThan(10 * (without.high() - without.low()));
    }

    @Test
    void a_pair_without_a_ratio_is_refused() {
        for (double wrong : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new BlockedRatio.Pair(wrong, 1))
                    .hasMessageContaining("expected two finite values");
            assertThatThrownBy(() -> new BlockedRatio.Pair(1, wrong))
                    .hasMessageContaining("expected two finite values");
        }
    }

    private static Interval ratio(double[] logRatios, Windows windows) {
        return BlockedRatio.of(
                        Arrays.stream(logRatios)
                                .mapToObj(each -> new BlockedRatio.Pair(Math.exp(each), 1, windows))
                                .toList(),
                        0.95,
                        1)
                .ratio();
    }
}
