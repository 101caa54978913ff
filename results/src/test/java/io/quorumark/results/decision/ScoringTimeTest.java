package io.quorumark.results.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.results.decision.ValueFunction.Relative;
import io.quorumark.results.metric.Metric;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Ten options on twelve criteria, scored and with everything that could take the lead from the first: draws of blocks and weights, exact
 * weights of flips, leave-outs. What is bounded is processor time of the thread, since what else runs on the machine decides about the
 * time on the clock; both are printed.
 */
class ScoringTimeTest {
    private static final int OPTIONS = 10;
    private static final int CRITERIA = 12;
    private static final int WORKLOADS = 3;
    private static final int BLOCKS = 12;
    private static final Duration MOST = Duration.ofSeconds(1);

    @Test
    @Tag("long")
    void ten_options_on_twelve_criteria_take_less_than_a_second() {
        ScoreModel model = model();
        boolean[] all = new boolean[OPTIONS];
        Arrays.fill(all, true);
        // in the order of a command that runs once: the first one meets code that nothing has compiled
        for (int run = 1; run <= 3; run++) {
            long beganClock = System.nanoTime();
            long beganThread = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            Ranking ranking = new Ranking(model, all, 0.05, DecisionRules.DEFAULT_CONCENTRATION, run);
            long threadNanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - beganThread;
            System.out.printf(
                    Locale.ROOT,
                    "%d options, %d criteria, %d workloads, %d blocks, run %d: %d ms on the clock, %d ms of the thread; %s%n",
                    OPTIONS,
                    CRITERIA,
                    WORKLOADS,
                    BLOCKS,
                    run,
                    (System.nanoTime() - beganClock) / 1_000_000,
                    threadNanos / 1_000_000,
                    ranking.label());
            assertThat(ranking.flips()).isNotEmpty();
            assertThat(Duration.ofNanos(threadNanos)).isLessThanOrEqualTo(MOST);
        }
    }

    private static ScoreModel model() {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(7);
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        List<Criterion> criteria = Metric.judged().stream()
                .limit(CRITERIA)
                .map(metric -> new Criterion(metric, 1, new Relative()))
                .toList();
        assertThat(criteria).hasSize(CRITERIA);
        List<Column> columns = new ArrayList<>();
        for (int criterion = 0; criterion < CRITERIA; criterion++) {
            for (int workload = 0; workload < WORKLOADS; workload++) {
                double[][] figures = new double[OPTIONS][BLOCKS];
                for (double[] ofOption : figures) {
                    double level = Math.exp(0.3 * gaussian.sample());
                    Arrays.setAll(ofOption, block -> 1_000 * level * Math.exp(0.03 * gaussian.sample()));
                }
                columns.add(new Column(criterion, "workload " + workload, 0, criteria.get(criterion), figures));
            }
        }
        return new ScoreModel(criteria, OPTIONS, new int[] {BLOCKS}, columns);
    }
}
