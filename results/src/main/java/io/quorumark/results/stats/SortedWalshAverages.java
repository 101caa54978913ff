package io.quorumark.results.stats;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The Walsh averages of a sample, sorted once. A resample holds the same averages in other numbers, so that its median, the Hodges-Lehmann
 * estimate, is one of them or lies between two, and is found by counting in O(n log n) for n values. Immutable.
 */
public final class SortedWalshAverages {
    /** Where the sample has its values, from the least on. */
    private final int[] places;

    private final double[] values;
    private final double[] averages;

    /** @param sample at least one value, finite; copied */
    public SortedWalshAverages(double[] sample) {
        int n = sample.length;
        places = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(place -> sample[place]))
                .mapToInt(Integer::intValue)
                .toArray();
        values = Arrays.stream(places).mapToDouble(place -> sample[place]).toArray();
        averages = new double[n * (n + 1) / 2];
        SignedRank.fillWalshAverages(values, averages);
        Arrays.sort(averages);
    }

    /**
     * The Hodges-Lehmann estimate of a resample.
     *
     * @param drawn how often each value is in the resample, at least one of them
     */
    public double median(int[] drawn) {
        long[] drawnBefore = new long[values.length + 1];
        for (int i = 0; i < values.length; i++) {
            drawnBefore[i + 1] = drawnBefore[i] + drawn[places[i]];
        }
        long size = drawnBefore[values.length];
        if (size == 0) {
            throw new IllegalArgumentException("the resample is empty, expected at least one value");
        }
        long count = size * (size + 1) / 2;
        int lower = atRank((count - 1) / 2, drawnBefore, 0);
        int upper = count % 2 == 1 ? lower : atRank(count / 2, drawnBefore, lower);
        return (averages[lower] + averages[upper]) / 2;
    }

    /** @param rank from 0 on, among the resample's averages, which none before {@code from} has */
    private int atRank(long rank, long[] drawnBefore, int from) {
        int least = from;
        int most = averages.length - 1;
        while (least < most) {
            int middle = (least + most) >>> 1;
            if (notAbove(averages[middle], drawnBefore) > rank) {
                most = middle;
            } else {
                least = middle + 1;
            }
        }
        return least;
    }

    /** How many of the resample's averages are not above one. */
    private long notAbove(double average, long[] drawnBefore) {
        long passed = 0;
        int end = values.length;
        for (int i = 0; i < end; i++) {
            while (end > i && (values[i] + values[end - 1]) / 2 > average) {
                end--;
            }
            if (end > i) {
                long own = drawnBefore[i + 1] - drawnBefore[i];
                passed += own * (own + 1) / 2 + own * (drawnBefore[end] - drawnBefore[i + 1]);
            }
        }
        return passed;
    }
}
