package io.quorumark.workload.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.statistics.distribution.UniformContinuousDistribution;
import org.apache.commons.statistics.inference.ChiSquareTest;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Draws against the exact probabilities of the distributions of YCSB (Cooper et al., SoCC 2010, and its ZipfianGenerator,
 * ScrambledZipfianGenerator, SkewedLatestGenerator and HotspotIntegerGenerator), with the parameters that its core workloads have.
 *
 * <p>One rejection per test in 10,000 correct generators; the seeds are fixed, so a test that passes goes on passing.
 */
class PublishedDistributionsTest {
    private static final double REJECT_BELOW = 1e-4;
    private static final int DRAWS = 2_000_000;
    private static final int RECORDS = 1_000;
    private static final double THETA = 0.99;
    /** What YCSB's ScrambledZipfianGenerator has as ZETAN, for its 10,000,000,000 items and theta 0.99. */
    private static final double PUBLISHED_ZETA = 26.46902820178302;

    private final UniformRandomProvider random = Randomness.of(2010, "published");

    @Test
    void the_published_zeta_constant_is_the_exact_sum_to_nine_digits() {
        assertThat(ZipfTheory.zeta(ScrambledZipfianSampler.ITEMS, THETA)).isCloseTo(PUBLISHED_ZETA, within(1e-7));
    }

    /**
     * Why ranks are not drawn by the formula of Gray et al. (SIGMOD 1994), as YCSB does: the deviations that
     * {@link ScrambledZipfianSampler} speaks of.
     */
    @Test
    void the_approximation_of_ycsb_favours_the_third_rank_by_a_fifth() {
        assertThat(approximated(2) / (Math.pow(3, -THETA) / PUBLISHED_ZETA)).isCloseTo(1.2, within(0.01));
        assertThat(approximated(1_000) / (Math.pow(1_001, -THETA) / PUBLISHED_ZETA))
                .isCloseTo(0.99, within(0.002));
    }

    @Test
    void uniform_draws_each_record_alike() {
        KeySampler uniform = random::nextLong;
        assertThat(pValue(ones(), () -> uniform.sample(RECORDS))).isGreaterThan(REJECT_BELOW);
    }

    @Test
    void zipfian_draws_rank_i_in_proportion_to_its_power() {
        ZipfianSampler sampler = new ZipfianSampler(RECORDS, THETA, random);
        double[] expected = zipf(RECORDS, THETA);
        double zeta = ZipfTheory.zeta(RECORDS, THETA);
        long[] observed = count(RECORDS, () -> sampler.sample(RECORDS));
        assertThat(pValue(expected, observed)).isGreaterThan(REJECT_BELOW);
        assertThat(observed[0] / (double) DRAWS).isCloseTo(1 / zeta, within(0.001));
    }

    @Test
    void ranks_out_of_ten_thousand_million_have_the_probabilities_of_the_published_constant() {
        ZipfRanks ranks = new ZipfRanks(ScrambledZipfianSampler.ITEMS, THETA);
        // The first ranks one by one, then three bins to an octave.
        int singles = 512;
        int bins = singles;
        while (end(bins - 1, singles) < ScrambledZipfianSampler.ITEMS) {
            bins++;
        }
        double[] expected = new double[bins];
        double below = 0;
        for (int bin = 0; bin < expected.length; bin++) {
            double upTo = ZipfTheory.zeta(end(bin, singles), THETA);
            expected[bin] = (upTo - below) / PUBLISHED_ZETA;
            below = upTo;
        }
        long[] observed = new long[expected.length];
        for (int i = 0; i < DRAWS; i++) {
            long rank = ranks.sample(random);
            int bin = (int) Math.min(rank, singles);
            while (rank >= end(bin, singles)) {
                bin++;
            }
            observed[bin]++;
        }
        assertThat(Arrays.stream(expected).sum()).isCloseTo(1, within(1e-7));
        assertThat(pValue(expected, observed)).isGreaterThan(REJECT_BELOW);
    }

