package io.quorumark.report.gate;

import io.quorumark.report.chart.Key;
import io.quorumark.report.chart.Shapes;
import io.quorumark.report.page.Asset;
import io.quorumark.report.page.Check;
import io.quorumark.report.page.Facts.Fact;
import io.quorumark.report.page.GroupView.ColumnView;
import io.quorumark.report.page.GroupView.RowView;
import io.quorumark.report.page.HeatMap;
import io.quorumark.report.page.LabelledCells;
import io.quorumark.report.page.PageView.LegendView;
import io.quorumark.report.text.DataUri;
import io.quorumark.report.text.Figures;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.gate.GateResult;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.text.Plural;
import java.util.List;

/** What the template of a gate's page fills in; the names are the template's. */
@SuppressWarnings("UnusedVariable") // read by the template, by name
record GatePageView(
        String version,
        String kind,
        String base,
        String head,
        String headline,
        List<String> notes,
        boolean hasNotes,
        List<Check> checks,
        Sides sides,
        String alikeTitle,
        String caption,
        boolean hasCells,
        List<ColumnView> columns,
        List<RowView> rows,
        HeatMap metrics,
        String shapes,
        List<LegendView> legend,
        List<DifferingCell> differing,
        String command,
        String baseCommand,
        String headCommand,
        List<Fact> reading,
        String jsonUri,
        String csvUri,
        Asset style,
        Asset script) {

    static GatePageView of(GateAnswer answer, Asset style, Asset script) {
        GateResult result = answer.result();
        Campaign headCampaign = answer.head().stored().campaign();
        LabelledCells labels =
                new LabelledCells(headCampaign, answer.head().stored().trials());
        GateRows cells = new GateRows(answer, labels);
        Sides sides = Sides.of(answer.base(), answer.head());
        List<DifferingCell> differing = DifferingCell.of(answer);
        return new GatePageView(
                headCampaign.software().quorumarkVersion(),
                answer.isGate() ? "gate" : "comparison",
                result.baseCampaignId(),
                result.headCampaignId(),
                GateHeadline.of(answer),
                result.problems(),
                !result.problems().isEmpty(),
                GateChecks.of(answer),
                sides,
                "The same in both: " + Plural.of(sides.alike().size(), "thing"),
                "Head against base, the worst first: Hodges–Lehmann estimates of the trials that count, with intervals. Grey: differences"
                        + " of up to ± "
                        + Figures.percent(result.equivalenceBand()) + " that count as none.",
                !result.cells().isEmpty() || !result.notMeasured().isEmpty(),
                cells.columns(),
                cells.rows(),
                MetricMap.of(result.cells(), labels),
                Shapes.svg(),
                differing.isEmpty()
                        ? List.of()
                        : List.of(
                                new LegendView(DifferingCell.BASE, Key.svg(0)),
                                new LegendView(DifferingCell.HEAD, Key.svg(1))),
                differing,
                answer.command(),
                command(answer.base()),
                command(answer.head()),
                GateGlossary.of(answer),
                DataUri.of("application/json", GateJson.renderLine(result)),
                DataUri.of("text/csv;charset=utf-8", GateCsv.render(result)),
                style,
                script);
    }

    /** For templates. */
    boolean hasLegend() {
        return !legend.isEmpty();
    }

    private static String command(Analysis analysis) {
        return analysis.stored().campaign().command();
    }
}
