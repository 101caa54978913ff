package io.quorumark.results.stats;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The Walsh averages of a sample, sorted once. A resample holds the same averages in other numbers, so that its median, the Hodges-Lehmann
 * estimate, is found by counting and without sorting. Immutable.
 */
public final class SortedWalshAverages {
    private final double[] averages;
    private final int[] first;
    private final int[] second;

    /** @param sample at least one value, finite; copied */
    public SortedWalshAverages(double[] sample) {
        int n = sample.length;
        double[] unsorted = new double[n * (n + 1) / 2];
        SignedRank.fillWalshAverages(sample, unsorted);
        int[] rows = new int[unsorted.length];
        int[] columns = new int[unsorted.length];
        int at = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i; j < n; j++) {
                rows[at] = i;
                columns[at++] = j;
            }
        }
        int[] order = IntStream.range(0, unsorted.length)
                .boxed()
                .sorted((a, b) -> Double.compare(unsorted[a], unsorted[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        averages = Arrays.stream(order).mapToDouble(i -> unsorted[i]).toArray();
        first = Arrays.stream(order).map(i -> rows[i]).toArray();
        second = Arrays.stream(order).map(i -> columns[i]).toArray();
    }

    /**
     * The Hodges-Lehmann estimate of a resample.
     *
     * @param drawn how often each value is in the resample, at least one of them
     */
    public double median(int[] drawn) {
        long size = 0;
        for (int each : drawn) {
            size += each;
        }
        long count = size * (size + 1) / 2;
        long lower = (count - 1) / 2;
        long upper = count / 2;
        long passed = 0;
        double low = Double.NaN;
        for (int i = 0; i < averages.length; i++) {
            int a = drawn[first[i]];
            passed += first[i] == second[i] ? (long) a * (a + 1) / 2 : (long) a * drawn[second[i]];
            if (passed > lower && Double.isNaN(low)) {
                low = averages[i];
            }
            if (passed > upper) {
                return (low + averages[i]) / 2;
            }
        }
        throw new IllegalStateException("the resample holds " + passed + " Walsh averages, expected " + count);
    }
}
