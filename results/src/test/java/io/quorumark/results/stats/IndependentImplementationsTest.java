package io.quorumark.results.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each statistic against another way to compute it, or against what another program documents. */
class IndependentImplementationsTest {
    /** The example of R's {@code ?wilcox.test}, from Hollander and Wolfe: depression scores at the first and the second visit. */
    private static final double[] FIRST_VISIT = {1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30};

    private static final double[] SECOND_VISIT = {0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29};

    private static final WilcoxonSignedRankTest WILCOXON =
            WilcoxonSignedRankTest.withDefaults().with(PValueMethod.EXACT);

    @Test
    void the_signed_rank_tail_agrees_with_the_p_value_that_r_documents() {
        // R prints V = 40, p-value = 0.01953 for wilcox.test(x, y, paired = TRUE, alternative = "greater"); the sum of
        // the negative ranks is 45 - 40
        assertThat(SignedRank.lowerTail(9, 5)).isCloseTo(0.01953, within(5e-6));
        assertThat(WILCOXON.with(AlternativeHypothesis.GREATER_THAN)
                        .test(differences())
                        .getPValue())
                .isCloseTo(SignedRank.lowerTail(9, 5), within(1e-12));
    }

    @Test
    void the_depression_scores_fell_by_what_all_pairs_average_to() {
        // R prints (pseudo)median -0.46 for the differences the other way round
        Interval interval = SignedRank.interval(differences(), 0.94);
        assertThat(interval.estimate()).isCloseTo(0.46, within(1e-9));
        double[] averages = IntStream.range(0, 9)
                .boxed()
                .flatMap(i -> IntStream.rangeClosed(0, i).mapToObj(j -> (differences()[i] + differences()[j]) / 2))
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        int cut = Arrays.binarySearch(averages, interval.low());
        assertThat(averages[44 - cut]).isEqualTo(interval.high());
        assertThat(interval.confidence()).isCloseTo(1 - 2 * SignedRank.lowerTail(9, cut), within(1e-12));
    }

