package io.quorumark.report.index;

import io.quorumark.report.chart.ChartSize;
import io.quorumark.report.chart.StackedChart;
import io.quorumark.report.page.DataTable;
import io.quorumark.report.page.Figure;
import io.quorumark.report.text.Figures;
import io.quorumark.report.text.MetricText;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.TargetKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What state machine and Raft add to a bare engine, by processor time: a stacked bar an engine, for every workload that campaigns of one
 * machine measured at more than one depth.
 */
final class Layers {
    /** From the inside to the outside. */
    private static final List<TargetKind> DEPTHS =
            List.of(TargetKind.ENGINE, TargetKind.STATE_MACHINE, TargetKind.CLUSTER);

    private static final List<String> PARTS = List.of("bare engine", "state machine adds", "replication adds");

    private Layers() {}

    /**
     * @param id that ids begin with
     * @param campaigns of one machine, the latest first: of two campaigns with the same cell the latest counts
     */
    static List<Figure> of(String id, List<CampaignCard> campaigns) {
        Map<LayerCell.Work, Map<TargetKind, LayerCell>> engines = new LinkedHashMap<>();
        campaigns.forEach(card -> card.layers()
                .forEach(cell -> engines.computeIfAbsent(cell.work(), work -> new EnumMap<>(TargetKind.class))
                        .putIfAbsent(cell.target(), cell)));
        SortedMap<String, List<Map<TargetKind, LayerCell>>> byWorkload = new TreeMap<>();
        engines.forEach((work, depths) -> {
            if (depths.size() > 1) {
                byWorkload
                        .computeIfAbsent(work.workload(), workload -> new ArrayList<>())
                        .add(depths);
            }
        });
        List<Figure> figures = new ArrayList<>();
        byWorkload.forEach(
                (workload, bars) -> figures.add(figure(id + "-layers-" + (figures.size() + 1), workload, bars)));
        return figures;
    }

    private static Figure figure(String id, String workload, List<Map<TargetKind, LayerCell>> engines) {
        List<StackedChart.Row> rows = new ArrayList<>();
        List<List<String>> body = new ArrayList<>();
        for (Map<TargetKind, LayerCell> depths : engines) {
            rows.add(new StackedChart.Row(name(depths), rows.size(), additions(depths)));
            DEPTHS.stream()
                    .flatMap(depth -> Stream.ofNullable(depths.get(depth)))
                    .map(Layers::line)
                    .forEach(body::add);
        }
        String title = "What replication costs on " + workload;
        StackedChart chart = new StackedChart(
                title + ". The table below holds the same figures.",
                "processor time per operation",
                PARTS,
                Figures::nanos,
                rows);
        return new Figure(
                id,
                title,
                "Processor time per operation of the same engine, workload, load and memory at different depths, each from the latest"
                        + " campaign that has it. A depth that was not measured is part of the next one. A bare engine commits each write"
                        + " by itself; a group commits many at once, on every member.",
                false,
                List.of(),
                chart.drawings(id, ChartSize.WIDE),
                List.of(new DataTable(
                        "The same engine at different depths, on " + workload,
                        List.of("engine", "reached", "ops/s", "p50", "p99", "CPU/op"),
                        body)));
    }

    /** What each depth has more than the one below it; nothing if it has less. */
    private static List<Double> additions(Map<TargetKind, LayerCell> depths) {
        List<Double> additions = new ArrayList<>();
        double below = 0;
        for (TargetKind depth : DEPTHS) {
            LayerCell cell = depths.get(depth);
            double nanos = cell == null ? below : Math.max(below, cell.cpuNanosPerOperation());
            additions.add(nanos - below);
            below = nanos;
        }
        return additions;
    }

    private static String name(Map<TargetKind, LayerCell> depths) {
        return depths.values().iterator().next().engineName();
    }

    private static List<String> line(LayerCell cell) {
        return List.of(
                cell.engineName() + " " + cell.engineVersion(),
                switch (cell.target()) {
                    case ENGINE -> "bare engine";
                    case STATE_MACHINE -> "state machine";
                    case CLUSTER -> "replicated";
                },
                MetricText.column(Metric.THROUGHPUT, cell.throughputOpsPerSecond()),
                MetricText.column(Metric.P50, cell.p50Micros()),
                MetricText.column(Metric.P99, cell.p99Micros()),
                MetricText.column(Metric.CPU, cell.cpuNanosPerOperation()));
    }
}
