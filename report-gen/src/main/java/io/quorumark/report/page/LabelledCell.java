package io.quorumark.report.page;

import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial;
import java.util.List;

/**
 * One cell among those that it is compared with.
 *
 * @param label the engine's name, with what sets it apart if a name occurs twice; a dagger if the cell has caveats
 * @param slot its colour and shape
 * @param cell what ran
 * @param trials those that count, in block order
 */
public record LabelledCell(String label, int slot, Cell cell, List<Trial> trials) {
    static final String DAGGER = " †";

    public LabelledCell {
        trials = List.copyOf(trials);
    }

    /** The label without its dagger, for places that show no caveats. */
    String name() {
        return label.endsWith(DAGGER) ? label.substring(0, label.length() - DAGGER.length()) : label;
    }
}
