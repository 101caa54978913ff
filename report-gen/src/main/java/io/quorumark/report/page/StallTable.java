package io.quorumark.report.page;

import io.quorumark.report.text.Figures;
import io.quorumark.results.model.Stall;
import io.quorumark.results.model.Stall.Coincidence;
import io.quorumark.results.model.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The longest stalls of each cell over its trials, and what coincided with each: why the tail is what it is. */
final class StallTable {
    /** Of each cell: more than its trial's ten would hide the others. */
    private static final int MOST_EACH = 10;

    private StallTable() {}

    /** Empty if nobody watched: results of earlier versions, trials that took turns. */
    static Optional<DataTable> of(ComparisonGroup group) {
        List<List<String>> body = new ArrayList<>();
        group.labelledCells().forEach(labelledCell -> body.addAll(rows(labelledCell)));
        return body.isEmpty()
                ? Optional.empty()
                : Optional.of(new DataTable(
                        "Longest stalls and what coincided with them",
                        List.of("engine", "trial", "at second", "response time", "operation", "coincided"),
                        body));
    }

    private record OfTrial(Trial trial, Stall stall) {}

    private static List<List<String>> rows(LabelledCell labelledCell) {
        return labelledCell.trials().stream()
                .filter(trial -> trial.stalls() != null)
                .flatMap(trial -> trial.stalls().stream().map(stall -> new OfTrial(trial, stall)))
                .sorted(Comparator.comparingDouble(
                                (OfTrial each) -> each.stall().millis())
                        .reversed())
                .limit(MOST_EACH)
                .map(each -> row(labelledCell.label(), each))
                .toList();
    }

    private static List<String> row(String label, OfTrial each) {
        Stall stall = each.stall();
        return List.of(
                label,
                "block " + (each.trial().block() + 1),
                Figures.fixed(stall.atSeconds(), 2),
                Figures.nanos(stall.millis() * 1e6),
                stall.operationClass(),
                stall.coincided().isEmpty()
                        ? "nothing that is watched"
                        : stall.coincided().stream().map(StallTable::words).collect(Collectors.joining(", ")));
    }

    private static String words(Coincidence coincidence) {
        return coincidence.kind().replace('-', ' ') + " " + Figures.nanos(coincidence.millis() * 1e6);
    }
}
