package io.quorumark.results.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.quorumark.results.stats.WindowSlope.State;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

/** On made-up series, whose truth is known. */
class WindowSlopeTest {
    private static final double BAND = 0.05;
    private static final int SERIES = 2_000;

    private final UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(15);
    private final ZigguratSampler.NormalizedGaussian gauss = ZigguratSampler.NormalizedGaussian.of(random);

    /** Level 1,000, with noise of a share of it; each window's noise keeps a part of the one before. */
    private double[] steady(int windows, double noise, double kept) {
        double[] series = new double[windows];
        double deviation = gauss.sample();
        for (int i = 0; i < windows; i++) {
            deviation = kept * deviation + Math.sqrt(1 - kept * kept) * gauss.sample();
            series[i] = Math.max(0, 1_000 * (1 + noise * deviation));
        }
        return series;
    }

    private double[] stalling(int windows, double stalledShare) {
        return Arrays.stream(steady(windows, 0.05, 0))
                .map(each -> random.nextDouble() < stalledShare ? each / 10 : each)
                .toArray();
    }

    private static double[] times(double[] series, double[] line) {
        return IntStream.range(0, series.length)
                .mapToDouble(i -> series[i] * line[i])
                .toArray();
    }

    /** From 1 down to {@code end}. */
    private static double[] line(int windows, double end) {
        return IntStream.range(0, windows)
                .mapToDouble(i -> 1 + (end - 1) * i / (windows - 1))
                .toArray();
    }

    private double share(State state, Supplier<double[]> series) {
        return IntStream.range(0, SERIES)
                        .filter(i -> WindowSlope.of(series.get(), BAND).state() == state)
                        .count()
                / (double) SERIES;
    }

    @Test
    void a_steady_series_is_seldom_said_to_fall_and_not_to_collapse_however_noisy_it_is() {
        for (int windows : new int[] {15, 20, 40, 120}) {
            for (double kept : new double[] {0, 0.3, 0.6}) {
                assertThat(share(State.FALLS, () -> steady(windows, 0.15, kept)))
                        .as("falls, of %d windows that keep %s", windows, kept)
                        .isLessThan(0.025);
                assertThat(share(State.COLLAPSES, () -> steady(windows, 0.15, kept)))
                        .as("collapses, of %d windows that keep %s", windows, kept)
                        .isLessThanOrEqualTo(kept > 0.5 ? 0.001 : 0);
            }
        }
    }

    @Test
    void stalls_here_and_there_are_no_slope() {
        for (int windows : new int[] {15, 20, 40}) {
            assertThat(share(State.FALLS, () -> stalling(windows, 0.2))).isLessThan(0.025);
            assertThat(share(State.COLLAPSES, () -> stalling(windows, 0.2))).isLessThan(0.005);
        }
    }

    @Test
    void a_series_that_rises_holds() {
        assertThat(share(State.HOLDS, () -> times(steady(30, 0.05, 0.3), line(30, 1.6))))
                .isEqualTo(1);
    }

    @Test
    void a_fall_of_a_fifth_is_found() {
        assertThat(share(State.FALLS, () -> times(steady(40, 0.05, 0.3), line(40, 0.8))))
                .isGreaterThan(0.95);
        WindowSlope slope = WindowSlope.of(times(steady(40, 0.01, 0), line(40, 0.8)), BAND);
        assertThat(slope.changeOverSeries()).isCloseTo(-0.2, within(0.02));
        assertThat(slope.lastOverFirst()).isCloseTo(0.87, within(0.02));
        assertThat(slope.isFalling()).isTrue();
    }

    @Test
    void a_fall_within_the_band_holds_however_sure_it_is() {
        WindowSlope slope = WindowSlope.of(times(steady(60, 0.001, 0), line(60, 0.96)), BAND);
        assertThat(slope.pValue()).isLessThan(0.001);
        assertThat(slope.state()).isEqualTo(State.HOLDS);
    }

    @Test
    void a_line_that_reaches_zero_within_as_long_again_collapses() {
        assertThat(share(State.COLLAPSES, () -> times(steady(30, 0.05, 0.3), line(30, 0.4))))
                .isGreaterThan(0.99);
        assertThat(WindowSlope.of(times(steady(30, 0.01, 0), line(30, 0.6)), BAND)
                        .state())
                .isEqualTo(State.FALLS);
    }

    @Test
    void a_series_that_ends_in_a_fragment_of_its_beginning_collapses() {
        // the seconds of a group whose heap filled up: thousands of operations a second
        assertThat(WindowSlope.of(new double[] {24, 55, 42, 41, 44, 40, 42, 40, 38, 26, 24, 9, 4, 0, 0}, BAND)
                        .state())
                .isEqualTo(State.COLLAPSES);
        double[] step = steady(30, 0.05, 0);
        Arrays.setAll(step, i -> i < 20 ? step[i] : 0.3 * step[i]);
        assertThat(WindowSlope.of(step, BAND).state()).isEqualTo(State.COLLAPSES);
    }

    @Test
    void too_few_windows_say_nothing() {
        assertThat(WindowSlope.of(line(WindowSlope.LEAST_WINDOWS - 1, 0), BAND))
                .isEqualTo(new WindowSlope(State.TOO_SHORT, 0, 1, 1));
    }

    @Test
    void a_series_of_nothing_and_one_without_any_difference_hold() {
        assertThat(WindowSlope.of(new double[40], BAND).state()).isEqualTo(State.HOLDS);
        assertThat(WindowSlope.of(steady(40, 0, 0), BAND).state()).isEqualTo(State.HOLDS);
    }

    @Test
    void a_long_series_is_averaged_and_told_all_the_same() {
        assertThat(WindowSlope.of(times(steady(3_601, 0.1, 0.3), line(3_601, 0.8)), BAND)
                        .state())
                .isEqualTo(State.FALLS);
    }

    @Test
    void what_is_no_number_of_operations_is_refused() {
        assertThatThrownBy(() -> WindowSlope.of(new double[] {1, -1}, BAND))
                .hasMessage("window 1 is -1.0, expected a finite number from 0 on");
    }
}
