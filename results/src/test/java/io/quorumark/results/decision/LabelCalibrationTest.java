package io.quorumark.results.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.results.decision.ValueFunction.Relative;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.simulation.CampaignSimulation;
import io.quorumark.results.simulation.CampaignSimulation.Order;
import io.quorumark.results.simulation.MachineNoise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Simulated campaigns of which the best option is known: of those that are called robust, at least 93 % must name it. Options differ by so
 * little that many campaigns cannot tell, so that a label which is too generous fails here.
 */
class LabelCalibrationTest {
    private static final int OPTIONS = 4;
    private static final List<Criterion> CRITERIA = List.of(
            new Criterion(Metric.THROUGHPUT, 3, new Relative()),
            new Criterion(Metric.P99, 2, new Relative()),
            new Criterion(Metric.CPU, 1, new Relative()));
    private static final double BAND = 0.05;
    private static final double RIGHT_AT_LEAST = 0.93;

    @ParameterizedTest
    @CsvSource({"6, 0.03", "10, 0.03", "10, 0.1"})
    void what_is_called_robust_is_right_in_the_ordinary_build_too(int blocks, double noise) {
        Calibration found = calibrate(50, blocks, noise, 0.05);
        assertThat(found.robust()).isPositive();
        assertThat(found.right()).isGreaterThanOrEqualTo((int) Math.floor(RIGHT_AT_LEAST * found.robust()));
    }

    @Test
    void options_that_do_not_differ_are_seldom_called_robust() {
        // without a best option every such call is wrong
        assertThat(calibrate(50, 10, 0.03, 0).robust()).isLessThanOrEqualTo(3);
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({
        "6, 0.03, 0.05",
        "6, 0.03, 0.1",
        "6, 0.1, 0.1",
        "8, 0.03, 0.05",
        "10, 0.03, 0.05",
        "10, 0.1, 0.1",
        "15, 0.03, 0.05",
        "20, 0.1, 0.05"
    })
    void of_a_thousand_campaigns_what_is_called_robust_is_right(int blocks, double noise, double spread) {
        Calibration found = calibrate(1_000, blocks, noise, spread);
        System.out.printf(
                Locale.ROOT,
                "blocks %d, noise %.2f, spread %.2f: %d robust, %d right; %d in front and best, %d ties%n",
                blocks,
                noise,
                spread,
                found.robust(),
                found.right(),
                found.leading(),
                found.ties());
        assertThat(found.robust()).isGreaterThan(20);
        assertThat(found.right()).isGreaterThanOrEqualTo((int) Math.floor(RIGHT_AT_LEAST * found.robust()));
    }

    /**
     * @param robust campaigns with that label
     * @param right of them: those whose leader is the best option
     * @param leading campaigns whose leader is the best option, whatever the label
     * @param ties campaigns with that label
     */
    private record Calibration(int robust, int right, int leading, int ties) {}

    private static Calibration calibrate(int campaigns, int blocks, double noise, double spread) {
        int[][] found = IntStream.range(0, campaigns)
                .parallel()
                .mapToObj(seed -> campaign(seed, blocks, noise, spread))
                .toArray(int[][]::new);
        return new Calibration(sum(found, 0), sum(found, 1), sum(found, 2), sum(found, 3));
    }

    private static int sum(int[][] found, int what) {
        return Arrays.stream(found).mapToInt(each -> each[what]).sum();
    }

    private static int[] campaign(int seed, int blocks, double noise, double spread) {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        List<Column> columns = new ArrayList<>();
        double[][] truth = new double[OPTIONS][CRITERIA.size()];
        for (int criterion = 0; criterion < CRITERIA.size(); criterion++) {
            for (int setting = 0; setting < 2; setting++) {
                double[] effects = new double[OPTIONS];
                for (int option = 0; option < OPTIONS; option++) {
                    effects[option] = spread * gaussian.sample();
                }
                CampaignSimulation simulated = CampaignSimulation.run(
                        effects, blocks, 0, MachineNoise.busy(noise), Order.BLOCKED, random.nextLong());
                boolean more = CRITERIA.get(criterion).metric().moreIsBetter();
                double[][] figures = new double[OPTIONS][blocks];
                for (int option = 0; option < OPTIONS; option++) {
                    for (int block = 0; block < blocks; block++) {
                        double good = simulated.throughput(option, block);
                        figures[option][block] = more ? good : 1e6 / good;
                    }
                }
                columns.add(new Column(criterion, "w" + setting, 0, CRITERIA.get(criterion), figures));
                double best = Arrays.stream(effects).max().orElseThrow();
                for (int option = 0; option < OPTIONS; option++) {
                    truth[option][criterion] += Math.exp(effects[option] - best) / 2;
                }
            }
        }
        ScoreModel model = new ScoreModel(CRITERIA, OPTIONS, new int[] {blocks}, columns);
        boolean[] all = new boolean[OPTIONS];
        Arrays.fill(all, true);
        Ranking ranking = new Ranking(model, all, BAND, DecisionRules.DEFAULT_CONCENTRATION, seed);
        double[] scores = Arrays.stream(truth)
                .mapToDouble(values -> ScoreModel.score(values, model.shares()))
                .toArray();
        boolean isBest = spread > 0
                && scores[ranking.leader()] == Arrays.stream(scores).max().orElseThrow();
        boolean robust = ranking.label() == Label.ROBUST;
        return new int[] {robust ? 1 : 0, robust && isBest ? 1 : 0, isBest ? 1 : 0, ranking.label() == Label.TIE ? 1 : 0
        };
    }
}
