package io.quorumark.report.page;

import io.quorumark.report.chart.ChartSize;
import io.quorumark.report.chart.LineChart;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A chart with everything around it.
 *
 * @param id of its heading
 * @param title what it shows
 * @param caption how to read it
 * @param whole whether it takes the page's whole width
 * @param wide drawing for screens
 * @param narrow drawing for telephones
 * @param table the same figures
 */
public record Figure(
        String id, String title, String caption, boolean whole, String wide, String narrow, DataTable table) {

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
                        chart.svg(whole ? ChartSize.FULL : ChartSize.WIDE),
                        chart.svg(ChartSize.NARROW),
                        table.get()));
    }
}
