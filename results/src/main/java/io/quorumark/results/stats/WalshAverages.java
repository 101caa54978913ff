package io.quorumark.results.stats;

import java.util.Arrays;

/**
 * The averages of all pairs of a sample, each value with itself included, in ascending order and without being listed: one of given rank is
 * found by counting how many lie up to a value, in time linear in the sample, until so few are left between two values that these can be
 * listed. The counting is that of J. F. Monahan, "Fast Computation of the Hodges-Lehmann Location Estimator", ACM Transactions on
 * Mathematical Software 10 (1984). Immutable; keeps the arrays that it was made of.
 */
final class WalshAverages {
    /** So many are listed and sorted in the time of a few counts. */
    private static final int FEW = 64;

    /** How much closer to the wanted rank than before a count is aimed, if the averages between two values were spread evenly. */
    private static final int CLOSER = 32;

    private final double[] sorted;
    /** How many values there are before each place. */
    private final long[] before;

    private final int places;
    private final long count;
    private final long few;

    /** @param sample at least one value, finite */
    WalshAverages(double[] sample) {
        this(sortedCopy(sample), eachOnce(sample.length), sample.length);
    }

    /**
     * Of values that are in the sample several times.
     *
     * @param sorted ascending and finite
     * @param before how many values there are before each of these, and in the end how many there are
     * @param places how many of these arrays count, at least one
     */
    WalshAverages(double[] sorted, long[] before, int places) {
        this.sorted = sorted;
        this.before = before;
        this.places = places;
        this.count = before[places] * (before[places] + 1) / 2;
        this.few = Math.max(FEW, places / 4);
    }

    private static double[] sortedCopy(double[] sample) {
        if (sample.length == 0) {
            throw new IllegalArgumentException("the sample is empty, expected at least one value");
        }
        for (double value : sample) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("the sample holds " + value + ", expected finite values");
            }
        }
        double[] sorted = sample.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    private static long[] eachOnce(int length) {
        long[] before = new long[length + 1];
        Arrays.setAll(before, i -> i);
        return before;
    }

    long count() {
        return count;
    }

    double median() {
        return count % 2 == 1 ? at(count / 2) : mean(count / 2 - 1, count / 2);
    }

    /** @param rank 0-based */
    double at(long rank) {
        Range range = new Range();
        while (range.averages() > few && range.isDivisible()) {
            range.narrow(rank, rank);
        }
        return range.isDivisible() ? range.listed()[range.place(rank)] : range.greatest();
    }

    /** Of two averages with ranks next to each other. */
    private double mean(long rank, long next) {
        Range range = new Range();
        while (range.averages() > few && range.isDivisible()) {
            if (!range.narrow(rank, next)) {
                return (at(rank) + at(next)) / 2;
            }
        }
        if (!range.isDivisible()) {
            return range.greatest();
        }
        double[] listed = range.listed();
        return (listed[range.place(rank)] + listed[range.place(next)]) / 2;
    }

    /** How many are not above this value. */
    private long countUpTo(double value) {
        long found = 0;
        int end = places;
        for (int i = 0; i < end; i++) {
            while (end > i && (sorted[i] + sorted[end - 1]) / 2 > value) {
                end--;
            }
            if (end > i) {
                long own = before[i + 1] - before[i];
                found += own * (own + 1) / 2 + own * (before[end] - before[i + 1]);
            }
        }
        return found;
    }

    private static long ordered(double value) {
        long bits = Double.doubleToLongBits(value);
        return bits < 0 ? Long.MIN_VALUE - bits : bits;
    }

    private static double value(long ordered) {
        return Double.longBitsToDouble(ordered < 0 ? Long.MIN_VALUE - ordered : ordered);
    }

    /** The averages above one value and up to another, which are brought closer to each other. */
    private final class Range {
        // doubles and the integers made of their bits have the same order
        private long below = ordered(sorted[0]) - 1;
        private long most = ordered(sorted[places - 1]);
        private long countBelow;
        private long countMost = count;
        private boolean wasLowered;
        private double share = -1;
        private int looks;

        long averages() {
            return countMost - countBelow;
        }

        boolean isDivisible() {
            return below + 1 < most;
        }

        double greatest() {
            return value(most) + 0.0; // not the negative zero
        }

        int place(long rank) {
            return (int) (rank - countBelow);
        }

        /** @return whether both ranks are still in it; if not, nothing has changed */
        boolean narrow(long rank, long next) {
            long middle = looks++ % 3 == 2 ? middle() : guess(rank, next);
            long upTo = countUpTo(value(middle));
            share += (rank - upTo) / (double) count;
            if (upTo > next) {
                most = middle;
                countMost = upTo;
                wasLowered = true;
            } else if (upTo <= rank) {
                below = middle;
                countBelow = upTo;
            } else {
                return false;
            }
            return true;
        }

        /** Halves the range of doubles, so that any sample ends. */
        private long middle() {
            return (below & most) + ((below ^ most) >> 1); // their difference may overflow
        }

        /**
         * As long as one end is the sample's own, the value with about the same share of the sample below it. Then evenly between the ends,
         * a little past the wanted rank as seen from the end that is closer to it, so that the other end comes close as well.
         */
        private long guess(long rank, long next) {
            double guess;
            if (countBelow == 0 || !wasLowered) {
                share = share < 0 && looks == 1 ? rank / (double) count : share;
                guess = sorted[(int) Math.min(Math.max(share * places, 0), places - 1.0)];
            } else {
                double margin = Math.max(few / 3.0, averages() / (double) CLOSER);
                double aim = rank - countBelow < countMost - next ? next + margin : rank - margin;
                double least = value(below);
                guess = least + (value(most) - least) * ((aim - countBelow) / averages());
            }
            long ordered = Double.isNaN(guess) ? middle() : ordered(guess);
            return ordered > below && ordered < most ? ordered : middle();
        }

        private double[] listed() {
            double least = value(below);
            double greatest = value(most);
            double[] listed = new double[(int) averages()];
            int filled = 0;
            int begin = places; // the first place whose average with that at i is above the least
            int end = places; // the first whose average is above the greatest
            for (int i = 0; i < end; i++) {
                while (end > i && (sorted[i] + sorted[end - 1]) / 2 > greatest) {
                    end--;
                }
                while (begin > 0 && (sorted[i] + sorted[begin - 1]) / 2 > least) {
                    begin--;
                }
                long own = before[i + 1] - before[i];
                for (int j = Math.max(i, begin); j < end; j++) {
                    long times = i == j ? own * (own + 1) / 2 : own * (before[j + 1] - before[j]);
                    double average = (sorted[i] + sorted[j]) / 2 + 0.0; // not the negative zero
                    Arrays.fill(listed, filled, filled += (int) times, average);
                }
            }
            Arrays.sort(listed);
            return listed;
        }
    }
}
