package io.quorumark.results.decision;

import io.quorumark.results.cell.CellSummary;
import io.quorumark.results.model.Cell;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One workload under one load in one campaign: what options are compared within.
 *
 * @param title unlike every other setting's
 * @param campaign 0-based, in the order that campaigns were given in
 * @param cells by the option's name, in the campaign's order
 */
public record Setting(String title, int campaign, Map<String, CellSummary> cells) {
    public Setting {
        cells = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(cells));
    }

    /** The cell of an option; empty if it was not measured here. */
    public Optional<CellSummary> of(Option option) {
        return Optional.ofNullable(cells.get(option.name()));
    }

    /** A cell whose setting all others share. */
    public Cell anyCell() {
        return cells.values().iterator().next().cell();
    }

    /** Whether trials here time what happens to an engine besides operations. */
    public boolean timesLifecycle() {
        return cells.values().stream().anyMatch(CellSummary::timesLifecycle);
    }
}
