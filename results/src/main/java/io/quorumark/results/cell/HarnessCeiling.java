package io.quorumark.results.cell;

import io.quorumark.results.stats.Interval;
import java.util.List;
import java.util.Optional;

/** What the engine that stores nothing carries, against engines that do. */
public final class HarnessCeiling {
    private HarnessCeiling() {}

    /** The fastest engine on the ceiling's workload that carried more than the ceiling; empty if none did, as it should be. */
    public static Optional<CellSummary> fasterEngine(CellSummary ceiling, List<CellSummary> cells, double confidence) {
        return cells.stream()
                .filter(each -> !each.cell().isHarnessCeiling()
                        && each.cell().workload().equals(ceiling.cell().workload())
                        && !each.cell().load().isPaced()
                        && !each.timesLifecycle()
                        && rate(each, confidence) > rate(ceiling, confidence))
                .max((a, b) -> Double.compare(rate(a, confidence), rate(b, confidence)));
    }

    /** Operations per second; not a number if no trial tells them. */
    public static double rate(CellSummary cell, double confidence) {
        return cell.throughputOpsPerSecond(confidence).map(Interval::estimate).orElse(Double.NaN);
    }
}
