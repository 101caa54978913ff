package io.quorumark.results.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.quorumark.results.stats.MinimumDetectableEffect.Source;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.inference.TTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MinimumDetectableEffectTest {
    private static final double[] NOISE = {0.02, -0.01, 0.03, -0.02, 0.01, -0.03};

    @ParameterizedTest
    @CsvSource({"6, 3.5139027291710914", "10, 3.149632886450618", "15, 3.0132684557533738", "20, 2.9535848698190597"})
    void the_noncentrality_agrees_with_scipy(int blocks, double expected) {
        // scipy 1.17.1: brentq over d of nct.sf(t, n - 1, d) + nct.cdf(-t, n - 1, d) - 0.8, t = t.ppf(0.975, n - 1)
        assertThat(MinimumDetectableEffect.noncentrality(blocks, 0.05)).isCloseTo(expected, within(1e-6));
    }

    @Test
    void an_effect_of_that_size_is_found_four_times_in_five() {
        int blocks = 10;
        double effect = 0.03 * MinimumDetectableEffect.noncentrality(blocks, 0.05) / Math.sqrt(blocks);
        Random random = new Random(11);
        int campaigns = 4_000;
        int byT = 0;
        int bySignFlip = 0;
        for (int i = 0; i < campaigns; i++) {
            double[] logRatios = DoubleStream.generate(() -> effect + 0.03 * random.nextGaussian())
                    .limit(blocks)
                    .toArray();
            byT += TTest.withDefaults().test(logRatios).reject(0.05) ? 1 : 0;
            bySignFlip += SignFlip.pValue(logRatios, i) <= 0.05 ? 1 : 0;
        }
        // a share of 0.8 has a standard deviation of 0.63 %; the sign-flip test may lose a little
        assertThat(byT / (double) campaigns).isCloseTo(0.8, within(0.025));
        assertThat(bySignFlip / (double) campaigns).isCloseTo(0.8, within(0.03));
    }

    @Test
    void more_blocks_detect_less_and_noise_twice_as_large_detects_twice_as_much() {
        double ten = effect(NOISE, 10);
        assertThat(effect(NOISE, 20)).isLessThan(ten);
        double[] twice = Arrays.stream(NOISE).map(each -> 2 * each).toArray();
        assertThat(Math.log1p(effect(twice, 10))).isCloseTo(2 * Math.log1p(ten), within(1e-9));
    }

    @Test
    void own_blocks_tell_the_same_whatever_their_effect() {
        double[] moved = Arrays.stream(NOISE).map(each -> each - 0.5).toArray();
        MinimumDetectableEffect own =
                MinimumDetectableEffect.fromOwnBlocks(moved, 0.05).orElseThrow();
        assertThat(own.source()).isEqualTo(Source.OWN_BLOCKS);
        assertThat(own.relative()).isCloseTo(effect(NOISE, 6), within(1e-9));
        assertThat(own.blocks()).isEqualTo(6);
    }

    @Test
    void where_no_effect_could_be_shown_there_is_none() {
        // with five blocks the smallest two-sided p-value is 1/16
        assertThat(MinimumDetectableEffect.fromAaArm(NOISE, 5, 0.05)).isEmpty();
        assertThat(MinimumDetectableEffect.fromAaArm(NOISE, 6, 0.05)).isPresent();
        assertThat(MinimumDetectableEffect.fromAaArm(new double[] {0.1}, 10, 0.05))
                .isEmpty();
    }

    @Test
    void a_difference_counts_from_twice_what_the_aa_arm_can_detect_and_equal_stays_what_the_plan_says() {
        Optional<MinimumDetectableEffect> effect = MinimumDetectableEffect.fromAaArm(NOISE, 10, 0.05);
        double detectable = effect.orElseThrow().relative();
        assertThat(EquivalenceBand.of(detectable, effect)).isEqualTo(new EquivalenceBand(detectable, 2 * detectable));
        assertThat(EquivalenceBand.of(detectable, effect).isRaised()).isTrue();
        assertThat(EquivalenceBand.of(3 * detectable, effect)).isEqualTo(EquivalenceBand.planned(3 * detectable));
        assertThat(EquivalenceBand.of(0.05, Optional.empty())).isEqualTo(EquivalenceBand.planned(0.05));
        assertThatThrownBy(() -> EquivalenceBand.planned(Double.NaN)).hasMessageContaining("expected finite numbers");
    }

    @Test
    void a_band_made_of_a_comparisons_own_noise_would_call_any_noise_equivalent() {
        Random random = new Random(5);
        int equivalent = 0;
        for (int i = 0; i < 200; i++) {
            // true difference 0, noise of 30 % from block to block: nobody can say that these are equal within 5 %
            double[] logRatios = DoubleStream.generate(() -> 0.3 * random.nextGaussian())
                    .limit(10)
                    .toArray();
            Interval interval = SignedRank.interval(logRatios, 0.95).map(Math::exp);
            double own = MinimumDetectableEffect.fromOwnBlocks(logRatios, 0.05)
                    .orElseThrow()
                    .relative();
            Verdict ofOwn = Verdict.of(interval, EquivalenceBand.planned(2 * own), 0.95, 1);
            equivalent += ofOwn == Verdict.EQUIVALENT ? 1 : 0;
            Optional<MinimumDetectableEffect> effect = MinimumDetectableEffect.fromOwnBlocks(logRatios, 0.05);
            assertThat(Verdict.of(interval, EquivalenceBand.of(0.05, effect), 0.95, 1))
                    .isNotEqualTo(Verdict.EQUIVALENT);
        }
        assertThat(equivalent).isGreaterThan(190);
    }

    private static double effect(double[] noise, int blocks) {
        return MinimumDetectableEffect.fromAaArm(noise, blocks, 0.05)
                .orElseThrow()
                .relative();
    }
}
