package io.quorumark.report.page;

import io.quorumark.report.chart.Key;
import io.quorumark.report.text.Figures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ratios as a map in colours: every engine on every workload against the reference, or every cell of a campaign by every metric against
 * another campaign. The names are the template's.
 *
 * @param label for those who do not see it
 * @param corner head of the first column
 * @param head of the other columns
 * @param rows one for each engine or cell
 * @param meaning what the figures are
 * @param colours what is coloured, for pages
 */
public record HeatMap(String label, String corner, List<String> head, List<Row> rows, String meaning, String colours) {
    /** From this ratio on, or its reciprocal, the colour gets no stronger. */
    private static final double FULL_COLOUR = 2;

    private static final int SHADES = 4;

    public HeatMap {
        head = List.copyOf(head);
        rows = List.copyOf(rows);
    }

    /**
     * @param name of the engine or the cell
     * @param key its shape and colour
     */
    public record Row(String name, String key, List<Field> fields) {}

    /**
     * @param label of its column
     * @param interval with the confidence that it attains, for documents without drawings; empty if there is none
     * @param verdict in a word
     * @param shade the style of the field: coloured if the verdict is better or worse, stronger with the ratio
     */
    public record Field(String label, String text, String interval, String verdict, String shade) {
        /** @param ratio how many times as good */
        public static Field of(String label, double ratio, Comparison.WordedVerdict verdict) {
            return new Field(label, Figures.ratio(ratio), "", verdict.text(), HeatMap.shade(ratio, verdict));
        }

        private static Field of(String label, Comparison comparison) {
            Field bare = of(label, comparison.ratio().value(), comparison.verdict());
            return new Field(label, bare.text(), comparison.interval(), bare.verdict(), bare.shade());
        }

        /** Without a figure. */
        public static Field absent(String label) {
            return new Field(label, Figures.ABSENT, "", "", "even");
        }
    }

    /** For templates: a map of one column would repeat a table that is there. */
    public boolean isShown() {
        return head.size() > 1 && !rows.isEmpty();
    }

    static HeatMap of(List<ComparisonGroup> groups) {
        Map<String, Row> rows = new LinkedHashMap<>();
        for (ComparisonGroup group : groups) {
            for (ComparedCell standing : group.cells()) {
                LabelledCell labelledCell = standing.labelledCell();
                rows.putIfAbsent(
                        labelledCell.label(),
                        new Row(labelledCell.label(), Key.svg(labelledCell.slot()), new ArrayList<>()));
            }
        }
        for (ComparisonGroup group : groups) {
            rows.values().forEach(row -> row.fields().add(field(group, row.name())));
        }
        String reference = groups.stream()
                .flatMap(group -> group.reference().stream())
                .findFirst()
                .orElse("the reference");
        return new HeatMap(
                "Every engine on every workload",
                "Engine",
                groups.stream().map(ComparisonGroup::title).toList(),
                isCompared(groups) ? List.copyOf(rows.values()) : List.of(),
                "Times as good as " + reference + " in "
                        + Headline.listed(groups.stream()
                                .map(ComparisonGroup::comparedBy)
                                .distinct()
                                .toList())
                        + ", above 1 is better: Hodges–Lehmann estimates of the ratios within blocks.",
                "Coloured where the interval supports a difference.");
    }

    /** An engine alone is compared with nobody, and nothing with a reference if no trial counts. */
    private static boolean isCompared(List<ComparisonGroup> groups) {
        return groups.stream()
                .flatMap(group -> group.cells().stream())
                .flatMap(cell -> cell.comparison().stream())
                .anyMatch(comparison -> comparison.verdict() != Comparison.WordedVerdict.REFERENCE);
    }

    private static Field field(ComparisonGroup group, String engine) {
        return group.cells().stream()
                .filter(standing -> standing.labelledCell().label().equals(engine))
                .flatMap(standing -> standing.comparison().stream())
                .filter(comparison -> comparison.ratio().isPresent())
                .findFirst()
                .map(comparison -> Field.of(group.title(), comparison))
                .orElse(Field.absent(group.title()));
    }

    private static String shade(double ratio, Comparison.WordedVerdict verdict) {
        boolean better = verdict == Comparison.WordedVerdict.BETTER;
        if (!better && verdict != Comparison.WordedVerdict.WORSE) {
            return "even";
        }
        double share = Math.abs(Math.log(ratio)) / Math.log(FULL_COLOUR);
        int step = Math.max(1, Math.min(SHADES, (int) Math.ceil(share * SHADES)));
        return (better ? "up" : "down") + step;
    }
}
