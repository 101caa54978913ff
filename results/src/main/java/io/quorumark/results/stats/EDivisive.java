package io.quorumark.results.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.ArraySampler;
import org.apache.commons.rng.simple.RandomSource;
import org.apache.commons.statistics.descriptive.Median;

/**
 * Change points in the history of a figure: D. S. Matteson, N. A. James, "A Nonparametric Approach for Multiple Change Point Analysis of
 * Multivariate Data", Journal of the American Statistical Association 109 (2014), with exponent 1. The series is cut where the energy
 * distance between what lies before and after is largest, as long as a permutation test within the segments so far calls that cut
 * significant. As in D. Daly et al., "The Use of Change Point Detection to Identify Software Performance Regressions in a Continuous
 * Integration System", ICPE (2020), both sides of a cut reach to the ends of their segment.
 *
 * <p>Values are taken by their logarithms, so that a loss of a half and a gain of a factor of 2 are as large. It is meant to alert, not to
 * gate: a history is no experiment, and its points were measured by different machines' days.
 */
public final class EDivisive {
    /** A segment has no fewer points. */
    public static final int LEAST_POINTS = 3;

    private static final int PERMUTATIONS = 499;

    private final double significance;
    private final double leastMagnitude;
    private final long seed;

    /**
     * @param significance of each cut, such as 0.01; no less than 0.002, the smallest p-value that the test can give
     * @param leastMagnitude relative change between two segments' medians below which a change is not reported, such as twice the minimum
     * detectable effect; 0 reports all
     * @param seed of the permutations
     */
    public EDivisive(double significance, double leastMagnitude, long seed) {
        if (!(significance >= 1.0 / (PERMUTATIONS + 1) && significance < 1)) {
            throw new IllegalArgumentException(
                    "significance is " + significance + ", expected " + 1.0 / (PERMUTATIONS + 1) + " to 1");
        }
        if (!(leastMagnitude >= 0 && leastMagnitude < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "leastMagnitude is " + leastMagnitude + ", expected a finite number from 0 on");
        }
        this.significance = significance;
        this.leastMagnitude = leastMagnitude;
        this.seed = seed;
    }

    /**
     * Where the level or the spread changed.
     *
     * @param index of the first point after the change, 0-based
     * @param before median of the segment that ends there
     * @param after median of the segment that begins there
     * @param pValue of the cut when it was made; finer cuts were made later
     */
    public record ChangePoint(int index, double before, double after, double pValue) {
        /** What the median became, over what it was. */
        public double ratio() {
            return after / before;
        }
    }

    /**
     * @param history in order of time, finite and above 0
     * @return in order of time; empty if nothing changed, or there are too few points to tell
     */
    public List<ChangePoint> changePoints(double[] history) {
        double[] logs = new double[history.length];
        for (int i = 0; i < history.length; i++) {
            if (!(history[i] > 0 && history[i] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "point " + i + " is " + history[i] + ", expected a finite number above 0; leave it out");
            }
            logs[i] = Math.log(history[i]);
        }
        return large(history, cuts(logs));
    }

    /** All significant cuts, in order. */
    private List<Cut> cuts(double[] logs) {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        List<Segment> segments = new ArrayList<>(List.of(new Segment(logs, 0, logs.length)));
        List<Cut> cuts = new ArrayList<>();
        while (true) {
            Segment widest = segments.stream()
                    .max(Comparator.comparingDouble(segment -> segment.best.distance()))
                    .orElseThrow();
            Split split = widest.best;
            double pValue = split.distance() > 0 ? pValue(segments, split.distance(), random) : 1;
            if (pValue > significance) {
                cuts.sort(Comparator.comparingInt(Cut::index));
                return cuts;
            }
            int index = widest.from + split.size();
            cuts.add(new Cut(index, pValue));
            segments.remove(widest);
            segments.add(new Segment(logs, widest.from, index));
            segments.add(new Segment(logs, index, widest.to));
        }
    }

    /** How often points that are shuffled within their segments can be cut as well. */
    private static double pValue(List<Segment> segments, double observed, UniformRandomProvider random) {
        int reached = 1;
        for (int i = 0; i < PERMUTATIONS; i++) {
            for (Segment segment : segments) {
                if (segment.shuffledDistance(random) >= observed) {
                    reached++;
                    break;
                }
            }
        }
        return reached / (PERMUTATIONS + 1.0);
    }

    /** Without the changes that are too small: the smallest is taken away first, since its neighbours' segments then grow together. */
    private List<ChangePoint> large(double[] history, List<Cut> cuts) {
        List<Cut> left = new ArrayList<>(cuts);
        while (true) {
            List<ChangePoint> points = points(history, left);
            int smallest = IntStream.range(0, points.size())
                    .boxed()
                    .min(Comparator.comparingDouble(i -> magnitude(points.get(i))))
                    .orElse(-1);
            if (smallest < 0 || magnitude(points.get(smallest)) >= Math.log1p(leastMagnitude)) {
                return points;
            }
            left.remove(smallest);
        }
    }

