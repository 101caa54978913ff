package io.quorumark.results.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class EncodedHistogramTest {
    private static final int ROUNDS = 200;

    @Test
    void the_sum_is_the_one_that_the_library_makes() throws DataFormatException {
        Random random = new Random(7);
        for (int digits = 1; digits <= 5; digits++) {
            Histogram expected = new Histogram(digits);
            Map<String, Histogram> sums = new TreeMap<>();
            for (int round = 0; round < ROUNDS / digits; round++) {
                Histogram interval = drawn(random, digits);
                expected.add(interval);
                EncodedHistogram.addTo(sums, "read", encoded(interval));
            }
            assertThat(sums).containsOnlyKeys("read");
            Histogram sum = Objects.requireNonNull(sums.get("read"));
            assertThat(sum).isEqualTo(expected);
            assertThat(sum.getMaxValue()).isEqualTo(expected.getMaxValue());
            assertThat(sum.getMinNonZeroValue()).isEqualTo(expected.getMinNonZeroValue());
            assertThat(sum.getTotalCount()).isEqualTo(expected.getTotalCount());
            assertThat(sum.getMean()).isEqualTo(expected.getMean());
        }
    }

    @Test
    void an_interval_without_samples_adds_nothing() throws DataFormatException {
        Map<String, Histogram> sums = new TreeMap<>();
        EncodedHistogram.addTo(sums, "read", encoded(new Histogram(3)));
        assertThat(Objects.requireNonNull(sums.get("read")).getTotalCount()).isZero();
    }

    @Test
    void the_largest_counts_and_values_are_kept() throws DataFormatException {
        Histogram interval = new Histogram(3);
        interval.recordValueWithCount(Long.MAX_VALUE / 2, Long.MAX_VALUE / 4);
        interval.recordValueWithCount(0, 3);
        Map<String, Histogram> sums = new TreeMap<>();
        EncodedHistogram.addTo(sums, "read", encoded(interval));
        assertThat(sums).containsEntry("read", interval);
    }

    @Test
    void bytes_that_are_cut_or_of_another_kind_are_refused() {
        byte[] good = encoded(drawn(new Random(1), 3));
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThatThrownBy(() -> EncodedHistogram.addTo(new TreeMap<>(), "read", cut))
                    .isInstanceOfAny(DataFormatException.class, RuntimeException.class);
        }
        byte[] other = good.clone();
        other[3]++;
        assertThatThrownBy(() -> EncodedHistogram.addTo(new TreeMap<>(), "read", other))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("another encoding");
    }

    @Test
    void intervals_of_two_precisions_have_no_sum() throws DataFormatException {
        Map<String, Histogram> sums = new TreeMap<>();
        EncodedHistogram.addTo(sums, "read", encoded(drawn(new Random(1), 3)));
        assertThatThrownBy(() -> EncodedHistogram.addTo(sums, "read", encoded(drawn(new Random(1), 2))))
                .hasMessageContaining("another precision");
    }

    private static Histogram drawn(Random random, int digits) {
        Histogram histogram = new Histogram(digits);
        int samples = random.nextInt(500);
        int bits = 1 + random.nextInt(50);
        for (int i = 0; i < samples; i++) {
            histogram.recordValueWithCount(random.nextLong(1L << bits), 1 + random.nextInt(1000));
        }
        return histogram;
    }

    private static byte[] encoded(Histogram histogram) {
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        return Arrays.copyOf(buffer.array(), length);
    }
}
