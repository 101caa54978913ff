package io.quorumark.report.gate;

import io.quorumark.report.chart.Key;
import io.quorumark.report.chart.RatioStrip;
import io.quorumark.report.page.Caveat;
import io.quorumark.report.page.GroupView.ColumnView;
import io.quorumark.report.page.GroupView.FigureView;
import io.quorumark.report.page.GroupView.RowView;
import io.quorumark.report.page.GroupView.VerdictView;
import io.quorumark.report.page.LabelledCell;
import io.quorumark.report.page.LabelledCells;
import io.quorumark.report.text.BandText;
import io.quorumark.report.text.Figures;
import io.quorumark.report.text.MetricText;
import io.quorumark.results.cell.UnmeasuredCell;
import io.quorumark.results.gate.GateResult;
import io.quorumark.results.gate.GateResult.GateCell;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.Cell;
import io.quorumark.results.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The cells of a gate as a table: regressions first, intervals on one axis, and at the end what was not measured. */
final class GateRows {
    private final GateResult result;
    private final LabelledCells labels;
    private final Map<String, String> baseVersions;
    private final RatioStrip strip;

    GateRows(GateAnswer answer, LabelledCells labels) {
        this.result = answer.result();
        this.labels = labels;
        this.baseVersions = answer.base().stored().campaign().cells().stream()
                .collect(Collectors.toMap(Cell::engine, Cell::engineVersion, (first, second) -> first));
        this.strip = new RatioStrip(
                result.equivalenceBand(),
                result.cells().stream().map(this::mark).toList());
    }

    List<ColumnView> columns() {
        return List.of(
                new ColumnView("Engine", "version, base → head", "text", "ascending", ""),
                new ColumnView("Workload", "and the figure that judges it", "text", "ascending", ""),
                new ColumnView("Base", "ops/s, or time", "number", "descending", ""),
                new ColumnView("Head", "ops/s, or time", "number", "descending", ""),
                new ColumnView(
                        "Ratio",
                        "head over base, above 1 is better",
                        "number",
                        "ascending",
                        strip.marks().isEmpty() ? "" : strip.axis(ratio -> Figures.fixed(ratio, 3) + "×")),
                new ColumnView("p", "Holm, over all cells", "number", "ascending", ""),
                new ColumnView("Blocks", "that both have", "number", "descending", ""));
    }

    List<RowView> rows() {
        List<RowView> rows = new ArrayList<>();
        for (GateCell cell : JudgedCells.worstFirst(result.cells())) {
            rows.add(row("cell-" + (rows.size() + 1), cell.cell(), figures(cell)));
        }
        for (UnmeasuredCell unmeasured : result.notMeasured()) {
            rows.add(row("cell-" + (rows.size() + 1), unmeasured.cell(), figures(unmeasured)));
        }
        return rows;
    }

    private RowView row(String anchor, Cell cell, List<FigureView> figures) {
        LabelledCell labelled = labels.of(cell.id());
        return new RowView(
                anchor,
                labelled.label(),
                Key.svg(labelled.slot()),
                versions(cell),
                cell.id(),
                LabelledCells.durability(cell),
                cell.caveats().stream().map(Caveat::of).toList(),
                figures);
    }

    /** {@code 1.1}, or {@code 1.1 → 1.2} if it changed. */
    private String versions(Cell cell) {
        String before = baseVersions.getOrDefault(cell.engine(), cell.engineVersion());
        return before.equals(cell.engineVersion()) ? before : before + " → " + cell.engineVersion();
    }

    private List<FigureView> figures(GateCell cell) {
        Metric metric = cell.judgedBy();
        return List.of(
                workload(cell.cell(), metric.words(cell.cell().load())),
                level("Base", metric, cell.base()),
                level("Head", metric, cell.head()),
                ratio(cell),
                number("p", Figures.fixed(cell.holmPValue(), 4), Figures.fixed(cell.holmPValue(), 6)),
                number(
                        "Blocks",
                        String.valueOf(cell.primary().blocks()),
                        String.valueOf(cell.primary().blocks())));
    }

    private static List<FigureView> figures(UnmeasuredCell unmeasured) {
        return List.of(
                workload(
                        unmeasured.cell(),
                        Metric.primaryOf(unmeasured.cell().load()).words()),
                number("Base", Figures.ABSENT, ""),
                number("Head", Figures.ABSENT, ""),
                new FigureView(
                        "Ratio",
                        Figures.ABSENT,
                        "",
                        "",
                        "",
                        List.of(new VerdictView("not measured", "warn", unmeasured.reason()))),
                number("p", Figures.ABSENT, ""),
                number("Blocks", "0", "0"));
    }

    private static FigureView workload(Cell cell, String figure) {
        return new FigureView("Workload", cell.workload(), figure, cell.workload(), "", List.of());
    }

    private static FigureView number(String label, String text, String sort) {
        return new FigureView(label, text, "", sort, "", List.of());
    }

    private static FigureView level(String label, Metric metric, Interval level) {
        String estimate = MetricText.column(metric, level.estimate());
        return new FigureView(
                label,
                estimate,
                Figures.range(estimate, MetricText.column(metric, level.low()), MetricText.column(metric, level.high()))
                        + " " + unbroken("at " + Figures.confidence(level.confidence())),
                Figures.fixed(level.estimate(), 6),
                "",
                List.of());
    }

    /** On one line, however narrow the table is. */
    private static String unbroken(String text) {
        return text.replace(' ', '\u00a0');
    }

    private FigureView ratio(GateCell cell) {
        Interval judged = JudgedCells.judged(cell);
        String terms = MetricText.standIn(cell.judgedBy(), cell.cell().load())
                        .map(standIn -> standIn + "; ")
                        .orElse("")
                + BandText.of(cell.band())
                + cell.detectable()
                        .map(effect -> ", could show " + Figures.percent(effect.relative()))
                        .orElse(", too few blocks to show any difference")
                + (cell.relative().isPresent()
                        ? "; beyond the other cells, "
                                + GateMarkdown.ratio(cell.primary().ratio()) + " in all"
                        : "")
                + cell.waiver().map(waiver -> "; " + waiver.sentence()).orElse("");
        return new FigureView(
                "Ratio",
                Figures.ratio(judged.estimate()),
                interval(judged),
                Figures.fixed(judged.estimate(), 6),
                strip.svg(mark(cell)),
                List.of(new VerdictView(
                        GateMarkdown.words(cell.verdict().name())
                                + cell.waiver().map(waiver -> ", waived").orElse(""),
                        cell.waiver().isPresent() ? "warn" : GateChecks.tone(cell.verdict()),
                        terms)));
    }

    private static String interval(Interval ratio) {
        return "[" + Figures.significant(ratio.low()) + ", " + Figures.significant(ratio.high()) + "] at "
                + Figures.confidence(ratio.confidence());
    }

    private RatioStrip.Mark mark(GateCell cell) {
        LabelledCell labelled = labels.of(cell.cell().id());
        Interval judged = JudgedCells.judged(cell);
        return new RatioStrip.Mark(
                JudgedCells.name(cell),
                labelled.slot(),
                judged.estimate(),
                judged.low(),
                judged.high(),
                GateMarkdown.ratio(judged) + ", "
                        + GateMarkdown.words(cell.verdict().name()));
    }
}
