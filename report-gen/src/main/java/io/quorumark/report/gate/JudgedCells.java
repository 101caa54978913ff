package io.quorumark.report.gate;

import io.quorumark.results.gate.GateResult.GateCell;
import io.quorumark.results.stats.BlockedRatio;
import io.quorumark.results.stats.Interval;
import io.quorumark.results.stats.Verdict;
import java.util.Comparator;
import java.util.List;

/** The cells of a gate in the order in which a person wants to read them. */
final class JudgedCells {
    private JudgedCells() {}

    /** Regressions first, the worst on top; then what is waived, what the data cannot tell, what is equal, and what is better. */
    static List<GateCell> worstFirst(List<GateCell> cells) {
        return cells.stream()
                .sorted(Comparator.comparingInt(JudgedCells::rank)
                        .thenComparingDouble(cell -> judged(cell).estimate()))
                .toList();
    }

    /** The ratio that the verdict rests on. */
    static Interval judged(GateCell cell) {
        return cell.relative().map(BlockedRatio::ratio).orElse(cell.primary().ratio());
    }

    /** {@code LMDB on ycsb-a}. */
    static String name(GateCell cell) {
        return cell.cell().engineName() + " on " + cell.cell().workload();
    }

    /** {@code 0.700× as good as the base in throughput, [0.690, 0.712] at 99 %}. */
    static String finding(GateCell cell) {
        String ratio = GateMarkdown.ratio(judged(cell));
        int bracket = ratio.indexOf(" [");
        return ratio.substring(0, bracket) + " as good as the base in "
                + cell.judgedBy().words(cell.cell().load())
                + (cell.relative().isPresent() ? " beyond the other cells" : "") + "," + ratio.substring(bracket);
    }

    static long count(List<GateCell> cells, Verdict verdict) {
        return cells.stream().filter(cell -> cell.verdict() == verdict).count();
    }

    private static int rank(GateCell cell) {
        return switch (cell.verdict()) {
            case WORSE -> cell.isRegression() ? 0 : 1;
            case INCONCLUSIVE -> 2;
            case EQUIVALENT -> 3;
            case BETTER -> 4;
        };
    }
}