    @Test
    void scrambled_zipfian_draws_a_record_as_often_as_all_items_that_hash_to_it() {
        ScrambledZipfianSampler sampler = new ScrambledZipfianSampler(RECORDS, THETA, random);
        long[] observed = count(RECORDS, () -> sampler.sample(RECORDS));
        assertThat(pValue(scrambled(RECORDS, 4_000_000), observed)).isGreaterThan(REJECT_BELOW);
    }

    @Test
    void scrambled_zipfian_that_grows_draws_among_the_records_there_are() {
        ScrambledZipfianSampler sampler = ScrambledZipfianSampler.growing(RECORDS, THETA, random);
        int population = RECORDS + RECORDS / 4;
        double[] wide = scrambled(2 * RECORDS, 4_000_000);
        double[] expected = Arrays.copyOf(wide, population);
        long[] observed = count(population, () -> sampler.sample(population));
        assertThat(pValue(expected, observed)).isGreaterThan(REJECT_BELOW);
    }

    @Test
    void scrambled_zipfian_that_grows_goes_on_beyond_twice_the_records() {
        ScrambledZipfianSampler sampler = ScrambledZipfianSampler.growing(10, THETA, random);
        long[] observed = count(75, () -> sampler.sample(75));
        assertThat(observed).doesNotContain(0L);
    }

    @Test
    void latest_is_zipfian_from_the_newest_record_backwards() {
        LatestSampler sampler = new LatestSampler(RECORDS / 2, THETA, random);
        double[] expected = reversed(zipf(RECORDS, THETA));
        assertThat(pValue(expected, () -> sampler.sample(RECORDS))).isGreaterThan(REJECT_BELOW);
    }

    @Test
    void hotspot_sends_eighty_of_a_hundred_operations_to_twenty_of_a_hundred_records() {
        HotspotSampler sampler = new HotspotSampler(RECORDS, 0.2, 0.8, random);
        double[] expected = new double[RECORDS];
        for (int i = 0; i < RECORDS; i++) {
            expected[i] = i < RECORDS / 5 ? 0.8 / (RECORDS / 5) : 0.2 / (RECORDS - RECORDS / 5);
        }
        assertThat(pValue(expected, () -> sampler.sample(RECORDS))).isGreaterThan(REJECT_BELOW);
    }

    @Test
    void sequential_is_too_even_to_be_random() {
        SequentialSampler sampler = new SequentialSampler();
        long[] observed = count(RECORDS, () -> sampler.sample(RECORDS));
        assertThat(observed).containsOnly(DRAWS / RECORDS);
        assertThat(pValue(ones(), observed)).isGreaterThan(1 - 1e-9);
    }

    static Stream<LongFunction<KeySampler>> seeded() {
        return Stream.of(
                seed -> Randomness.of(seed, "test")::nextLong,
                seed -> new ZipfianSampler(RECORDS, THETA, Randomness.of(seed, "test")),
                seed -> new ScrambledZipfianSampler(RECORDS, THETA, Randomness.of(seed, "test")),
                seed -> new LatestSampler(RECORDS, THETA, Randomness.of(seed, "test")),
                seed -> new HotspotSampler(RECORDS, 0.2, 0.8, Randomness.of(seed, "test")));
    }

    @ParameterizedTest
    @MethodSource("seeded")
    void equal_seeds_draw_alike_and_others_independently_from_the_same_distribution(LongFunction<KeySampler> open) {
        KeySampler one = open.apply(1);
        KeySampler again = open.apply(1);
        KeySampler other = open.apply(2);
        long[] ofOne = new long[RECORDS];
        long[] ofOther = new long[RECORDS];
        int equal = 0;
        int draws = DRAWS / 10;
        for (int i = 0; i < draws; i++) {
            long record = one.sample(RECORDS);
            assertThat(again.sample(RECORDS)).isEqualTo(record);
            long others = other.sample(RECORDS);
            equal += record == others ? 1 : 0;
            ofOne[(int) record]++;
            ofOther[(int) others]++;
        }
        double chance = 0;
        for (int i = 0; i < RECORDS; i++) {
            chance += (double) ofOne[i] * ofOther[i] / draws / draws;
        }
        double deviation = Math.sqrt(chance * (1 - chance) / draws);
        assertThat((double) equal / draws).isCloseTo(chance, within(5 * deviation));
        assertThat(ChiSquareTest.withDefaults().test(ofOne, ofOther).getPValue())
                .isGreaterThan(REJECT_BELOW);
    }

