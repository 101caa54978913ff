package io.quorumark.report;

import io.quorumark.report.text.Figures;
import io.quorumark.results.gate.GateResult;
import io.quorumark.results.gate.GateResult.GateCell;
import io.quorumark.results.gate.Waiver;
import io.quorumark.results.stats.BlockedRatio;
import io.quorumark.results.stats.Interval;
import io.quorumark.results.store.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
            "waiver");

    private GateCsv() {}

    /** Replaces {@code file} in one step: it is whole or as it was. */
    public static void write(GateResult gate, Path file) throws IOException {
        AtomicFiles.write(file, render(gate));
    }

    /** The whole document. The same result gives the same text. */
    public static String render(GateResult gate) {
        StringBuilder text = new StringBuilder(line(COLUMNS));
        gate.cells().forEach(cell -> text.append(line(fields(gate, cell))));
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
                cell.judgedBy().name().toLowerCase(Locale.ROOT),
                cell.judgedBy().unit()));
        add(cell.base(), fields);
        add(cell.head(), fields);
        add(cell.primary().ratio(), fields);
        cell.relative()
                .map(BlockedRatio::ratio)
                .ifPresentOrElse(ratio -> add(ratio, fields), () -> fields.addAll(List.of("", "", "")));
        fields.add(String.valueOf(cell.primary().blocks()));
        fields.add(Figures.plain(cell.holmPValue()));
        fields.add(Figures.plain(cell.band().relative()));
        fields.add(cell.verdict().name().toLowerCase(Locale.ROOT));
        fields.add(cell.waiver().map(Waiver::sentence).orElse(""));
        return fields;
    }

    private static void add(Interval value, List<String> fields) {
        fields.add(Figures.plain(value.estimate()));
        fields.add(Figures.plain(value.low()));
        fields.add(Figures.plain(value.high()));
    }

    private static String line(List<String> fields) {
        return String.join(",", fields.stream().map(GateCsv::field).toList()) + "\r\n";
    }

    private static String field(String value) {
        return value.matches("[^\",\\r\\n]*") ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
