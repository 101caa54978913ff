package io.quorumark.results.gate;

import io.quorumark.results.model.Cell;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A regression that somebody has accepted for a while.
 *
 * @param cells which it covers
 * @param reason why it may pass, for whoever reads the gate
 * @param expires the last day on which it holds
 * @param approvedBy whoever accepted it
 */
public record Waiver(Cells cells, String reason, LocalDate expires, Optional<String> approvedBy) {

    /** Which cells a waiver covers. */
    public sealed interface Cells {
        /** Whether the waiver is about this cell. */
        boolean cover(Cell cell);

        /** As the user wrote it. */
        String asWritten();
    }

    /** @param id a cell's own, which ends with the engine's version, or that of {@link SameCell}, which does not */
    public record OneCell(String id) implements Cells {
        @Override
        public boolean cover(Cell cell) {
            return cell.id().equals(id) || SameCell.of(cell).id().equals(id);
        }

        @Override
        public String asWritten() {
            return "cell " + id;
        }
    }

    /**
     * @param engine an engine's id; {@code *} stands for any characters
     * @param workload a workload's name, the same way
     */
    public record Matching(String engine, String workload) implements Cells {
        @Override
        public boolean cover(Cell cell) {
            return matches(engine, cell.engine()) && matches(workload, cell.workload());
        }

        @Override
        public String asWritten() {
            return engine + " on " + workload;
        }

        private static boolean matches(String pattern, String name) {
            StringBuilder regex = new StringBuilder();
            for (String literal : pattern.split("\\*", -1)) {
                regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(literal));
            }
            return name.matches(regex.toString());
        }
    }

    /** Whether it no longer holds on that day. */
    public boolean isExpired(LocalDate today) {
        return today.isAfter(expires);
    }

    /** {@code waived until 2026-12-31: reason (approved by name)}. */
    public String sentence() {
        return "waived until " + expires + ": " + reason
                + approvedBy.map(name -> " (approved by " + name + ")").orElse("");
    }
}
