package io.quorumark.report.page;

import io.quorumark.report.text.Figures;
import io.quorumark.results.model.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** By how many log entries the slowest member was behind the furthest one, in each second of the measured window. */
final class ReplicationLag {
    private ReplicationLag() {}

    static SortedMap<Integer, Long> worstBySecond(Trial trial) {
        SortedMap<Integer, Long> worst = new TreeMap<>();
        for (List<Long> member : trial.replication().lagEntries().values()) {
            for (int second = 0; second < member.size(); second++) {
                worst.merge(second, member.get(second), Math::max);
            }
        }
        return worst;
    }

    /** Empty if no trial has a group. */
    static Optional<DataTable> table(List<LabelledCell> labelledCells) {
        List<List<String>> body = new ArrayList<>();
        for (LabelledCell labelledCell : labelledCells) {
            List<Double> all = labelledCell.trials().stream()
                    .flatMap(trial -> worstBySecond(trial).values().stream())
                    .map(Long::doubleValue)
                    .toList();
            if (!all.isEmpty()) {
                body.add(List.of(
                        labelledCell.label(),
                        Figures.fixed(Medians.median(all), 0),
                        Figures.fixed(
                                all.stream()
                                        .mapToDouble(Double::doubleValue)
                                        .max()
                                        .orElse(0),
                                0)));
            }
        }
        return body.isEmpty()
                ? Optional.empty()
                : Optional.of(new DataTable(
                        "Replication lag in log entries, over the seconds of all trials",
                        List.of("engine", "median", "most"),
                        body));
    }
}
