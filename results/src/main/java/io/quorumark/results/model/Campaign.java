package io.quorumark.results.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a plan: {@code campaign.json}, written before the first trial starts and not changed after.
 *
 * @param formatVersion {@link #FORMAT_VERSION} when written; a reader refuses any other
 * @param id unique, sortable by time: {@code 20261120T220612Z-quick-4f1c}
 * @param createdAt when it began
 * @param profile the profile it came from, or {@code custom}
 * @param command the command line that repeats it, with the project's launcher as first word
 * @param seed from which block order, streams and values follow
 * @param software what ran
 * @param host where it ran
 * @param plan the resolved plan, every default filled in, as YAML text
 * @param design how trials are laid out and judged
 * @param cells what is compared, in the plan's order
 * @param blockOrder for each block, the cell ids in the order they run
 * @param durability what was known of its engines' durability, in these versions, when it began
 * @param linearizability what was known of histories of groups on its engines, in these versions, when it began
 */
public record Campaign(
        int formatVersion,
        String id,
        Instant createdAt,
        String profile,
        String command,
        long seed,
        Software software,
        Host host,
        String plan,
        Design design,
        List<Cell> cells,
        List<List<String>> blockOrder,
        List<DurabilityFinding> durability,
        @AddedLater @Nullable List<LinearizabilityFinding> linearizability) {

    public static final int FORMAT_VERSION = 5;

    public Campaign {
        cells = List.copyOf(cells);
        durability = List.copyOf(durability);
        linearizability = linearizability == null ? null : List.copyOf(linearizability);
        blockOrder = blockOrder.stream().map(List::copyOf).toList();
    }

    /**
     * @param referenceEngine the engine that ratios are taken against
     * @param equivalenceBand the least relative difference that matters, such as 0.05
     * @param confidence of intervals, such as 0.95
     * @param blocks how many trials each cell gets at least; at most, it gets as many as {@code blockOrder} has blocks
     * @param maxHalfWidth the campaign goes on to further blocks while half an interval is wider than this share of its ratio
     * @param supportsVerdicts false for profiles too small to call a winner
     */
    public record Design(
            String referenceEngine,
            double equivalenceBand,
            double confidence,
            int blocks,
            double maxHalfWidth,
            boolean supportsVerdicts) {}

    /** What was known of histories; empty if nothing was, or the file is from before it was stored. */
    public List<LinearizabilityFinding> knownLinearizability() {
        return linearizability == null ? List.of() : linearizability;
    }

    /**
     * The cell with this id.
     *
     * @throws IllegalArgumentException there is none
     */
    public Cell cell(String cellId) {
        for (Cell cell : cells) {
            if (cell.id().equals(cellId)) {
                return cell;
            }
        }
        throw new IllegalArgumentException("campaign " + id + " has no cell '" + cellId + "', expected one of "
                + cells.stream().map(Cell::id).toList());
    }
}
