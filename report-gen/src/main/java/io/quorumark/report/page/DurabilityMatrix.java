package io.quorumark.report.page;

import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.DurabilityFinding;
import io.quorumark.results.text.Plural;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the campaign's engines promise at each durability level, and what kills and power cuts have shown.
 *
 * @param rows engines in the campaign's order, levels from weak to strong
 * @param sentences what a reader must know of them
 */
public record DurabilityMatrix(List<Row> rows, List<String> sentences) {
    public DurabilityMatrix {
        rows = List.copyOf(rows);
        sentences = List.copyOf(sentences);
    }

    /** For templates. */
    public boolean hasRows() {
        return !rows.isEmpty();
    }

    /** One engine at one level, as text. */
    public record Row(String engine, String level, String promised, String observed, String evidence) {}

    public static DurabilityMatrix of(Campaign campaign) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (Cell cell : campaign.cells()) {
            if (!cell.isHarnessCeiling()) {
                labels.putIfAbsent(cell.engine(), cell.engineName());
            }
        }
        List<Row> rows = new ArrayList<>();
        List<String> sentences = new ArrayList<>();
        labels.forEach((engine, label) -> {
            List<DurabilityFinding> known = campaign.durability().stream()
                    .filter(finding -> finding.engine().equals(engine))
                    .toList();
            known.forEach(finding -> rows.add(row(label, finding)));
            if (known.isEmpty()) {
                sentences.add(label + ": no evidence for this version; scripts/quorumark durability --engines " + engine
                        + " makes it.");
            }
            known.stream()
                    .filter(DurabilityFinding::isBroken)
                    .forEach(finding -> sentences.add(label + " does not keep what it promises at " + finding.level()
                            + ": " + finding.problems().get(0)));
        });
        return new DurabilityMatrix(rows, sentences);
    }

    private static Row row(String label, DurabilityFinding finding) {
        return new Row(label, finding.level(), finding.promised() ? "yes" : "no", observed(finding), evidence(finding));
    }

    private static String observed(DurabilityFinding finding) {
        return switch (finding.observed()) {
            case KEPT -> "kept";
            case LOST -> finding.promised() ? "BROKEN" : "lost, as allowed";
            case NOT_PROMISED -> "nothing promised";
            case NOT_TESTED -> "not tested";
        };
    }

    private static String evidence(DurabilityFinding finding) {
        List<String> parts = new ArrayList<>();
        if (finding.kills() > 0) {
            parts.add(Plural.of(finding.kills(), "kill"));
        }
        if (finding.powerCuts() > 0) {
            parts.add(finding.powerCuts() + " power cuts");
        }
        if (finding.syncsPerCommit() >= 0) {
            parts.add(String.format(Locale.ROOT, "%.2f syncs per commit", finding.syncsPerCommit()));
        }
        if (!finding.problems().isEmpty()) {
            parts.add(Plural.of(finding.problems().size(), "problem") + ", first: "
                    + finding.problems().get(0));
        }
        if (!finding.note().isEmpty()) {
            parts.add(finding.note());
        }
        return parts.isEmpty() ? "none" : String.join("; ", parts);
    }
}
