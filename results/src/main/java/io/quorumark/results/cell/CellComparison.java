package io.quorumark.results.cell;

import io.quorumark.results.metric.Metric;
import io.quorumark.results.stats.BlockedRatio;
import io.quorumark.results.stats.EquivalenceBand;
import io.quorumark.results.stats.MinimumDetectableEffect;
import io.quorumark.results.stats.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * One engine against the reference on the same workload.
 *
 * @param cellId of the engine
 * @param referenceCellId of the reference engine
 * @param primary how many times as good the cell is as its reference by {@code judgedBy}, from blocks in which both count: above 1 is
 * better, whichever the metric
 * @param judgedBy the figure that p-value and verdict rest on
 * @param holmPValue adjusted for all comparisons of the campaign
 * @param detectable the smallest effect that this comparison could have shown, from the A/A arm of its workload or else from its own
 * blocks; empty if blocks are too few
 * @param band within which differences do not count, and from which on they may be called
 * @param verdict what it supports
 * @param others the same cells by the other metrics, in the catalogue's order
 */
public record CellComparison(
        String cellId,
        String referenceCellId,
        BlockedRatio primary,
        Metric judgedBy,
        double holmPValue,
        Optional<MinimumDetectableEffect> detectable,
        EquivalenceBand band,
        Verdict verdict,
        List<MetricComparison> others) {

    public CellComparison {
        others = List.copyOf(others);
    }

    /** How many times as good the cell is by a metric; empty if no block has it of both. */
    public Optional<BlockedRatio> ratio(Metric metric) {
        return metric == judgedBy
                ? Optional.of(primary)
                : others.stream()
                        .filter(other -> other.metric() == metric)
                        .map(MetricComparison::ratio)
                        .findFirst();
    }
}