    @Test
    void pair_averages_of_every_rank_agree_with_a_sorted_list() {
        Random random = new Random(6);
        for (int i = 0; i < 200; i++) {
            boolean ties = i % 2 == 0;
            double[] sample = random.doubles(1 + random.nextInt(30), -1, 1)
                    .map(each -> ties ? Math.rint(3 * each) : each)
                    .toArray();
            double[] sorted = new double[sample.length * (sample.length + 1) / 2];
            SignedRank.fillWalshAverages(sample, sorted);
            Arrays.sort(sorted);
            WalshAverages averages = new WalshAverages(sample);
            assertThat(averages.count()).isEqualTo(sorted.length);
            for (int rank = 0; rank < sorted.length; rank++) {
                assertThat(averages.at(rank)).isEqualTo(sorted[rank] + 0.0);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 10, 14, 25})
    void the_interval_holds_exactly_what_wilcoxons_test_does_not_reject(int size) {
        Random random = new Random(size);
        for (int i = 0; i < 20; i++) {
            double[] sample = random.doubles(size, -1, 1).toArray();
            Interval interval = SignedRank.interval(sample, 0.95);
            assertThat(pValue(sample, interval.low() + 1e-9)).isGreaterThan(0.05);
            assertThat(pValue(sample, interval.low() - 1e-9)).isLessThanOrEqualTo(0.05);
            assertThat(pValue(sample, interval.high() - 1e-9)).isGreaterThan(0.05);
            assertThat(pValue(sample, interval.high() + 1e-9)).isLessThanOrEqualTo(0.05);
        }
    }

    private static double pValue(double[] sample, double centre) {
        return WILCOXON.test(Arrays.stream(sample).map(each -> each - centre).toArray())
                .getPValue();
    }

    @Test
    void the_normal_approximation_of_the_tail_is_close_to_the_exact_one_where_it_takes_over() {
        for (int w = 300; w < 640; w += 20) {
            double before = SignedRank.lowerTail(50, w);
            double after = SignedRank.lowerTail(51, w + 25);
            assertThat(after).isCloseTo(before, within(0.012));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 9, 12})
    void the_sign_flip_test_agrees_with_all_flips_written_out(int size) {
        Random random = new Random(size);
        for (int i = 0; i < 50; i++) {
            // small integers, so that many sums are equal
            double[] sample =
                    random.ints(size, -4, 5).mapToDouble(each -> each * 0.1).toArray();
            assertThat(SignFlip.exact(sample)).isCloseTo(allFlips(sample), within(1e-12));
            double[] untied = random.doubles(size, -1, 1.5).toArray();
            assertThat(SignFlip.exact(untied)).isCloseTo(allFlips(untied), within(1e-12));
        }
    }

    private static double allFlips(double[] sample) {
        double observed = Math.abs(Arrays.stream(sample).sum());
        int extreme = 0;
        for (int signs = 0; signs < 1 << sample.length; signs++) {
            int flips = signs;
            double sum = IntStream.range(0, sample.length)
                    .mapToDouble(i -> (flips >> i & 1) == 0 ? sample[i] : -sample[i])
                    .sum();
            extreme += Math.abs(sum) >= observed - 1e-9 ? 1 : 0;
        }
        return extreme / (double) (1 << sample.length);
    }

    @Test
    void thirty_values_are_still_counted_and_not_drawn() {
        double[] sample = new Random(30).doubles(30, -1, 1.4).toArray();
        assertThat(SignFlip.pValue(sample, 1)).isEqualTo(SignFlip.pValue(sample, 2));
        assertThat(SignFlip.pValue(sample, 1)).isCloseTo(SignFlip.sampled(sample, 1), within(0.005));
    }

    @Test
    void sums_of_flips_that_are_not_followed_to_their_end_count_as_if_they_were() {
        Random random = new Random(31);
        for (int size : new int[] {1, 31, 64, 65, 300}) {
            for (double centre : new double[] {0, 0.05, 0.2, 0.6, 3}) {
                double[] sample = random.doubles(size, centre - 1, centre + 1).toArray();
                assertThat(SignFlip.sampled(sample, size)).isEqualTo(allSampledFlips(sample, size));
                // few distinct values, so that many sums are equal to the observed one
                double[] tied = Arrays.stream(sample).map(Math::rint).toArray();
                assertThat(SignFlip.sampled(tied, size)).isEqualTo(allSampledFlips(tied, size));
            }
        }
    }

    /** One sign for each bit that is drawn, four flips after each other. */
    private static double allSampledFlips(double[] sample, long seed) {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        double observed = Math.abs(Arrays.stream(sample).sum());
        int flips = 100_000;
        int extreme = 1;
        for (int flip = 0; flip < flips; flip++) {
            double sum = 0;
            long signs = 0;
            for (int i = 0; i < sample.length; i++) {
                signs = i % Long.SIZE == 0 ? random.nextLong() : signs >>> 1;
                sum += (signs & 1) == 0 ? sample[i] : -sample[i];
            }
            extreme += Math.abs(sum) >= observed - 1e-9 ? 1 : 0;
        }
        return extreme / (flips + 1.0);
    }

    @Test
    void holm_agrees_with_its_definition_written_out() {
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            double[] pValues = random.doubles(1 + random.nextInt(8))
                    .map(each -> Math.floor(each * 20) / 100)
                    .toArray();
            double[] adjusted = Holm.adjust(pValues);
            for (int j = 0; j < pValues.length; j++) {
                assertThat(adjusted[j]).isCloseTo(holm(pValues, j), within(1e-12));
            }
        }
    }

    /**
     * As R documents p.adjust: in ascending order the i-th of m is multiplied by m - i + 1, none becomes smaller than the one before, nor
     * larger than 1.
     */
    private static double holm(double[] pValues, int of) {
        double[] sorted = pValues.clone();
        Arrays.sort(sorted);
        double adjusted = 0;
        for (int i = 0; i < sorted.length && sorted[i] <= pValues[of]; i++) {
            adjusted = Math.max(adjusted, Math.min(1, (sorted.length - i) * sorted[i]));
        }
        return adjusted;
    }

    @Test
    void cliffs_delta_agrees_with_the_mann_whitney_statistic() {
        // U counts the pairs in which the first is larger, ties by half: delta = 2 U / (m n) - 1
        Random random = new Random(2);
        for (int i = 0; i < 100; i++) {
            double[] first =
                    random.ints(1 + random.nextInt(12), 0, 10).asDoubleStream().toArray();
            double[] second =
                    random.ints(1 + random.nextInt(12), 0, 10).asDoubleStream().toArray();
            double u = MannWhitneyUTest.withDefaults().statistic(first, second);
            assertThat(CliffsDelta.of(first, second))
                    .isCloseTo(2 * u / (first.length * second.length) - 1, within(1e-12));
        }
    }

    private static double[] differences() {
        return IntStream.range(0, 9)
                .mapToDouble(i -> FIRST_VISIT[i] - SECOND_VISIT[i])
                .toArray();
    }
}
