package io.quorumark.report.page;

import java.util.List;

/**
 * Figures in rows, all formatted.
 *
 * @param caption what it holds
 * @param head names of the columns
 * @param body rows
 */
public record DataTable(String caption, List<String> head, List<List<String>> body) {

    public DataTable {
        head = List.copyOf(head);
        body = body.stream().map(List::copyOf).toList();
    }
}
