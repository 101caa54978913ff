package io.quorumark.report.page;

import java.util.ArrayList;
import java.util.List;

/**
 * A field of a table with its column's name, which stands beside it if the page is too narrow for columns.
 *
 * @param label the head of its column
 */
public record LabelledText(String label, String text) {
    /** Each row with its head. */
    static List<List<LabelledText>> rows(List<String> head, List<List<String>> rows) {
        List<List<LabelledText>> labelled = new ArrayList<>();
        for (List<String> row : rows) {
            List<LabelledText> fields = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                fields.add(new LabelledText(head.get(i), row.get(i)));
            }
            labelled.add(List.copyOf(fields));
        }
        return List.copyOf(labelled);
    }
}
