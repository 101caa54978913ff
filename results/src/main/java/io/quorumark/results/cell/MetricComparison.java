package io.quorumark.results.cell;

import io.quorumark.results.metric.Metric;
import io.quorumark.results.stats.BlockedRatio;
import io.quorumark.results.stats.EquivalenceBand;
import io.quorumark.results.stats.Interval;
import io.quorumark.results.stats.Verdict;

/**
 * Two cells compared by a metric that does not decide: it says more of a difference, and passes or fails nothing.
 *
 * @param reference the reference's value in the metric's unit, over its valid trials that have it
 * @param value the same of the other cell
 * @param ratio how many times as good the cell is as its reference, by the blocks alone: above 1 is better, whichever the metric
 * @param holmPValue adjusted for all cells that are compared by this metric together
 * @param band within which differences do not count, and from which on they may be called
 */
public record MetricComparison(
        Metric metric,
        Interval reference,
        Interval value,
        BlockedRatio ratio,
        double holmPValue,
        EquivalenceBand band,
        Verdict verdict) {}
