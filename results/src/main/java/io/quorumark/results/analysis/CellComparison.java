package io.quorumark.results.analysis;

import io.quorumark.results.stats.BlockedRatio;
import io.quorumark.results.stats.EquivalenceBand;
import io.quorumark.results.stats.MinimumDetectableEffect;
import io.quorumark.results.stats.Verdict;
import java.util.Optional;

/**
 * One engine against the reference on the same workload.
 *
 * @param cellId of the engine
 * @param referenceCellId of the reference engine
 * @param throughput engine over reference, from blocks in which both count
 * @param p99 how many times shorter the engine's 99th percentile of response time is than the reference's, so that above 1 is better here, too; empty where no block has
 *     enough samples of both
 * @param judgedBy the figure that p-value and verdict rest on
 * @param holmPValue adjusted for all comparisons of the campaign
 * @param detectable the smallest effect that this comparison could have shown, from the A/A arm of its workload or else from its own blocks; empty where blocks are too few
 * @param band within which differences do not count
 * @param verdict what it supports
 */
public record CellComparison(
        String cellId,
        String referenceCellId,
        BlockedRatio throughput,
        Optional<BlockedRatio> p99,
        Figure judgedBy,
        double holmPValue,
        Optional<MinimumDetectableEffect> detectable,
        EquivalenceBand band,
        Verdict verdict) {

    /** The ratio that the verdict rests on. */
    public BlockedRatio primary() {
        return judgedBy == Figure.P99 ? p99.orElseThrow() : throughput;
    }
}
