package io.quorumark.results.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatisticsTest {
    private static final EquivalenceBand FIVE_PERCENT = EquivalenceBand.planned(0.05);

    /** Hollander, Wolfe and Chicken, Table 3.1: depression scores before and after tranquillizer; differences Y - X of nine patients. */
    private static final double[] HAMILTON = {-0.952, 0.147, -1.022, -0.430, -0.620, -0.590, -0.490, 0.080, -0.010};

    /**
     * Darwin's differences in height of crossed and self-fertilized plants in eighths of an inch; Fisher, "The Design of Experiments",
     * section 17.
     */
    private static final double[] DARWIN = {49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48};

    @Test
    void the_hodges_lehmann_estimate_agrees_with_the_textbook() {
        assertThat(SignedRank.hodgesLehmann(HAMILTON)).isCloseTo(-0.46, within(0.005));
    }

    @Test
    void the_signed_rank_interval_agrees_with_the_textbook() {
        Interval interval = SignedRank.interval(HAMILTON, 0.96);
        assertThat(interval.low()).isCloseTo(-0.786, within(0.0005));
        assertThat(interval.high()).isCloseTo(-0.010, within(0.0005));
        assertThat(interval.confidence()).isCloseTo(0.961, within(0.0005));
    }

    @Test
    void the_exact_tail_agrees_with_published_tables() {
        // Wilcoxon's table: P(W+ <= 5) for n = 9 is 10/512, P(W+ <= 0) for n = 5 is 1/32
        assertThat(SignedRank.lowerTail(9, 5)).isEqualTo(10.0 / 512);
        assertThat(SignedRank.lowerTail(5, 0)).isEqualTo(1.0 / 32);
    }

    @Test
    void too_few_values_give_the_whole_range_and_say_how_little_it_is_worth() {
        Interval interval = SignedRank.interval(new double[] {1, 2, 3}, 0.95);
        assertThat(interval.low()).isEqualTo(1);
        assertThat(interval.high()).isEqualTo(3);
        assertThat(interval.confidence()).isEqualTo(0.75);
        assertThat(interval.attains(0.95)).isFalse();
        assertThat(SignedRank.interval(new double[] {5}, 0.95).confidence()).isZero();
        assertThatThrownBy(() -> SignedRank.interval(new double[0], 0.95)).hasMessageContaining("empty");
    }

    @Test
    void noise_makes_a_difference_harder_to_call_and_never_makes_two_cells_equal() {
        EquivalenceBand noisy = new EquivalenceBand(0.05, 3.002);
        assertThat(Verdict.of(new Interval(1.49, 0.534, 3.35, 0.95), noisy, 0.95, 0.5))
                .isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(Verdict.of(new Interval(2, 1.8, 2.2, 0.95), noisy, 0.95, 0.001))
                .isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(Verdict.of(new Interval(1.01, 0.98, 1.03, 0.95), noisy, 0.95, 0.5))
                .isEqualTo(Verdict.EQUIVALENT);
        assertThat(Verdict.of(new Interval(5, 4.2, 6, 0.95), noisy, 0.95, 0.001))
                .isEqualTo(Verdict.BETTER);
    }

    @Test
    void the_sign_flip_test_agrees_with_fisher_on_darwins_plants() {
        // Fisher counts 835 arrangements with a sum as large and 863 with ties, of 32768 and one-sided: 0.05267
        // two-sided
        assertThat(SignFlip.pValue(DARWIN, 1)).isCloseTo(2 * 863 / 32768.0, within(1e-9));
    }

    @Test
    void a_sampled_sign_flip_test_is_close_to_the_exact_one() {
        // 100,000 flips: four standard deviations of a share of 5 % are 0.28 %
        assertThat(SignFlip.sampled(DARWIN, 7)).isCloseTo(SignFlip.exact(DARWIN), within(0.0028));
        assertThat(SignFlip.sampled(DARWIN, 7)).isEqualTo(SignFlip.sampled(DARWIN, 7));
    }

    @Test
    void holm_agrees_with_a_worked_example() {
        assertThat(Holm.adjust(new double[] {0.01, 0.04, 0.03, 0.005}))
                .usingComparatorWithPrecision(1e-12)
                .containsExactly(0.03, 0.06, 0.06, 0.02);
    }

    @Test
    void cliffs_delta_is_one_for_separated_and_zero_for_equal_samples() {
        assertThat(CliffsDelta.of(new double[] {4, 5}, new double[] {1, 2, 3})).isEqualTo(1);
        assertThat(CliffsDelta.of(new double[] {1, 2}, new double[] {1, 2})).isZero();
        assertThat(CliffsDelta.of(new double[] {1, 2, 3}, new double[] {2, 3, 4}))
                .isCloseTo(-5.0 / 9, within(1e-12));
    }

    @Test
    void verdicts_follow_the_band_and_need_the_confidence() {
        assertThat(Verdict.of(new Interval(1.2, 1.1, 1.3, 0.95), FIVE_PERCENT, 0.95, 0.01))
                .isEqualTo(Verdict.BETTER);
        assertThat(Verdict.of(new Interval(0.8, 0.7, 0.9, 0.95), FIVE_PERCENT, 0.95, 0.01))
                .isEqualTo(Verdict.WORSE);
        assertThat(Verdict.of(new Interval(1.0, 0.98, 1.02, 0.95), FIVE_PERCENT, 0.95, 0.01))
                .isEqualTo(Verdict.EQUIVALENT);
        assertThat(Verdict.of(new Interval(1.04, 1.0, 1.08, 0.95), FIVE_PERCENT, 0.95, 0.01))
                .isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(Verdict.of(new Interval(1.2, 1.1, 1.3, 0.75), FIVE_PERCENT, 0.95, 0.01))
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void one_of_many_comparisons_needs_a_smaller_p_value() {
        assertThat(Verdict.of(new Interval(1.2, 1.1, 1.3, 0.95), FIVE_PERCENT, 0.95, 0.06))
                .isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(Verdict.of(new Interval(1.0, 0.98, 1.02, 0.95), FIVE_PERCENT, 0.95, 1))
                .isEqualTo(Verdict.EQUIVALENT);
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 10})
    void without_a_difference_a_difference_is_rarely_found(int blocks) {
        Random random = new Random(blocks);
        int campaigns = 2000;
        int covered = 0;
        int significant = 0;
        for (int campaign = 0; campaign < campaigns; campaign++) {
            List<BlockedRatio.Pair> pairs = new ArrayList<>();
            for (int block = 0; block < blocks; block++) {
                double machine = 1 + 0.2 * random.nextDouble() + 0.05 * block; // drift hits both alike
                pairs.add(new BlockedRatio.Pair(
                        machine * Math.exp(0.03 * random.nextGaussian()),
                        machine * Math.exp(0.03 * random.nextGaussian())));
            }
            BlockedRatio ratio = BlockedRatio.of(pairs, 0.95, campaign);
            covered += ratio.ratio().low() <= 1 && ratio.ratio().high() >= 1 ? 1 : 0;
            significant += ratio.pValue() <= 0.05 ? 1 : 0;
        }
        // 5 % of 2,000 is 100; four standard deviations above are 139
        assertThat(significant).isLessThanOrEqualTo(139);
        assertThat(campaigns - covered).isLessThanOrEqualTo(139);
    }
}
