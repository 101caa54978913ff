package io.quorumark.results.stats;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The Hodges-Lehmann estimate of resamples of one sample, which is sorted once for all of them. Immutable. */
public final class ResampledHodgesLehmann {
    /** Where the sample has its values, from the least on. */
    private final int[] places;

    private final double[] values;

    /** @param sample finite values; copied */
    public ResampledHodgesLehmann(double[] sample) {
        places = IntStream.range(0, sample.length)
                .boxed()
                .sorted(Comparator.comparingDouble(place -> sample[place]))
                .mapToInt(Integer::intValue)
                .toArray();
        values = Arrays.stream(places).mapToDouble(place -> sample[place]).toArray();
    }

    /**
     * The estimate of a resample.
     *
     * @param drawn how often each value is in the resample, at least one of them
     */
    public double of(int[] drawn) {
        double[] present = new double[values.length];
        long[] before = new long[values.length + 1];
        int count = 0;
        for (int i = 0; i < values.length; i++) {
            int times = drawn[places[i]];
            if (times > 0) {
                present[count] = values[i];
                before[count + 1] = before[count] + times;
                count++;
            }
        }
        if (count == 0) {
            throw new IllegalArgumentException("the resample is empty, expected at least one value");
        }
        return new WalshAverages(present, before, count).median();
    }
}
