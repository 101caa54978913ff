package io.quorumark.results.cell;

import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial;
import io.quorumark.results.stats.WindowSlope;
import io.quorumark.results.stats.WindowSlope.State;
import io.quorumark.results.text.Plural;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.statistics.descriptive.Median;

/**
 * How throughput went over the measured windows of a cell's valid trials.
 *
 * @param judged trials whose windows were long enough, and whose pace the engine set
 * @param falling of them, those whose throughput fell by more than the band
 * @param collapsing of those, the ones that would have come to nothing: stored as valid by a version that did not look
 * @param medianChange over the window, of the judged trials, such as -0.2; 0 if there are none
 */
public record CellSlope(int judged, int falling, int collapsing, double medianChange) {
    static CellSlope of(Cell cell, List<Trial> valid, double band) {
        List<WindowSlope> slopes = cell.load().isClosed()
                ? valid.stream()
                        .map(trial -> WindowSlope.of(Metric.operationsPerWindow(trial), band))
                        .filter(slope -> slope.state() != State.TOO_SHORT)
                        .toList()
                : List.of();
        return new CellSlope(
                slopes.size(),
                (int) slopes.stream().filter(WindowSlope::isFalling).count(),
                (int) slopes.stream()
                        .filter(slope -> slope.state() == State.COLLAPSES)
                        .count(),
                slopes.isEmpty()
                        ? 0
                        : Median.withDefaults()
                                .evaluate(slopes.stream()
                                        .mapToDouble(WindowSlope::changeOverSeries)
                                        .toArray()));
    }

    /** What stands beside the cell's throughput; empty if it fell in no trial. */
    public Optional<String> sentence() {
        return falling == 0
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "throughput fell over the window of %d of %s (median change %+.0f %%)%s: a longer run would show less.",
                        falling,
                        Plural.of(judged, "trial"),
                        100 * medianChange,
                        collapsing == 0 ? "" : ", in " + collapsing + " towards nothing"));
    }
}