    /**
     * One good p-value may be luck, and a generator that is too even has only good ones: over many seeds they must be uniform themselves.
     */
    @Test
    void p_values_over_many_seeds_are_uniform() {
        int seeds = 300;
        double[] pValues = new double[seeds];
        double[] expected = zipf(100, THETA);
        for (int seed = 0; seed < seeds; seed++) {
            ZipfianSampler sampler = new ZipfianSampler(100, THETA, Randomness.of(seed, "p-values"));
            long[] observed = new long[100];
            for (int i = 0; i < 50_000; i++) {
                observed[(int) sampler.sample(100)]++;
            }
            pValues[seed] = pValue(expected, observed);
        }
        var uniform = UniformContinuousDistribution.of(0, 1);
        assertThat(KolmogorovSmirnovTest.withDefaults()
                        .test(pValues, uniform::cumulativeProbability)
                        .getPValue())
                .isGreaterThan(REJECT_BELOW);
    }

    /**
     * The probability of rank 2 or more in YCSB's ZipfianGenerator: the share of uniform numbers u that its formula n (eta u - eta +
     * 1)^alpha sends there.
     */
    private static double approximated(int rank) {
        double items = ScrambledZipfianSampler.ITEMS;
        double firstTwo = (1 + Math.pow(0.5, THETA)) / PUBLISHED_ZETA;
        double eta = (1 - Math.pow(2 / items, 1 - THETA)) / (1 - firstTwo);
        double from = (Math.pow(rank / items, 1 - THETA) - 1 + eta) / eta;
        double to = (Math.pow((rank + 1) / items, 1 - THETA) - 1 + eta) / eta;
        return to - Math.max(from, firstTwo);
    }

    /** The ranks below the end of a bin: single ranks first, then thirds of octaves. */
    private static long end(int bin, int singles) {
        if (bin < singles) {
            return bin + 1L;
        }
        double octaves = (bin - singles + 1) / 3.0;
        return Math.min(ScrambledZipfianSampler.ITEMS, (long) Math.ceil(singles * Math.pow(2, octaves)));
    }

    /**
     * Summed over the ranks that weigh something each; what is left is spread evenly, as a hash does with items that are many and weigh
     * alike.
     */
    private static double[] scrambled(int records, int summedRanks) {
        double[] expected = new double[records];
        for (int rank = 0; rank < summedRanks; rank++) {
            expected[(int) (FnvHash.nonNegative(rank) % records)] += Math.pow(rank + 1, -THETA) / PUBLISHED_ZETA;
        }
        double rest = 1 - ZipfTheory.zeta(summedRanks, THETA) / PUBLISHED_ZETA;
        for (int i = 0; i < records; i++) {
            expected[i] += rest / records;
        }
        return expected;
    }

    private static double[] zipf(int ranks, double theta) {
        double[] expected = new double[ranks];
        for (int i = 0; i < ranks; i++) {
            expected[i] = Math.pow(i + 1, -theta);
        }
        return expected;
    }

    private static double[] reversed(double[] values) {
        double[] reversed = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            reversed[i] = values[values.length - 1 - i];
        }
        return reversed;
    }

    private static double[] ones() {
        double[] ones = new double[RECORDS];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static long[] count(int values, LongSupplier draw) {
        long[] observed = new long[values];
        for (int i = 0; i < DRAWS; i++) {
            observed[(int) draw.getAsLong()]++;
        }
        return observed;
    }

    private static double pValue(double[] expected, LongSupplier draw) {
        return pValue(expected, count(expected.length, draw));
    }

    private static double pValue(double[] expected, long[] observed) {
        return ChiSquareTest.withDefaults().test(expected, observed).getPValue();
    }
}
