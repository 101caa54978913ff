package io.quorumark.results.stats;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Adjusts p-values for being one of several: S. Holm, "A Simple Sequentially Rejective Multiple Test Procedure", Scandinavian Journal of
 * Statistics 6 (1979).
 */
public final class Holm {
    private Holm() {}

    /** Adjusted p-values, in the order given. */
    public static double[] adjust(double[] pValues) {
        int count = pValues.length;
        int[] ascending = IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> pValues[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] adjusted = new double[count];
        double largest = 0;
        for (int rank = 0; rank < count; rank++) {
            int index = ascending[rank];
            largest = Math.max(largest, Math.min(1, (count - rank) * pValues[index]));
            adjusted[index] = largest;
        }
        return adjusted;
    }
}
