package io.quorumark.report.page;

import io.quorumark.report.chart.Key;
import io.quorumark.report.text.Figures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every engine on every workload against the reference, in the figure that judges the workload. The names are the template's.
 *
 * @param head the workloads
 * @param rows the engines
 * @param caption what the figures are
 */
public record HeatMap(List<String> head, List<Row> rows, String caption) {
    /** From this ratio on, or its reciprocal, the colour gets no stronger. */
    private static final double FULL_COLOUR = 2;

    private static final int SHADES = 4;

    public HeatMap {
        head = List.copyOf(head);
        rows = List.copyOf(rows);
    }

    /** One engine's line. */
    public record Row(String engine, String key, List<Field> fields) {}

    /**
     * @param label the workload
     * @param verdict in a word
     * @param shade the style of the field: coloured if the verdict is better or worse, stronger with the ratio
     */
    public record Field(String label, String text, String verdict, String shade) {}

    /** For templates: a map of one workload would repeat its table. */
    public boolean isShown() {
        return head.size() > 1 && rows.size() > 1;
    }

    static HeatMap of(List<ComparisonGroup> groups) {
        Map<String, Row> rows = new LinkedHashMap<>();
        for (ComparisonGroup group : groups) {
            for (ComparedCell compared : group.cells()) {
                LabelledCell labelledCell = compared.labelledCell();
                rows.putIfAbsent(
                        labelledCell.label(),
                        new Row(labelledCell.label(), Key.svg(labelledCell.slot()), new ArrayList<>()));
            }
        }
        for (ComparisonGroup group : groups) {
            rows.values().forEach(row -> row.fields().add(field(group, row.engine())));
        }
        String reference = groups.stream()
                .flatMap(group -> group.reference().stream())
                .findFirst()
                .orElse("the reference");
        return new HeatMap(
                groups.stream().map(ComparisonGroup::title).toList(),
                List.copyOf(rows.values()),
                "Times as good as " + reference
                        + ", above 1 is better. Coloured where the interval supports a difference.");
    }

    private static Field field(ComparisonGroup group, String engine) {
        return group.cells().stream()
                .filter(compared -> compared.labelledCell().label().equals(engine))
                .flatMap(compared -> compared.comparison().stream())
                .filter(comparison -> comparison.ratio().isPresent())
                .findFirst()
                .map(comparison -> new Field(
                        group.title(),
                        Figures.ratio(comparison.ratio().value()),
                        comparison.verdict().text(),
                        shade(comparison)))
                .orElse(new Field(group.title(), Figures.ABSENT, "", "even"));
    }

    private static String shade(Comparison comparison) {
        boolean better = comparison.verdict() == Comparison.WordedVerdict.BETTER;
        if (!better && comparison.verdict() != Comparison.WordedVerdict.WORSE) {
            return "even";
        }
        double share = Math.abs(Math.log(comparison.ratio().value())) / Math.log(FULL_COLOUR);
        int step = Math.max(1, Math.min(SHADES, (int) Math.ceil(share * SHADES)));
        return (better ? "up" : "down") + step;
    }
}
