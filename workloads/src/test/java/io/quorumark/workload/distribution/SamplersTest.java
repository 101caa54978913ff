package io.quorumark.workload.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.zip.Deflater;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.statistics.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplersTest {
    private static final int DRAWS = 2_000_000;
    private static final double REJECT_BELOW = 1e-4;

    private final UniformRandomProvider random = Randomness.of(42, "test");

    @ParameterizedTest
    @CsvSource({"1, 0.99", "100, 0.99", "1000, 0.99", "5000, 0.5", "5000, 0.99", "3000, 1.3"})
    void zipfian_ranks_follow_the_published_probabilities(int ranks, double theta) {
        double[] expected = new double[ranks];
        for (int i = 0; i < ranks; i++) {
            expected[i] = Math.pow(i + 1, -theta);
        }
        ZipfianSampler sampler = new ZipfianSampler(ranks, theta, random);
        assertFits(expected, () -> sampler.sample(ranks));
    }

    @Test
    void the_chi_square_test_would_notice_another_skew() {
        double[] expected = new double[1000];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = Math.pow(i + 1, -0.98);
        }
        ZipfianSampler sampler = new ZipfianSampler(1000, 0.99, random);
        assertThat(pValue(expected, () -> sampler.sample(1000))).isLessThan(REJECT_BELOW);
    }

    @Test
    void scrambled_zipfian_is_the_hash_of_a_zipfian_rank() {
        int records = 100;
        int exact = 1_000_000;
        double[] expected = new double[records];
        double head = 0;
        for (int rank = 0; rank < exact; rank++) {
            double weight = Math.pow(rank + 1, -0.99);
            expected[(int) (FnvHash.nonNegative(rank) % records)] += weight;
            head += weight;
        }
        // Beyond the head the hash spreads the weight evenly: the integral of x^-0.99.
        double tail = (Math.pow(1e10, 0.01) - Math.pow(exact, 0.01)) / 0.01;
        assertThat(head).isPositive();
        for (int i = 0; i < records; i++) {
            expected[i] += tail / records;
        }
        ScrambledZipfianSampler sampler = new ScrambledZipfianSampler(records, 0.99, random);
        assertFits(expected, () -> sampler.sample(records));
    }

    @Test
    void latest_is_zipfian_backwards_from_the_end_also_after_growth() {
        LatestSampler sampler = new LatestSampler(10, 0.99, random);
        sampler.sample(10);
        double[] expected = new double[700];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = Math.pow(expected.length - i, -0.99);
        }
        assertThat(sampler.sample(1_000)).isBetween(0L, 999L);
        assertFits(expected, () -> sampler.sample(expected.length));
    }

    @Test
    void hotspot_sends_the_share_to_the_hot_set() {
        double[] expected = new double[100];
        for (int i = 0; i < 100; i++) {
            expected[i] = i < 20 ? 0.8 / 20 : 0.2 / 80;
        }
        HotspotSampler sampler = new HotspotSampler(100, 0.2, 0.8, random);
        assertFits(expected, () -> sampler.sample(100));
    }

    @Test
    void sequential_begins_again_after_the_last() {
        SequentialSampler sampler = new SequentialSampler();
        for (int i = 0; i < 7; i++) {
            assertThat(sampler.sample(3)).isEqualTo(i % 3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 64, 1000, 65_537})
    void a_permutation_hits_every_number_once(int size) {
        Permutation permutation = new Permutation(size, 11);
        BitSet seen = new BitSet();
        for (int i = 0; i < size; i++) {
            seen.set((int) permutation.apply(i));
        }
        assertThat(seen.cardinality()).isEqualTo(size);
        assertThat(seen.length()).isEqualTo(size);
    }

    @Test
    void fnv_is_the_published_hash() {
        // FNV-1a of eight zero bytes, by the reference algorithm.
        assertThat(FnvHash.hash(0)).isEqualTo(0xa8c7f832281a39c5L);
    }

    @Test
    void lognormal_sizes_have_the_median_and_keep_to_the_range() {
        LognormalSizes sizes = new LognormalSizes(256, 0.6, 64, 4096, random);
        int below = 0;
        for (int i = 0; i < 100_000; i++) {
            int bytes = sizes.sample();
            assertThat(bytes).isBetween(64, 4096);
            below += bytes < 256 ? 1 : 0;
        }
        assertThat(below).isBetween(49_000, 51_000);
    }

    @ParameterizedTest
    @CsvSource({"0.1, 1000", "0.25, 1000", "0.5, 1000", "0.75, 1000", "1.0, 1000", "0.5, 200", "0.5, 100000"})
    void values_deflate_to_the_ratio(double ratio, int valueBytes) {
        CompressibleBytes bytes = new CompressibleBytes(ratio, 9);
        byte[] values = new byte[400_000 / valueBytes * valueBytes];
        for (int at = 0; at < values.length; at += valueBytes) {
            bytes.fill(values, at, at + valueBytes, random);
        }
        Deflater deflater = new Deflater();
        deflater.setInput(values);
        deflater.finish();
        int deflated = deflater.deflate(new byte[2 * values.length]);
        deflater.end();
        assertThat((double) deflated / values.length).isBetween(ratio - 0.04, ratio + 0.04);
    }

    private interface Draw {
        long next();
    }

    private static void assertFits(double[] expected, Draw draw) {
        if (expected.length == 1) {
            assertThat(draw.next()).isZero();
            return;
        }
        assertThat(pValue(expected, draw)).isGreaterThan(REJECT_BELOW);
    }

    private static double pValue(double[] expected, Draw draw) {
        long[] observed = new long[expected.length];
        for (int i = 0; i < DRAWS; i++) {
            observed[(int) draw.next()]++;
        }
        return ChiSquareTest.withDefaults().test(expected, observed).getPValue();
    }
}
