package io.quorumark.report.gate;

import io.quorumark.report.text.Csv;
import io.quorumark.report.text.Figures;
import io.quorumark.results.cell.MetricComparison;
import io.quorumark.results.cell.UnmeasuredCell;
import io.quorumark.results.gate.GateResult;
import io.quorumark.results.gate.GateResult.GateCell;
import io.quorumark.results.gate.Waiver;
import io.quorumark.results.stats.BlockedRatio;
import io.quorumark.results.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A gate as CSV (RFC 4180, UTF-8): a header, then one line for each judged metric of each cell; the one that passes or fails the cell has
 * {@code true} in column {@code decides}.
 */
public final class GateCsv {
    private static final List<String> COLUMNS = List.of(
            "base_campaign",
            "head_campaign",
            "cell",
            "engine",
            "engine_version",
            "workload",
            "metric",
            "unit",
            "base",
            "base_low",
            "base_high",
            "head",
            "head_low",
            "head_high",
            "ratio",
            "ratio_low",
            "ratio_high",
            "relative_ratio",
            "relative_ratio_low",
            "relative_ratio_high",
            "blocks",
            "p_holm",
            "band",
            "verdict",
            "waiver",
            "base_confidence",
            "head_confidence",
            "ratio_confidence",
            "relative_ratio_confidence",
            "reason",
            "decides");

    private GateCsv() {}

    /** The whole document. The same result gives the same text. */
    public static String render(GateResult gate) {
        StringBuilder text = new StringBuilder(Csv.line(COLUMNS));
        for (GateCell cell : gate.cells()) {
            cell.metrics().forEach(compared -> text.append(Csv.line(fields(gate, cell, compared))));
        }
        gate.notMeasured().forEach(cell -> text.append(Csv.line(fields(gate, cell))));
        return text.toString();
    }

    private static List<String> fields(GateResult gate, GateCell cell, MetricComparison compared) {
        boolean decides = cell.isJudgedBy(compared.metric());
        Optional<Interval> relative = cell.relative().filter(ratio -> decides).map(BlockedRatio::ratio);
        Optional<Waiver> waiver = cell.waiver().filter(each -> decides);
        List<String> fields = new ArrayList<>(List.of(
                gate.baseCampaignId(),
                gate.headCampaignId(),
                cell.cell().id(),
                cell.cell().engine(),
                cell.cell().engineVersion(),
                cell.cell().workload(),
                compared.metric().id(),
                compared.metric().unit().symbol()));
        add(compared.reference(), fields);
        add(compared.value(), fields);
        add(compared.ratio().ratio(), fields);
        relative.ifPresentOrElse(ratio -> add(ratio, fields), () -> fields.addAll(List.of("", "", "")));
        fields.add(String.valueOf(compared.ratio().blocks()));
        fields.add(Figures.plain(compared.holmPValue()));
        fields.add(Figures.plain(compared.band().planned()));
        fields.add(compared.verdict().name().toLowerCase(Locale.ROOT));
        fields.add(waiver.map(Waiver::sentence).orElse(""));
        fields.add(Figures.plain(compared.reference().confidence()));
        fields.add(Figures.plain(compared.value().confidence()));
        fields.add(Figures.plain(compared.ratio().ratio().confidence()));
        fields.add(relative.map(ratio -> Figures.plain(ratio.confidence())).orElse(""));
        fields.add("");
        fields.add(String.valueOf(decides));
        return fields;
    }

    /** What a cell has that was not measured, in the same columns. */
    private static List<String> fields(GateResult gate, UnmeasuredCell unmeasured) {
        Map<String, String> known = Map.of(
                "base_campaign", gate.baseCampaignId(),
                "head_campaign", gate.headCampaignId(),
                "cell", unmeasured.cell().id(),
                "engine", unmeasured.cell().engine(),
                "engine_version", unmeasured.cell().engineVersion(),
                "workload", unmeasured.cell().workload(),
                "blocks", "0",
                "verdict", "not_measured",
                "reason", unmeasured.reason());
        return COLUMNS.stream().map(column -> known.getOrDefault(column, "")).toList();
    }

    private static void add(Interval value, List<String> fields) {
        fields.add(Figures.plain(value.estimate()));
        fields.add(Figures.plain(value.low()));
        fields.add(Figures.plain(value.high()));
    }
}
