package io.quorumark.report.page;

import io.quorumark.report.text.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The longest stalls of each labelledCell over its trials, and what coincided with each: why the tail is what it is. */
final class StallTable {
    /** The script of the page knows the table by its first words. */
    private static final String TITLE = "Longest stalls and what coincided with them";

    private StallTable() {}

    /** Empty if nobody watched. */
    static Optional<DataTable> of(List<LabelledCell> labelledCells) {
        List<List<String>> body = new ArrayList<>();
        labelledCells.forEach(labelledCell ->
                TrialStall.longestOf(labelledCell).forEach(each -> body.add(row(labelledCell.label(), each))));
        return body.isEmpty()
                ? Optional.empty()
                : Optional.of(new DataTable(
                        TITLE,
                        List.of("engine", "trial", "at second", "response time", "operation", "coincided"),
                        body,
                        true));
    }

    private static List<String> row(String label, TrialStall each) {
        return List.of(
                label,
                each.block(),
                Figures.fixed(each.stall().atSeconds(), 2),
                Figures.nanos(each.stall().millis() * 1e6),
                each.stall().operationClass(),
                each.coincided());
    }
}
