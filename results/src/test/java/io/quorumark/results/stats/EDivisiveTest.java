package io.quorumark.results.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.quorumark.results.stats.EDivisive.ChangePoint;
import io.quorumark.results.stats.EDivisive.Split;
import java.time.Duration;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;

class EDivisiveTest {
    private static final EDivisive ONE_PERCENT = new EDivisive(0.01, 0, 1);

    @Test
    void the_best_cut_agrees_with_all_distances_summed_for_each_cut() {
        Random random = new Random(4);
        for (int i = 0; i < 300; i++) {
            int size = 6 + random.nextInt(40);
            boolean ties = i % 3 == 0;
            double[] values = random.doubles(size)
                    .map(each -> ties ? Math.floor(4 * each) : each)
                    .toArray();
            Split expected = naive(values);
            Split actual = EDivisive.bestSplit(values);
            assertThat(actual.distance()).isCloseTo(expected.distance(), within(1e-9));
            if (!ties) {
                assertThat(actual.size()).isEqualTo(expected.size());
            }
        }
    }

    /** Cubic in the number of values: the definition, each cut on its own. */
    private static Split naive(double[] values) {
        Split best = new Split(0, 0);
        for (int cut = 3; cut <= values.length - 3; cut++) {
            int left = cut;
            int right = values.length - cut;
            double between = mean(values, 0, cut, cut, values.length, (double) left * right);
            double before = mean(values, 0, cut, 0, cut, left * (left - 1.0));
            double after = mean(values, cut, values.length, cut, values.length, right * (right - 1.0));
            double distance = (2 * between - before - after) * left * right / (left + right);
            if (distance > best.distance()) {
                best = new Split(cut, distance);
            }
        }
        return best;
    }

    /** Sum of the distances of all ordered pairs over {@code count}. */
    private static double mean(double[] values, int from, int to, int otherFrom, int otherTo, double count) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            for (int j = otherFrom; j < otherTo; j++) {
                sum += Math.abs(values[i] - values[j]);
            }
        }
        return sum / count;
    }

    @Test
    void known_changes_are_found_where_they_are() {
        // a loss of a tenth at 40, regained at 90, and a gain of a fifth at 130
        double[] history = history(180, 3, i -> i < 40 || (i >= 90 && i < 130) ? 1 : i < 90 ? 0.9 : 1.2);
        assertThat(ONE_PERCENT.changePoints(history))
                .extracting(ChangePoint::index)
                .satisfiesExactly(
                        index -> assertThat(index).isBetween(38, 42),
                        index -> assertThat(index).isBetween(88, 92),
                        index -> assertThat(index).isBetween(128, 132));
        assertThat(ONE_PERCENT.changePoints(history).get(0).ratio()).isCloseTo(0.9, within(0.01));
        assertThat(ONE_PERCENT.changePoints(history)).allMatch(point -> point.pValue() <= 0.01);
    }

    @Test
    void a_change_of_spread_alone_is_found() {
        Random random = new Random(8);
        double[] history = IntStream.range(0, 200)
                .mapToDouble(i -> 100 * Math.exp((i < 100 ? 0.01 : 0.08) * random.nextGaussian()))
                .toArray();
        assertThat(ONE_PERCENT.changePoints(history))
                .anySatisfy(point -> assertThat(point.index()).isBetween(92, 108));
        assertThat(new EDivisive(0.01, 0.1, 1).changePoints(history)).isEmpty();
    }

    @Test
    void changes_too_small_to_matter_are_left_out_and_their_segments_joined() {
        // a step of 3 % on the way to one of 20 %
        double[] history = history(150, 6, i -> i < 50 ? 1 : i < 100 ? 1.03 : 1.25);
        assertThat(ONE_PERCENT.changePoints(history)).hasSize(2);
        assertThat(new EDivisive(0.01, 0.05, 1).changePoints(history))
                .hasSize(1)
                .allSatisfy(point -> {
                    assertThat(point.index()).isBetween(99, 101);
                    assertThat(point.before()).isBetween(1_000.0, 1_030.0);
                });
    }

    @Test
    void without_a_change_one_is_rarely_found() {
        int series = 400;
        EDivisive fivePercent = new EDivisive(0.05, 0, 1);
        int found = 0;
        for (int i = 0; i < series; i++) {
            found += fivePercent.changePoints(history(40, 100 + i, point -> 1)).isEmpty() ? 0 : 1;
        }
        // what a fair 5 % would exceed in one of a thousand runs
        assertThat(found)
                .isLessThanOrEqualTo(BinomialDistribution.of(series, 0.05).inverseCumulativeProbability(0.999));
        assertThat(found).isPositive();
    }

    @Test
    void five_hundred_points_are_no_work() {
        double[] history = history(500, 9, i -> 1 + 0.1 * (i / 100 % 2));
        ONE_PERCENT.changePoints(history); // compiled now
        long begun = System.nanoTime();
        assertThat(ONE_PERCENT.changePoints(history)).hasSize(4);
        // a fifth of a second on an idle core; a cubic method would take minutes
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void the_same_seed_gives_the_same_points() {
        double[] history = history(100, 2, i -> i < 60 ? 1 : 0.95);
        assertThat(ONE_PERCENT.changePoints(history)).isEqualTo(ONE_PERCENT.changePoints(history));
    }

    @Test
    void too_few_points_and_constant_ones_have_no_change() {
        assertThat(ONE_PERCENT.changePoints(new double[0])).isEmpty();
        assertThat(ONE_PERCENT.changePoints(new double[] {1, 1, 9, 9, 9})).isEmpty();
        assertThat(ONE_PERCENT.changePoints(
                        IntStream.range(0, 50).mapToDouble(i -> 7).toArray()))
                .isEmpty();
    }

    @Test
    void what_has_no_logarithm_is_refused() {
        for (double wrong : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> ONE_PERCENT.changePoints(new double[] {1, wrong}))
                    .hasMessageStartingWith("point 1 is " + wrong + ", expected a finite number above 0");
        }
        assertThatThrownBy(() -> new EDivisive(0.001, 0, 1)).hasMessageContaining("significance is 0.001");
        assertThatThrownBy(() -> new EDivisive(0.01, -1, 1)).hasMessageContaining("leastMagnitude is -1");
    }

    /** Around 1,000, with noise of 1 %. */
    private static double[] history(int points, long seed, IntToDoubleFunction level) {
        Random random = new Random(seed);
        return IntStream.range(0, points)
                .mapToDouble(i -> 1_000 * level.applyAsDouble(i) * Math.exp(0.01 * random.nextGaussian()))
                .toArray();
    }
}
