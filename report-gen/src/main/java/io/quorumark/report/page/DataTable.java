package io.quorumark.report.page;

import java.util.ArrayList;
import java.util.List;

/**
 * Figures in rows, all formatted.
 *
 * @param caption what it holds
 * @param head names of the columns
 * @param body rows
 * @param grouped whether pages write the first cell of neighbouring rows once if it is the same
 */
public record DataTable(String caption, List<String> head, List<List<String>> body, boolean grouped) {

    public DataTable {
        head = List.copyOf(head);
        body = body.stream().map(List::copyOf).toList();
    }

    /** With every cell of every row written. */
    public DataTable(String caption, List<String> head, List<List<String>> body) {
        this(caption, head, body, false);
    }

    /**
     * A cell as pages write it.
     *
     * @param rows over how many it stands; empty for its own alone
     */
    public record DataCell(String text, String rows) {}

    /** The body for pages. */
    public List<List<DataCell>> rows() {
        List<List<DataCell>> rows = new ArrayList<>();
        int alike = 0;
        for (int i = 0; i < body.size(); i++) {
            List<DataCell> row = new ArrayList<>();
            body.get(i).forEach(text -> row.add(new DataCell(text, "")));
            if (alike > 0) {
                row.remove(0);
            } else {
                alike = alikeFrom(i);
                row.set(0, new DataCell(body.get(i).get(0), alike == 1 ? "" : String.valueOf(alike)));
            }
            alike--;
            rows.add(row);
        }
        return rows;
    }

    private int alikeFrom(int first) {
        int next = first + 1;
        while (grouped
                && next < body.size()
                && body.get(next).get(0).equals(body.get(first).get(0))) {
            next++;
        }
        return next - first;
    }
}
