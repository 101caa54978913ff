package io.quorumark.report.page;

import io.quorumark.report.chart.Key;
import io.quorumark.report.chart.RatioStrip;
import io.quorumark.report.text.Figures;
import io.quorumark.report.text.MetricText;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One group as a table and its charts. The names are the template's.
 *
 * @param setting of its cells
 * @param again whether a group before it has the same, so that paper need not repeat it
 */
public record GroupView(
        String id,
        String title,
        String setting,
        boolean again,
        String caption,
        List<ColumnView> columns,
        List<RowView> rows,
        String ceiling,
        List<DataTable> steps,
        List<Figure> charts,
        List<DataTable> costs,
        List<ClassView> classes) {

    private static final Pattern UNITS_DIFFER = Pattern.compile("(?<=\\p{L})(,)\u00a0");

    /** Latencies of one operation class. */
    public record ClassView(String summary, DataTable table) {}

    /**
     * @param kind {@code number} or {@code text}
     * @param first the order that the first press of its button sorts in
     * @param axis of the drawings below, for pages
     */
    public record ColumnView(String title, String unit, String kind, String first, String axis) {}

    /** One labelledCell's line. */
    public record RowView(
            String anchor,
            String engine,
            String key,
            String version,
            String cellId,
            String durability,
            List<Caveat> caveats,
            List<FigureView> figures) {}

    /**
     * @param sort a plain number, or nothing if there is no figure
     * @param strip a drawing of it, for pages
     * @param verdicts at most one
     */
    public record FigureView(
            String label, String text, String sub, String sort, String strip, List<VerdictView> verdicts) {}

    /** A verdict's word and style, and what it was held against. */
    public record VerdictView(String word, String tone, String terms) {}

    /** @param trials of the whole campaign, those that do not count included */
    static GroupView of(ComparisonGroup group, boolean again, Campaign campaign, List<Trial> trials) {
        RatioStrip strip = strip(group, campaign.design().equivalenceBand());
        List<RowView> rows = new ArrayList<>();
        for (int i = 0; i < group.cells().size(); i++) {
            rows.add(row(group.id() + "-" + (i + 1), group.cells().get(i), strip));
        }
        return new GroupView(
                group.id(),
                group.title(),
                LabelledCells.setting(group.anyCell()),
                again,
                group.title()
                        + ": Hodges–Lehmann estimates of the trials that count, with intervals. Grey: differences of up to ± "
                        + Figures.percent(campaign.design().equivalenceBand()) + " that count as none.",
                columns(group, strip),
                rows,
                group.ceiling().map(c -> ceiling(c, group)).orElse(""),
                Stream.concat(
                                RateCurve.tablesOf(group.labelledCells(), trials).stream(),
                                PacedWindows.table(group.labelledCells()).stream())
                        .toList(),
                CellCharts.of(
                        group.id(),
                        group.labelledCells(),
                        group.ceiling().map(ComparedCell::labelledCell).stream().toList()),
                tables(group),
                OperationClasses.of(group));
    }

    private static List<DataTable> tables(ComparisonGroup group) {
        List<DataTable> tables = new ArrayList<>(CostTables.of(group));
        tables.addAll(CellCharts.stalls(group.labelledCells()));
        return tables;
    }

    /** All ratios of the group on one axis. */
    private static RatioStrip strip(ComparisonGroup group, double equivalenceBand) {
        return new RatioStrip(
                equivalenceBand,
                group.cells().stream()
                        .flatMap(standing -> mark(standing).stream())
                        .toList());
    }

    private static Optional<RatioStrip.Mark> mark(ComparedCell standing) {
        LabelledCell labelledCell = standing.labelledCell();
        return standing.comparison()
                .filter(comparison -> comparison.ratio().isPresent())
                .map(comparison -> new RatioStrip.Mark(
                        labelledCell.label(),
                        labelledCell.slot(),
                        comparison.ratio().value(),
                        comparison.ratio().low(),
                        comparison.ratio().high(),
                        comparison.figures() + ", " + comparison.verdict().text()));
    }

    private static List<ColumnView> columns(ComparisonGroup group, RatioStrip strip) {
        List<ColumnView> columns = new ArrayList<>();
        columns.add(new ColumnView("Engine", "what its acknowledged writes survive", "text", "ascending", ""));
        for (Metric metric : Metric.columns()) {
            columns.add(new ColumnView(
                    metric.title(), metric.note(), "number", metric.moreIsBetter() ? "descending" : "ascending", ""));
            if (metric == Metric.THROUGHPUT) {
                columns.add(new ColumnView(
                        "Ratio",
                        "of " + group.comparedBy() + " to " + group.reference().orElse("the reference"),
                        "number",
                        "descending",
                        strip.marks().size() < 2 ? "" : strip.axis(ratio -> Figures.fixed(ratio, 3) + "×")));
            }
        }
        return columns;
    }

    private static RowView row(String anchor, ComparedCell standing, RatioStrip strip) {
        LabelledCell labelledCell = standing.labelledCell();
        List<FigureView> figures = new ArrayList<>();
        for (Metric metric : Metric.columns()) {
            figures.add(figure(metric, standing.of(metric)));
            if (metric == Metric.THROUGHPUT) {
                figures.add(standing.comparison()
                        .map(comparison -> ratio(comparison, drawing(standing, strip)))
                        .orElse(new FigureView("Ratio", Figures.ABSENT, "", "", "", List.of())));
            }
        }
        List<String> caveats = new ArrayList<>(labelledCell.cell().caveats());
        caveats.addAll(standing.notes());
        return new RowView(
                anchor,
                labelledCell.label(),
                Key.svg(labelledCell.slot()),
                labelledCell.cell().engineVersion(),
                labelledCell.cell().id(),
                LabelledCells.durability(labelledCell.cell()) + dataOverMemory(standing),
                caveats.stream().map(Caveat::of).toList(),
                figures);
    }

    private static String drawing(ComparedCell standing, RatioStrip strip) {
        return strip.marks().size() < 2 ? "" : mark(standing).map(strip::svg).orElse("");
    }

    private static String dataOverMemory(ComparedCell standing) {
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
                        ? unbroken(Figures.range(
                                        MetricText.column(metric, estimate.value()),
                                        MetricText.column(metric, estimate.low()),
                                        MetricText.column(metric, estimate.high())))
                                + " "
                                + unbroken("at " + Figures.confidence(estimate.confidence()))
                        : "",
                estimate.isPresent() ? Figures.fixed(estimate.value(), 6) : "",
                "",
                List.of());
    }

    /** On one line, but for the ends of a range that have units of their own. */
    private static String unbroken(String text) {
        return UNITS_DIFFER.matcher(text.replace(' ', '\u00a0')).replaceAll("$1 ");
    }

    private static FigureView ratio(Comparison comparison, String strip) {
        return new FigureView(
                "Ratio",
                Figures.ratio(comparison.ratio().value()),
                comparison.interval(),
                comparison.ratio().isPresent()
                        ? Figures.fixed(comparison.ratio().value(), 6)
                        : "",
                strip,
                List.of(new VerdictView(
                        comparison.verdict().text(), comparison.verdict().tone(), comparison.terms())));
    }

    private static String ceiling(ComparedCell ceiling, ComparisonGroup group) {
        if (ceiling.labelledCell().trials().isEmpty()) {
            return "No trial of it counts: what the harness costs is not known.";
        }
        double most = ceiling.of(Metric.THROUGHPUT).value();
        double fastest = group.cells().stream()
                .mapToDouble(s -> s.of(Metric.THROUGHPUT).value())
                .filter(Double::isFinite)
                .max()
                .orElse(Double.NaN);
        String measured = "An engine that stores nothing carried " + Figures.rate(most) + " ops/s at "
                + Figures.nanos(ceiling.of(Metric.CPU).value())
                + " of processor time per operation";
        if (Double.isNaN(fastest)) {
            return measured + ".";
        }
        return fastest > most
                ? measured + ", less than the fastest engine here, which carried " + Figures.rate(fastest)
                        + ": this ceiling is no measure of what the harness costs."
                : measured + "; the fastest engine here reached " + Figures.percent(fastest / most) + " of it.";
    }
}
