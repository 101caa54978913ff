package io.quorumark.report;

import io.quorumark.report.text.Csv;
import io.quorumark.report.text.Figures;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.cell.CellComparison;
import io.quorumark.results.cell.CellSummary;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The figures of a campaign as CSV (RFC 4180, UTF-8), for spreadsheets: a header, then a line for each metric of each cell, instruments
 * included. Figures are Hodges-Lehmann estimates of the trials that count; ratios are times as good as the reference.
 */
public final class CampaignCsv {
    private static final List<String> COLUMNS = List.of(
            "cell",
            "engine",
            "engine_version",
            "workload",
            "valid_trials",
            "metric",
            "unit",
            "estimate",
            "low",
            "high",
            "confidence",
            "ratio",
            "ratio_low",
            "ratio_high",
            "ratio_confidence",
            "blocks",
            "verdict");

    private CampaignCsv() {}

    /** The whole document. The same campaign gives the same text. */
    public static String render(Analysis analysis) {
        StringBuilder text = new StringBuilder(Csv.line(COLUMNS));
        double confidence = analysis.stored().campaign().design().confidence();
        for (CellSummary cell : analysis.cells()) {
            for (Metric metric : Metric.values()) {
                cell.of(metric, confidence)
                        .ifPresent(figure -> text.append(Csv.line(fields(analysis, cell, metric, figure))));
            }
        }
        return text.toString();
    }

    private static List<String> fields(Analysis analysis, CellSummary cell, Metric metric, Interval figure) {
        List<String> fields = new ArrayList<>(List.of(
                cell.cell().id(),
                cell.cell().engine(),
                cell.cell().engineVersion(),
                cell.cell().workload(),
                String.valueOf(cell.valid().size()),
                metric.id(),
                metric.unit().symbol()));
        add(figure, fields);
        Optional<CellComparison> comparison = analysis.comparisonOf(cell.cell().id())
                .filter(each -> each.ratio(metric).isPresent());
        comparison
                .flatMap(each -> each.ratio(metric))
                .ifPresentOrElse(
                        ratio -> {
                            add(ratio.ratio(), fields);
                            fields.add(String.valueOf(ratio.blocks()));
                        },
                        () -> fields.addAll(List.of("", "", "", "", "")));
        fields.add(comparison.map(each -> verdict(analysis, each, metric)).orElse(""));
        return fields;
    }

    /** Empty for campaigns that are too small to call any. */
    private static String verdict(Analysis analysis, CellComparison comparison, Metric metric) {
        return !analysis.stored().campaign().design().supportsVerdicts()
                ? ""
                : (metric == comparison.judgedBy()
                                ? comparison.verdict()
                                : comparison.others().stream()
                                        .filter(other -> other.metric() == metric)
                                        .findFirst()
                                        .orElseThrow()
                                        .verdict())
                        .name()
                        .toLowerCase(Locale.ROOT);
    }

    private static void add(Interval value, List<String> fields) {
        fields.add(Figures.plain(value.estimate()));
        fields.add(Figures.plain(value.low()));
        fields.add(Figures.plain(value.high()));
        fields.add(Figures.plain(value.confidence()));
    }
}
