package io.quorumark.results.decision;

import io.quorumark.results.model.Cell;
import java.util.List;

/**
 * What can be chosen: one engine in one version, in one role, with one set of options of its own. Control arms and the harness ceiling are
 * instruments, and no options.
 *
 * @param name as documents call it, unlike every other option's
 * @param engine the provider's id
 * @param engineVersion of library and engine
 * @param cells in which it was measured, in the order of campaigns
 */
public record Option(String name, String engine, String engineVersion, List<OptionCell> cells) {
    public Option {
        cells = List.copyOf(cells);
        if (cells.isEmpty()) {
            throw new IllegalArgumentException(name + " has no cells, expected at least one");
        }
    }

    /**
     * @param campaign 0-based, in the order that campaigns were given in
     * @param cell of it
     */
    public record OptionCell(int campaign, Cell cell) {}

    /** Whether a group's log and state both lie on it in a cell. */
    static boolean holdsBoth(Cell cell) {
        return cell.target().isReplicated()
                && cell.cluster().logEngine().equals(cell.engine())
                && cell.cluster().stateEngine().equals(cell.engine());
    }
}
