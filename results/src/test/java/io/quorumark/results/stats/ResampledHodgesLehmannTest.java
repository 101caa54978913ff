package io.quorumark.results.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResampledHodgesLehmannTest {
    @Test
    void the_estimate_of_a_resample_is_the_median_of_its_own_walsh_averages() {
        Random random = new Random(20261129);
        for (int round = 0; round < 400; round++) {
            int n = 1 + random.nextInt(round % 20 < 2 ? 300 : 40);
            // few different values in every second round, so that averages are equal
            double[] sample = random.doubles(n).toArray();
            if (round % 2 == 0) {
                Arrays.setAll(sample, i -> Math.rint(sample[i] * 4) / 4 - 0.5);
            }
            int[] drawn = new int[n];
            for (int draw = 0; draw < 1 + random.nextInt(2 * n); draw++) {
                drawn[random.nextInt(n)]++;
            }
            drawn[random.nextInt(n)]++;
            assertThat(new ResampledHodgesLehmann(sample).of(drawn))
                    .as("of %s, drawn %s", Arrays.toString(sample), Arrays.toString(drawn))
                    .isEqualTo(medianOfAll(resample(sample, drawn)));
        }
    }

    @Test
    void nothing_drawn_has_no_estimate() {
        assertThatThrownBy(() -> new ResampledHodgesLehmann(new double[] {1, 2}).of(new int[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the resample is empty");
    }

    private static double[] resample(double[] sample, int[] drawn) {
        double[] values = new double[Arrays.stream(drawn).sum()];
        int at = 0;
        for (int i = 0; i < drawn.length; i++) {
            Arrays.fill(values, at, at += drawn[i], sample[i]);
        }
        return values;
    }

    private static double medianOfAll(double[] values) {
        double[] averages = new double[values.length * (values.length + 1) / 2];
        SignedRank.fillWalshAverages(values, averages);
        Arrays.sort(averages);
        int count = averages.length;
        return (averages[(count - 1) / 2] + averages[count / 2]) / 2;
    }
}
