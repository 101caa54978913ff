package io.quorumark.report.page;

import io.quorumark.report.chart.ChartSize;
import io.quorumark.report.chart.Drawings;
import io.quorumark.report.chart.LineChart;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A chart with everything around it.
 *
 * @param id of its heading
 * @param title what it shows
 * @param caption how to read it
 * @param whole whether it takes the page's whole width
 * @param marks what marks in it mean; empty if it has none
 * @param drawings for screens and for telephones
 * @param tables the same figures
 */
public record Figure(
        String id,
        String title,
        String caption,
        boolean whole,
        List<MarkKey> marks,
        Drawings drawings,
        List<DataTable> tables) {

    public Figure {
        marks = List.copyOf(marks);
        tables = List.copyOf(tables);
    }

    /**
     * @param svg its shape
     * @param name what it stands for
     */
    public record MarkKey(String svg, String name) {}

    /** Without marks, with one table. */
    Figure(String id, String title, String caption, boolean whole, Drawings drawings, DataTable table) {
        this(id, title, caption, whole, List.of(), drawings, List.of(table));
    }

    /** Lines with their table; empty if there is no line. */
    static Optional<Figure> of(
            String id, String title, String caption, boolean whole, LineChart chart, Supplier<DataTable> table) {
        return chart.isEmpty()
                ? Optional.empty()
                : Optional.of(new Figure(
                        id,
                        title,
                        caption,
                        whole,
                        chart.drawings(id, whole ? ChartSize.FULL : ChartSize.WIDE),
                        table.get()));
    }

    /** For templates. */
    public boolean hasMarks() {
        return !marks.isEmpty();
    }
}
