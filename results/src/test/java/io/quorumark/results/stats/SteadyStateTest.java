package io.quorumark.results.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.quorumark.results.stats.SteadyState.State;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SteadyStateTest {
    private static final double TOLERANCE = 0.05;
    private static final int SERIES = 1_000;

    @Test
    void the_truncation_agrees_with_its_definition_written_out() {
        Random random = new Random(2);
        for (int i = 0; i < 200; i++) {
            double[] batches = random.doubles(8 + random.nextInt(30)).toArray();
            assertThat(SteadyState.truncatedBatches(batches)).isEqualTo(byDefinition(batches));
        }
    }

    private static int byDefinition(double[] batches) {
        int least = Math.max(2, (int) Math.ceil(batches.length / 5.0));
        int best = 0;
        double smallest = Double.POSITIVE_INFINITY;
        for (int from = 0; from <= batches.length - least; from++) {
            double[] kept = Arrays.copyOfRange(batches, from, batches.length);
            double mean = Arrays.stream(kept).average().orElseThrow();
            double error = Arrays.stream(kept)
                            .map(each -> (each - mean) * (each - mean))
                            .sum()
                    / Math.pow(kept.length, 2);
            if (error < smallest) {
                smallest = error;
                best = from;
            }
        }
        return best;
    }

    @Test
    void the_excursion_agrees_with_an_independent_computation() {
        // by hand: deviations of 1..20 from 10.5 sum to -50 at the middle; autocovariances of lag 0 to 2 (4
        // (20/100)^(2/9) = 2.8) are 33.25, 28.2625 and 23.325
        double[] line = IntStream.rangeClosed(1, 20).asDoubleStream().toArray();
        double variance = 33.25 + 2 * (2 / 3.0 * 28.2625 + 1 / 3.0 * 23.325);
        assertThat(SteadyState.excursion(line)).isCloseTo(50 / Math.sqrt(20 * variance), within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 120})
    void a_steady_series_is_hardly_ever_called_unsteady(int windows) {
        int never = 0;
        for (int i = 0; i < SERIES; i++) {
            never += state(noise(windows, i, second -> 1)) == State.NEVER ? 1 : 0;
        }
        // at most 5 %: what a fair 5 % would exceed in one of a thousand runs
        assertThat(never)
                .isLessThanOrEqualTo(BinomialDistribution.of(SERIES, 0.05).inverseCumulativeProbability(0.999));
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 120})
    void a_warm_up_is_cut_off(int windows) {
        int close = 0;
        for (int i = 0; i < SERIES; i++) {
            SteadyState steady = SteadyState.of(
                    noise(windows, i, second -> second < windows / 4 ? 0.5 + 2.0 * second / windows : 1), TOLERANCE);
            int from = steady.from().orElse(windows);
            close += from >= windows / 4 - 8 && from <= windows / 2 ? 1 : 0;
        }
        assertThat(close).isGreaterThan(SERIES * 9 / 10);
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 120})
    void a_series_that_falls_throughout_never_was_steady(int windows) {
        int never = 0;
        for (int i = 0; i < SERIES; i++) {
            never += state(noise(windows, i, second -> 1.5 - (double) second / windows)) == State.NEVER ? 1 : 0;
        }
        assertThat(never).isGreaterThan(SERIES * 9 / 10);
    }

    @Test
    void a_series_that_breaks_down_late_never_was_steady() {
        int never = 0;
        for (int i = 0; i < SERIES; i++) {
            never += state(noise(60, i, second -> second < 45 ? 1 : 0.7)) == State.NEVER ? 1 : 0;
        }
        assertThat(never).isGreaterThan(SERIES * 9 / 10);
    }

    @Test
    void a_drift_that_does_not_matter_is_steady() {
        double[] line = IntStream.range(0, 60).mapToDouble(i -> 1_000 + 0.5 * i).toArray();
        assertThat(state(line)).isEqualTo(State.STEADY);
        assertThat(SteadyState.of(line, 0.001).state()).isEqualTo(State.NEVER);
        assertThat(SteadyState.of(line, 0.001).driftRatio()).isGreaterThan(1.001);
    }

    @Test
    void a_constant_series_is_steady_from_its_first_window_even_where_nothing_was_done() {
        for (double level : new double[] {0, 7}) {
            double[] constant = new double[40];
            Arrays.fill(constant, level);
            assertThat(SteadyState.of(constant, TOLERANCE).from()).hasValue(0);
        }
    }

    @Test
    void a_series_that_stops_dead_was_never_steady() {
        assertThat(state(IntStream.range(0, 60)
                        .mapToDouble(i -> i < 40 ? 100 : 0)
                        .toArray()))
                .isEqualTo(State.NEVER);
    }

    @Test
    void a_short_series_cannot_tell_and_a_wrong_one_is_refused() {
        assertThat(state(new double[39])).isEqualTo(State.TOO_SHORT);
        assertThatThrownBy(() -> SteadyState.of(new double[] {1, Double.NaN}, TOLERANCE))
                .hasMessage("window 1 is NaN, expected a finite number from 0 on");
    }

    private static State state(double[] windows) {
        return SteadyState.of(windows, TOLERANCE).state();
    }

    /** 5 % from window to window, half of it left after a second. */
    private static double[] noise(int windows, long seed, IntToDoubleFunction level) {
        Random random = new Random(seed);
        double[] series = new double[windows];
        double noise = random.nextGaussian();
        for (int i = 0; i < windows; i++) {
            noise = 0.5 * noise + Math.sqrt(0.75) * random.nextGaussian();
            series[i] = 10_000 * level.applyAsDouble(i) * Math.exp(0.05 * noise);
        }
        return series;
    }
}
