package io.quorumark.report.index;

import io.quorumark.report.page.ComparedCell;
import io.quorumark.report.page.ComparisonGroup;
import io.quorumark.report.page.LabelledCell;
import io.quorumark.report.page.ReportContent;
import io.quorumark.report.text.Figures;
import io.quorumark.report.text.MetricText;
import io.quorumark.results.gate.SameCell;
import io.quorumark.results.metric.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A figure that an index follows over the campaigns of one machine: what the reference did, and the highest ratio to it.
 *
 * @param series the same in campaigns that may stand in one line: the figure, and the reference's cell in all but its version
 * @param name what it is
 * @param value as a number
 * @param text as people read it
 */
public record TrackedFigure(String series, String name, double value, String text) {

    /** Of the first workload that has a reference; none if nothing was compared. */
    static List<TrackedFigure> of(ReportContent content) {
        return content.groups().stream()
                .filter(group -> reference(group).isPresent())
                .findFirst()
                .map(TrackedFigure::of)
                .orElse(List.of());
    }

    private static List<TrackedFigure> of(ComparisonGroup group) {
        ComparedCell reference = reference(group).orElseThrow();
        LabelledCell cell = reference.labelledCell();
        Metric metric = Metric.primaryOf(cell.cell().load());
        String series = SameCell.of(cell.cell()).id() + "/" + metric.id();
        List<TrackedFigure> figures = new ArrayList<>();
        double level = reference.of(metric).value();
        if (Double.isFinite(level)) {
            figures.add(new TrackedFigure(
                    series,
                    cell.cell().engineName() + " on " + group.title(),
                    level,
                    MetricText.level(metric, level) + " "
                            + metric.words(cell.cell().load())));
        }
        highest(group)
                .ifPresent(standing -> standing.comparison()
                        .map(comparison -> comparison.ratio().value())
                        .ifPresent(ratio -> figures.add(new TrackedFigure(
                                series + "/highest",
                                "Highest ratio to it",
                                ratio,
                                Figures.ratio(ratio) + ", "
                                        + standing.labelledCell().label()))));
        return figures;
    }

    private static Optional<ComparedCell> reference(ComparisonGroup group) {
        return group.reference()
                .flatMap(label -> group.cells().stream()
                        .filter(standing -> standing.labelledCell().label().equals(label))
                        .findFirst());
    }

    /** Of those that are compared, the reference itself left out. */
    private static Optional<ComparedCell> highest(ComparisonGroup group) {
        Optional<ComparedCell> reference = reference(group);
        return group.cells().stream()
                .filter(standing -> !reference.equals(Optional.of(standing)))
                .filter(standing -> standing.comparison()
                        .filter(comparison -> comparison.ratio().isPresent())
                        .isPresent())
                .max(Comparator.comparingDouble(standing -> standing.comparison()
                        .map(comparison -> comparison.ratio().value())
                        .orElse(Double.NaN)));
    }
}
