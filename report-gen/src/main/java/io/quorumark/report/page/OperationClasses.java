package io.quorumark.report.page;

import io.quorumark.report.text.Figures;
import io.quorumark.results.model.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Response times of each operation class on its own: a workload's mix hides which of them is slow. */
final class OperationClasses {

    private static final List<String> PERCENTILES = List.of("50", "90", "99", "99.9", "99.99");

    private OperationClasses() {}

    /** One table for each class, or none if the workload has one class only. */
    static List<GroupView.ClassView> of(ComparisonGroup group) {
        TreeSet<String> names = new TreeSet<>();
        group.labelledCells()
                .forEach(c -> c.trials().forEach(t -> names.addAll(t.latency().keySet())));
        names.remove(Trial.ALL_OPERATIONS);
        if (names.size() < 2) {
            return List.of();
        }
        return names.stream()
                .map(name -> new GroupView.ClassView("Response time of " + name, table(name, group)))
                .toList();
    }

    private static DataTable table(String operationClass, ComparisonGroup group) {
        List<String> head = new ArrayList<>(List.of("engine", "count", "mean"));
        PERCENTILES.forEach(p -> head.add("p" + p));
        head.add("max");
        List<List<String>> body = new ArrayList<>();
        for (LabelledCell labelledCell : group.labelledCells()) {
            List<Trial.Latency> latencies = labelledCell.trials().stream()
                    .flatMap(t -> java.util.stream.Stream.ofNullable(t.latency().get(operationClass)))
                    .toList();
            List<String> row = new ArrayList<>(List.of(
                    labelledCell.label(),
                    Figures.rate(Medians.median(
                            latencies.stream().map(l -> (double) l.count()).toList())),
                    Figures.micros(Medians.median(
                            latencies.stream().map(Trial.Latency::meanMicros).toList()))));
            for (String percentile : PERCENTILES) {
                List<Double> values = latencies.stream()
                        .flatMap(l -> java.util.stream.Stream.ofNullable(
                                l.percentileMicros().get(percentile)))
                        .toList();
                // as in the curve: only if every trial supports it
                row.add(values.size() == latencies.size() ? Figures.micros(Medians.median(values)) : Figures.ABSENT);
            }
            row.add(Figures.micros(Medians.median(
                    latencies.stream().map(Trial.Latency::maxMicros).toList())));
            body.add(row);
        }
        return new DataTable(operationClass + ", median of the trials", head, body);
    }
}
