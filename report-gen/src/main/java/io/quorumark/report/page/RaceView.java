package io.quorumark.report.page;

import io.quorumark.report.chart.Key;
import io.quorumark.report.text.Figures;
import io.quorumark.report.text.MetricText;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Trial;
import java.util.ArrayList;
import java.util.List;

/** One race as a table and its charts; the names are the template's. */
public record RaceView(
        String id,
        String title,
        String setting,
        String caption,
        List<ColumnView> columns,
        List<RowView> rows,
        String ceiling,
        List<DataTable> steps,
        List<Figure> charts,
        List<DataTable> costs,
        List<ClassView> classes) {

    /** Latencies of one operation class. */
    public record ClassView(String summary, DataTable table) {}

    /**
     * @param kind {@code number} or {@code text}
     * @param first the order that the first press of its button sorts in
     */
    public record ColumnView(String title, String unit, String kind, String first) {}

    /** One contender's line. */
    public record RowView(
            String anchor,
            String engine,
            String key,
            String version,
            String cellId,
            String durability,
            List<String> caveats,
            List<FigureView> figures) {}

    /**
     * @param sort a plain number, or nothing if there is no figure
     * @param verdicts at most one
     */
    public record FigureView(String label, String text, String sub, String sort, List<VerdictView> verdicts) {}

    /** A verdict's word and style, and what it was held against. */
    public record VerdictView(String word, String tone, String terms) {}

    static RaceView of(ComparisonGroup race, Campaign campaign) {
        List<Figure> charts = new ArrayList<>();
        RatioForest.of(race, campaign).ifPresent(charts::add);
        RateCurve.of(race.id() + "-rates", race.contenders()).ifPresent(charts::add);
        LatencyCurve.of(race.id() + "-latency", Trial.ALL_OPERATIONS, race.contenders())
                .ifPresent(charts::add);
        ThroughputOverTime.of(race.id() + "-time", race.contenders()).ifPresent(charts::add);
        WriteWaterfall.of(race).ifPresent(charts::add);
        ReplicationLag.of(race.id() + "-lag", race.contenders()).ifPresent(charts::add);
        List<RowView> rows = new ArrayList<>();
        for (int i = 0; i < race.standings().size(); i++) {
            rows.add(row(race.id() + "-" + (i + 1), race.standings().get(i)));
        }
        return new RaceView(
                race.id(),
                race.title(),
                LabelledCells.setting(race.anyCell()),
                race.title() + ": Hodges-Lehmann estimates of the trials that count, with their intervals",
                columns(race),
                rows,
                race.ceiling().map(c -> ceiling(c, race)).orElse(""),
                RateCurve.tableOf(race.contenders()).stream().toList(),
                charts,
                tables(race),
                OperationClasses.of(race));
    }

    private static List<DataTable> tables(ComparisonGroup race) {
        List<DataTable> tables = new ArrayList<>(CostTables.of(race));
        StallTable.of(race).ifPresent(tables::add);
        return tables;
    }

    private static List<ColumnView> columns(ComparisonGroup race) {
        List<ColumnView> columns = new ArrayList<>();
        columns.add(new ColumnView("Engine", "what its acknowledged writes survive", "text", "ascending"));
        for (Metric metric : Metric.columns()) {
            columns.add(new ColumnView(
                    metric.title(), metric.note(), "number", metric.moreIsBetter() ? "descending" : "ascending"));
            if (metric == Metric.THROUGHPUT) {
                columns.add(new ColumnView(
                        "Ratio", "to " + race.reference().orElse("the reference"), "number", "descending"));
            }
        }
        return columns;
    }

    private static RowView row(String anchor, Standing standing) {
        LabelledCell contender = standing.contender();
        List<FigureView> figures = new ArrayList<>();
        for (Metric metric : Metric.columns()) {
            figures.add(figure(metric, standing.of(metric)));
            if (metric == Metric.THROUGHPUT) {
                figures.add(standing.comparison()
                        .map(RaceView::ratio)
                        .orElse(new FigureView("Ratio", Figures.ABSENT, "", "", List.of())));
            }
        }
        List<String> caveats = new ArrayList<>(contender.cell().caveats());
        caveats.addAll(standing.notes());
        return new RowView(
                anchor,
                contender.label(),
                Key.svg(contender.slot()),
                contender.cell().engineVersion(),
                contender.cell().id(),
                LabelledCells.durability(contender.cell()) + dataOverMemory(standing),
                caveats,
                figures);
    }

    private static String dataOverMemory(Standing standing) {
        Estimate ratio = standing.of(Metric.DATA_OVER_MEMORY);
        return ratio.isPresent()
                ? "; data " + MetricText.column(Metric.DATA_OVER_MEMORY, ratio.value()) + " of memory"
                : "";
    }

    private static FigureView figure(Metric metric, Estimate estimate) {
        return new FigureView(
                metric.title(),
                MetricText.column(metric, estimate.value()),
                estimate.hasInterval()
                        ? Figures.range(
                                        MetricText.column(metric, estimate.value()),
                                        MetricText.column(metric, estimate.low()),
                                        MetricText.column(metric, estimate.high()))
                                + " at " + Figures.confidence(estimate.confidence())
                        : "",
                estimate.isPresent() ? Figures.fixed(estimate.value(), 6) : "",
                List.of());
    }

    private static FigureView ratio(Comparison comparison) {
        return new FigureView(
                "Ratio",
                Figures.ratio(comparison.ratio().value()),
                comparison.interval(),
                comparison.ratio().isPresent()
                        ? Figures.fixed(comparison.ratio().value(), 6)
                        : "",
                List.of(new VerdictView(
                        comparison.verdict().text(), comparison.verdict().tone(), comparison.terms())));
    }

    private static String ceiling(Standing ceiling, ComparisonGroup race) {
        double most = ceiling.of(Metric.THROUGHPUT).value();
        double fastest = race.standings().stream()
                .mapToDouble(s -> s.of(Metric.THROUGHPUT).value())
                .filter(Double::isFinite)
                .max()
                .orElse(Double.NaN);
        return "An engine that stores nothing carried " + Figures.rate(most) + " ops/s at "
                + Figures.nanos(ceiling.of(Metric.CPU).value())
                + " of processor time per operation; the fastest engine here reached "
                + Figures.percent(fastest / most) + " of it.";
    }
}
