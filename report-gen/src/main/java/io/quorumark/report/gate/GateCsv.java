package io.quorumark.report.gate;

import io.quorumark.report.text.Csv;
import io.quorumark.report.text.Figures;
import io.quorumark.results.analysis.UnmeasuredCell;
import io.quorumark.results.gate.GateResult;
import io.quorumark.results.gate.GateResult.GateCell;
import io.quorumark.results.gate.Waiver;
import io.quorumark.results.stats.BlockedRatio;
import io.quorumark.results.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A gate as CSV (RFC 4180, UTF-8): a header, then one line a cell. */
public final class GateCsv {
    private static final List<String> COLUMNS = List.of(
            "base_campaign",
            "head_campaign",
            "cell",
            "engine",
            "engine_version",
            "workload",
            "figure",
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
            "reason");

    private GateCsv() {}

    /** The whole document. The same result gives the same text. */
    public static String render(GateResult gate) {
        StringBuilder text = new StringBuilder(Csv.line(COLUMNS));
        gate.cells().forEach(cell -> text.append(Csv.line(fields(gate, cell))));
        gate.notMeasured().forEach(cell -> text.append(Csv.line(fields(gate, cell))));
        return text.toString();
    }

    private static List<String> fields(GateResult gate, GateCell cell) {
        List<String> fields = new ArrayList<>(List.of(
                gate.baseCampaignId(),
                gate.headCampaignId(),
                cell.cell().id(),
                cell.cell().engine(),
                cell.cell().engineVersion(),
                cell.cell().workload(),
                cell.judgedBy().id(),
                cell.judgedBy().unit().symbol()));
        add(cell.base(), fields);
        add(cell.head(), fields);
        add(cell.primary().ratio(), fields);
        cell.relative()
                .map(BlockedRatio::ratio)
                .ifPresentOrElse(ratio -> add(ratio, fields), () -> fields.addAll(List.of("", "", "")));
        fields.add(String.valueOf(cell.primary().blocks()));
        fields.add(Figures.plain(cell.holmPValue()));
        fields.add(Figures.plain(cell.band().planned()));
        fields.add(cell.verdict().name().toLowerCase(Locale.ROOT));
        fields.add(cell.waiver().map(Waiver::sentence).orElse(""));
        fields.add(Figures.plain(cell.base().confidence()));
        fields.add(Figures.plain(cell.head().confidence()));
        fields.add(Figures.plain(cell.primary().ratio().confidence()));
        fields.add(cell.relative()
                .map(relative -> Figures.plain(relative.ratio().confidence()))
                .orElse(""));
        fields.add("");
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
