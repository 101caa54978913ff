package io.quorumark.report.gate;

import io.quorumark.results.ExitCode;
import io.quorumark.results.gate.GateResult;
import io.quorumark.results.gate.GateResult.GateCell;
import io.quorumark.results.stats.Verdict;
import io.quorumark.results.text.Plural;
import java.util.ArrayList;
import java.util.List;

/** What a gate or a comparison comes to, in one or two sentences. */
final class GateHeadline {
    private GateHeadline() {}

    static String of(GateAnswer answer) {
        GateResult result = answer.result();
        if (result.exitCode() == ExitCode.INCORRECT || result.exitCode() == ExitCode.UNFAIR) {
            return "Do not compare these campaigns: one of them is "
                    + GateMarkdown.words(result.exitCode().name()) + ".";
        }
        if (result.cells().isEmpty()) {
            return (answer.isGate() && !result.passed() ? "Not passed: nothing" : "Nothing") + " was compared.";
        }
        return answer.isGate() ? ofGate(result) : ofComparison(result);
    }

    private static String ofGate(GateResult result) {
        List<GateCell> regressions = JudgedCells.worstFirst(result.cells()).stream()
                .filter(GateCell::isRegression)
                .toList();
        if (result.exitCode() == ExitCode.HARNESS) {
            return "Failed: trials of the head campaign failed.";
        }
        if (!regressions.isEmpty()) {
            return "Failed: " + regressions.size() + " of " + cells(result) + " regressed. "
                    + worst(regressions.get(0));
        }
        List<String> rest = new ArrayList<>();
        long waived = result.cells().stream()
                .filter(cell -> cell.waiver().isPresent())
                .count();
        add(waived, waived == 1 ? "regression is waived" : "regressions are waived", rest);
        addRest(result, rest);
        return (result.passed() ? "Passed: no cell of " : "Not passed, though no cell of ")
                + result.cells().size() + " regressed" + (rest.isEmpty() ? "" : "; " + String.join(", ", rest)) + ".";
    }

    private static String ofComparison(GateResult result) {
        long worse = JudgedCells.count(result.cells(), Verdict.WORSE);
        long better = JudgedCells.count(result.cells(), Verdict.BETTER);
        List<String> rest = new ArrayList<>();
        add(JudgedCells.count(result.cells(), Verdict.EQUIVALENT), "equivalent", rest);
        addRest(result, rest);
        String others = rest.isEmpty() ? "" : "; " + String.join(", ", rest);
        if (worse == 0 && better == 0) {
            return "No cell of " + result.cells().size() + " is known to differ" + others + ".";
        }
        String differing = worse == 0
                ? better + " of " + cells(result) + (better == 1 ? " is better" : " are better")
                : worse + " of " + cells(result) + (worse == 1 ? " is worse" : " are worse")
                        + (better == 0 ? "" : " and " + better + " better");
        return differing + others + "."
                + (worse == 0
                        ? ""
                        : " " + worst(JudgedCells.worstFirst(result.cells()).get(0)));
    }

    private static String worst(GateCell cell) {
        return "The worst, " + JudgedCells.name(cell) + ": " + JudgedCells.finding(cell) + ".";
    }

    private static void addRest(GateResult result, List<String> rest) {
        add(JudgedCells.count(result.cells(), Verdict.INCONCLUSIVE), "inconclusive", rest);
        add(result.notMeasured().size(), "not measured", rest);
    }

    private static void add(long count, String words, List<String> rest) {
        if (count > 0) {
            rest.add(count + " " + words);
        }
    }

    private static String cells(GateResult result) {
        return Plural.of(result.cells().size(), "cell");
    }
}
