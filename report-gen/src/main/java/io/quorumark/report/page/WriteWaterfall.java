package io.quorumark.report.page;

import io.quorumark.report.chart.ChartSize;
import io.quorumark.report.chart.StackedChart;
import io.quorumark.report.text.Figures;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Latency;
import io.quorumark.results.model.Trial.Replication;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the time of a replicated write went on the leader: what Raft costs, and what the engine costs. */
final class WriteWaterfall {
    private WriteWaterfall() {}

    static Optional<Figure> of(String id, List<LabelledCell> labelledCells) {
        List<StackedChart.Row> rows = new ArrayList<>();
        List<List<String>> body = new ArrayList<>();
        for (LabelledCell labelledCell : labelledCells) {
            List<Trial> timed = labelledCell.trials().stream()
                    .filter(trial -> !trial.replication().writeStages().isEmpty())
                    .toList();
            if (!timed.isEmpty()) {
                rows.add(new StackedChart.Row(labelledCell.label(), labelledCell.slot(), means(timed)));
                body.add(line(labelledCell, timed));
            }
        }
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        StackedChart chart = new StackedChart(
                "Where the time of writes went. The table below holds the same figures.",
                "mean time of a write on the leader",
                Replication.STAGES,
                Figures::micros,
                rows);
        List<String> head = new ArrayList<>(List.of("engine"));
        Replication.STAGES.forEach(stage -> head.add(stage + ", mean"));
        head.add("sum");
        head.add("log-sync, p99");
        return Optional.of(new Figure(
                id,
                "Where a write's time goes",
                "Mean of each stage on the leader, median of the trials. queue: until the log takes the entry; log-append: encoding"
                        + " it; log-sync: the log engine's commit,"
                        + " with a sync where its durability asks for one; replicate: until a majority has it; apply: the state"
                        + " engine's commit; reply: until the caller knows."
                        + " One write in 61 is timed.",
                false,
                chart.drawings(id, ChartSize.WIDE),
                new DataTable("Stages of a write, median of the trials", head, body)));
    }

    private static List<Double> means(List<Trial> trials) {
        return Replication.STAGES.stream()
                .map(stage -> median(of(trials, stage).map(Latency::meanMicros)))
                .toList();
    }

    private static List<String> line(LabelledCell labelledCell, List<Trial> trials) {
        List<Double> means = means(trials);
        List<String> line = new ArrayList<>(List.of(labelledCell.label()));
        means.forEach(mean -> line.add(Figures.micros(mean)));
        line.add(Figures.micros(means.stream().mapToDouble(Double::doubleValue).sum()));
        List<Double> tails = of(trials, "log-sync")
                .flatMap(times -> Stream.ofNullable(times.percentileMicros().get("99")))
                .toList();
        line.add(tails.size() == trials.size() ? Figures.micros(Medians.median(tails)) : Figures.ABSENT);
        return line;
    }

    private static Stream<Latency> of(List<Trial> trials, String stage) {
        return trials.stream()
                .flatMap(trial ->
                        Stream.ofNullable(trial.replication().writeStages().get(stage)));
    }

    private static double median(Stream<Double> values) {
        double median = Medians.median(values.toList());
        return Double.isNaN(median) ? 0 : median;
    }
}
