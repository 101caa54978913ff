package io.quorumark.report.page;

import io.quorumark.report.text.Figures;
import io.quorumark.results.model.Stall;
import io.quorumark.results.model.Trial;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One of a cell's longest stalls.
 *
 * @param trial in which it happened
 * @param stall what it was
 */
record TrialStall(Trial trial, Stall stall) {
    /** Of each cell: more than its trial's ten would hide the others. */
    private static final int MOST_EACH = 10;

    static final String NOTHING = "nothing that is watched";

    /** The longest first; empty if nobody watched: results of earlier versions, trials that took turns. */
    static List<TrialStall> longestOf(LabelledCell cell) {
        return cell.trials().stream()
                .flatMap(trial -> stallsOf(trial).stream().map(stall -> new TrialStall(trial, stall)))
                .sorted(Comparator.comparingDouble(
                                (TrialStall each) -> each.stall().millis())
                        .reversed())
                .limit(MOST_EACH)
                .toList();
    }

    private static List<Stall> stallsOf(Trial trial) {
        List<Stall> stalls = trial.stalls();
        return stalls == null ? List.of() : stalls;
    }

    /** {@code block 3}. */
    String block() {
        return "block " + (trial.block() + 1);
    }

    /** {@code log cut 210 ms, device 40.0 ms}. */
    String coincided() {
        return stall.coincided().isEmpty()
                ? NOTHING
                : stall.coincided().stream()
                        .map(each -> words(each.kind()) + " " + Figures.nanos(each.millis() * 1e6))
                        .collect(Collectors.joining(", "));
    }

    /** A kind of coincidence as documents write it. */
    static String words(String kind) {
        return kind.replace('-', ' ');
    }
}
