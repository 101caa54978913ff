package io.quorumark.results.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.results.simulation.CampaignSimulation.Order;
import io.quorumark.results.stats.BlockedRatio;
import io.quorumark.results.stats.EquivalenceBand;
import io.quorumark.results.stats.Holm;
import io.quorumark.results.stats.Verdict;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Campaigns of equal cells: whatever is found is false, and may be found in one of twenty at the most. Seeded, so that a failure is a fact
 * and no accident.
 */
class FalsePositivesTest {
    private static final double CONFIDENCE = 0.95;
    private static final EquivalenceBand NO_BAND = EquivalenceBand.planned(0);
    private static final EquivalenceBand FIVE_PERCENT = EquivalenceBand.planned(0.05);

    /** Of a rule that is wrong in 5 %. */
    private static final int MOST = Simulations.most(1 - CONFIDENCE);

    @ParameterizedTest
    @CsvSource({"6, 0.03", "10, 0.03", "10, 0.1", "14, 0.03", "15, 0.03", "20, 0.03"})
    void a_single_comparison_is_wrong_in_one_of_twenty_at_the_most(int blocks, double noise) {
        MachineNoise busy = MachineNoise.busy(noise);
        List<BlockedRatio> ratios = IntStream.range(0, Simulations.COUNT)
                .parallel()
                .mapToObj(seed -> ratio(blocks, 0, busy, Order.BLOCKED, seed))
                .toList();
        assertThat(ratios.stream().filter(ratio -> ratio.pValue() <= 0.05)).hasSizeLessThanOrEqualTo(MOST);
        assertThat(ratios.stream()
                        .filter(ratio ->
                                ratio.ratio().low() > 1 || ratio.ratio().high() < 1))
                .hasSizeLessThanOrEqualTo(MOST);
    }

    @Test
    void one_cell_after_the_other_is_wrong_far_more_often_so_that_these_tests_can_fail() {
        MachineNoise busy = MachineNoise.busy(0.03);
        assertThat(count(seed -> ratio(10, 0, busy, Order.CELL_AFTER_CELL, seed).pValue() <= 0.05))
                .isGreaterThan(3 * MOST);
    }

    @Test
    void of_four_comparisons_together_any_is_wrong_in_one_campaign_of_twenty_at_the_most() {
        MachineNoise busy = MachineNoise.busy(0.03);
        assertThat(count(seed -> wrongOfFour(10, busy, NO_BAND, seed))).isLessThanOrEqualTo(MOST);
    }

    @Test
    void the_band_makes_false_verdicts_rarer_still() {
        MachineNoise busy = MachineNoise.busy(0.03);
        assertThat(count(seed -> wrongOfFour(10, busy, FIVE_PERCENT, seed))).isLessThanOrEqualTo(MOST / 10);
    }

    @Test
    void without_holm_four_comparisons_are_wrong_more_often_so_that_these_tests_can_fail() {
        MachineNoise busy = MachineNoise.busy(0.03);
        assertThat(count(seed -> {
                    CampaignSimulation campaign = run(5, 10, 0, busy, Order.BLOCKED, seed);
                    return IntStream.range(1, 5)
                            .anyMatch(cell ->
                                    campaign.ratio(cell, CONFIDENCE, seed).pValue() <= 0.05);
                }))
                .isGreaterThan(MOST);
    }

    @Test
    void a_difference_as_large_as_the_band_is_called_equivalent_in_one_of_twenty_at_the_most() {
        double[] effects = {0, Math.log(1.05)};
        assertThat(count(seed -> {
                    BlockedRatio ratio = CampaignSimulation.run(
                                    effects, 10, 0, MachineNoise.quiet(0.01), Order.BLOCKED, seed)
                            .ratio(1, CONFIDENCE, seed);
                    return Verdict.of(ratio.ratio(), FIVE_PERCENT, CONFIDENCE, 1) == Verdict.EQUIVALENT;
                }))
                .isLessThanOrEqualTo(MOST)
                .isPositive();
    }

    private static boolean wrongOfFour(int blocks, MachineNoise noise, EquivalenceBand band, int seed) {
        CampaignSimulation campaign = run(5, blocks, 0, noise, Order.BLOCKED, seed);
        BlockedRatio[] ratios = IntStream.range(1, 5)
                .mapToObj(cell -> campaign.ratio(cell, CONFIDENCE, seed))
                .toArray(BlockedRatio[]::new);
        double[] adjusted = Holm.adjust(
                IntStream.range(0, 4).mapToDouble(i -> ratios[i].pValue()).toArray());
        return IntStream.range(0, 4).anyMatch(i -> {
            Verdict verdict = Verdict.of(ratios[i].ratio(), band, CONFIDENCE, adjusted[i]);
            return verdict == Verdict.BETTER || verdict == Verdict.WORSE;
        });
    }

    private static BlockedRatio ratio(int blocks, int windows, MachineNoise noise, Order order, int seed) {
        return run(2, blocks, windows, noise, order, seed).ratio(1, CONFIDENCE, seed);
    }

    private static CampaignSimulation run(
            int cells, int blocks, int windows, MachineNoise noise, Order order, int seed) {
        return CampaignSimulation.run(new double[cells], blocks, windows, noise, order, seed);
    }

    private static int count(IntPredicate wrong) {
        return Simulations.count(Simulations.COUNT, wrong);
    }
}
