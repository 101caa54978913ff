package io.quorumark.results.analysis;

import io.quorumark.results.stats.BlockedRatio;
import io.quorumark.results.stats.Verdict;

/**
 * One engine against the reference on the same workload, by throughput.
 *
 * @param cellId of the engine
 * @param referenceCellId of the reference engine
 * @param throughput engine over reference, from blocks in which both count
 * @param holmPValue adjusted for all comparisons of the campaign
 * @param verdict what it supports
 */
public record CellComparison(
        String cellId, String referenceCellId, BlockedRatio throughput, double holmPValue, Verdict verdict) {}