    private static double magnitude(ChangePoint point) {
        return Math.abs(Math.log(point.ratio()));
    }

    private static List<ChangePoint> points(double[] history, List<Cut> cuts) {
        List<ChangePoint> points = new ArrayList<>();
        for (int i = 0; i < cuts.size(); i++) {
            int from = i == 0 ? 0 : cuts.get(i - 1).index();
            int at = cuts.get(i).index();
            int to = i == cuts.size() - 1 ? history.length : cuts.get(i + 1).index();
            points.add(new ChangePoint(
                    at,
                    median(history, from, at),
                    median(history, at, to),
                    cuts.get(i).pValue()));
        }
        return points;
    }

    private static double median(double[] values, int from, int to) {
        return Median.withDefaults().withCopy(true).evaluateRange(values, from, to);
    }

    /**
     * The largest scaled energy distance of any cut of the values, and how many lie before it; a distance of 0 if they cannot be cut.
     */
    static Split bestSplit(double[] values) {
        return new Segment(values, 0, values.length).best;
    }

    /**
     * @param size how many points lie before it
     * @param distance between what lies before and after: the paper's statistic, scaled by both sizes
     */
    record Split(int size, double distance) {}

    private record Cut(int index, double pValue) {}

    /**
     * Points between two cuts. The sums of distances that each cut needs grow by one point at a time; a Fenwick tree over the points' ranks
     * gives each step in logarithmic time, so that a shuffle of n points costs n log n.
     */
    private static final class Segment {
        private final int from;
        private final int to;
        private final double[] sorted;
        /** The points' ranks, in order of time at first, shuffled later. */
        private final int[] ranks;
        /** Of each rank to all points. */
        private final double[] distances;

        private final double allDistances;
        private final double[] treeOfSums;
        private final int[] treeOfCounts;
        private final Split best;

        Segment(double[] logs, int from, int to) {
            this.from = from;
            this.to = to;
            int size = to - from;
            double centre =
                    size == 0 ? 0 : Arrays.stream(logs, from, to).average().orElseThrow();
            int[] order = IntStream.range(from, to)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> logs[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            ranks = new int[size];
            sorted = new double[size];
            for (int rank = 0; rank < size; rank++) {
                ranks[order[rank] - from] = rank;
                sorted[rank] = logs[order[rank]] - centre;
            }
            treeOfSums = new double[size + 1];
            treeOfCounts = new int[size + 1];
            distances = new double[size];
            double total = Arrays.stream(sorted).sum();
            double below = 0;
            double pairs = 0;
            for (int rank = 0; rank < size; rank++) {
                below += sorted[rank];
                distances[rank] = distance(sorted[rank], rank + 1, below, size, total);
                pairs += distances[rank] / 2;
            }
            allDistances = pairs;
            best = best();
        }

        double shuffledDistance(UniformRandomProvider random) {
            if (ranks.length < 2 * LEAST_POINTS) {
                return 0;
            }
            ArraySampler.shuffle(random, ranks);
            return best().distance();
        }

        /** Sum of a value's distances to points of which {@code lower} are not above it. */
        private static double distance(double value, int lower, double lowerSum, int count, double sum) {
            return value * (2.0 * lower - count) - 2 * lowerSum + sum;
        }

        private Split best() {
            int size = ranks.length;
            Arrays.fill(treeOfSums, 0);
            Arrays.fill(treeOfCounts, 0);
            double sum = 0;
            double withinLeft = 0;
            double withinRight = allDistances;
            int bestSize = 0;
            double bestDistance = 0;
            for (int left = 1; left <= size - LEAST_POINTS; left++) {
                int rank = ranks[left - 1];
                double value = sorted[rank];
                int lower = 0;
                double lowerSum = 0;
                for (int node = rank + 1; node > 0; node -= node & -node) {
                    lower += treeOfCounts[node];
                    lowerSum += treeOfSums[node];
                }
                double toLeft = distance(value, lower, lowerSum, left - 1, sum);
                withinLeft += toLeft;
                withinRight -= distances[rank] - toLeft;
                for (int node = rank + 1; node <= size; node += node & -node) {
                    treeOfCounts[node]++;
                    treeOfSums[node] += value;
                }
                sum += value;
                if (left >= LEAST_POINTS) {
                    double distance = energy(left, size - left, withinLeft, withinRight);
                    if (distance > bestDistance) {
                        bestDistance = distance;
                        bestSize = left;
                    }
                }
            }
            return new Split(bestSize, bestDistance);
        }

        /** Twice the mean distance between both sides, less the mean distance within each, scaled by their sizes. */
        private double energy(int left, int right, double withinLeft, double withinRight) {
            double between = allDistances - withinLeft - withinRight;
            double distance = 2 * between / ((double) left * right)
                    - 2 * withinLeft / (left * (left - 1.0))
                    - 2 * withinRight / (right * (right - 1.0));
            return distance * left * right / (left + right);
        }
    }
}
