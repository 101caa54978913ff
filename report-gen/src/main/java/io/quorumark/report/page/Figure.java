package io.quorumark.report.page;

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
        String id, String title, String caption, boolean whole, String wide, String narrow, DataTable table) {}
