package io.quorumark.report.page;

import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.Cell;
import java.util.List;
import java.util.Optional;

/**
 * Contenders that differ in the engine alone.
 *
 * @param id of its heading
 * @param title the workload, with what sets it apart where the campaign has it twice
 * @param standings in the plan's order, without the ceiling
 * @param ceiling what the harness does on an engine that stores nothing
 */
public record ComparisonGroup(String id, String title, List<Standing> standings, Optional<Standing> ceiling) {

    public ComparisonGroup {
        standings = List.copyOf(standings);
    }

    /** A cell whose setting all others share. */
    public Cell anyCell() {
        return standings.isEmpty()
                ? ceiling.orElseThrow().contender().cell()
                : standings.get(0).contender().cell();
    }

    /** The figure that ratios are of, in words. */
    public String comparedBy() {
        Cell.Load load = anyCell().load();
        return Metric.primaryOf(load).words(load);
    }

    public List<LabelledCell> contenders() {
        return standings.stream().map(Standing::contender).toList();
    }

    /** The label of the engine that ratios are taken against. */
    public Optional<String> reference() {
        return standings.stream()
                .filter(s -> s.comparison()
                        .filter(c -> c.verdict() == Comparison.Verdict.REFERENCE)
                        .isPresent())
                .map(s -> s.contender().label())
                .findFirst();
    }
}
