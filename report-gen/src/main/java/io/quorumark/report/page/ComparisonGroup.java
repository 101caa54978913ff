package io.quorumark.report.page;

import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.Cell;
import java.util.List;
import java.util.Optional;

/**
 * Cells that differ in the engine alone.
 *
 * @param id of its heading
 * @param title the workload, with what sets it apart if the campaign has it twice
 * @param cells in the plan's order, without the ceiling
 * @param ceiling what the harness does on an engine that stores nothing
 */
public record ComparisonGroup(String id, String title, List<ComparedCell> cells, Optional<ComparedCell> ceiling) {

    public ComparisonGroup {
        cells = List.copyOf(cells);
    }

    /** A cell whose setting all others share. */
    public Cell anyCell() {
        return cells.isEmpty()
                ? ceiling.orElseThrow().labelledCell().cell()
                : cells.get(0).labelledCell().cell();
    }

    /** The figure that ratios are of, in words. */
    public String comparedBy() {
        Cell.Load load = anyCell().load();
        return Metric.primaryOf(load).words(load);
    }

    public List<LabelledCell> labelledCells() {
        return cells.stream().map(ComparedCell::labelledCell).toList();
    }

    /** The label of the engine that ratios are taken against. */
    public Optional<String> reference() {
        return cells.stream()
                .filter(s -> s.comparison()
                        .filter(c -> c.verdict() == Comparison.WordedVerdict.REFERENCE)
                        .isPresent())
                .map(s -> s.labelledCell().label())
                .findFirst();
    }
}
