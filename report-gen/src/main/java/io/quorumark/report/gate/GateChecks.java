package io.quorumark.report.gate;

import io.quorumark.report.page.Alike;
import io.quorumark.report.page.CampaignChecks;
import io.quorumark.report.page.Check;
import io.quorumark.report.page.LabelledCells;
import io.quorumark.report.text.Figures;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.cell.UnmeasuredCell;
import io.quorumark.results.gate.GateResult;
import io.quorumark.results.gate.GateResult.GateCell;
import io.quorumark.results.gate.Waiver;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.stats.Verdict;
import io.quorumark.results.text.Plural;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** What must hold for a gate's answer to be worth reading, and what it found, as the strip below its first sentence. */
final class GateChecks {
    private GateChecks() {}

    static List<Check> of(GateAnswer answer) {
        GateResult result = answer.result();
        List<Check> checks = new ArrayList<>();
        checks.add(result.cells().isEmpty() ? nothingCompared(result) : regressions(answer));
        waivers(result, checks);
        if (!result.notMeasured().isEmpty()) {
            checks.add(new Check(
                    "warn",
                    result.notMeasured().size() + " not measured",
                    "planned in the head, and no trial counts",
                    Alike.merged(
                            result.notMeasured().stream()
                                    .map(UnmeasuredCell::sentence)
                                    .toList(),
                            result.notMeasured().stream()
                                    .map(UnmeasuredCell::cell)
                                    .flatMap(cell -> Stream.of(cell.engineName(), cell.workload()))
                                    .toList())));
        }
        checks.add(campaign("Base", answer.base()));
        checks.add(campaign("Head", answer.head()));
        checks.add(machine(answer));
        if (!result.cells().isEmpty()) {
            checks.add(power(result.cells()));
        }
        return checks;
    }

    private static Check nothingCompared(GateResult result) {
        boolean broken = !result.passed();
        return new Check(
                broken ? "bad" : "warn",
                "Nothing compared",
                GateMarkdown.words(result.exitCode().name()),
                result.problems().isEmpty() ? List.of("The campaigns have no cell in common.") : result.problems());
    }

    private static Check regressions(GateAnswer answer) {
        List<GateCell> cells = JudgedCells.worstFirst(answer.result().cells());
        List<String> worse = cells.stream()
                .filter(GateCell::isRegression)
                .map(cell -> JudgedCells.name(cell) + ": " + JudgedCells.finding(cell) + ".")
                .toList();
        String judged = Plural.of(cells.size(), "cell") + " judged";
        if (worse.isEmpty()) {
            return new Check(
                    "good",
                    answer.isGate() ? "No regression" : "None worse",
                    judged,
                    List.of(
                            "No cell's interval lies below the band, with a p-value adjusted for all cells that agrees."));
        }
        return answer.isGate()
                ? new Check("bad", Plural.of(worse.size(), "regression"), judged, worse)
                : new Check("warn", worse.size() + " worse", judged, worse);
    }

    private static void waivers(GateResult result, List<Check> checks) {
        List<String> waived = result.cells().stream()
                .flatMap(cell -> cell.waiver().map(Waiver::sentence).stream()
                        .map(sentence ->
                                JudgedCells.name(cell) + ", " + JudgedCells.finding(cell) + ": " + sentence + "."))
                .toList();
        if (!waived.isEmpty()) {
            checks.add(new Check("warn", waived.size() + " waived", "worse, and may pass for a while", waived));
        }
    }

    /** What a campaign's own report says of its trials. */
    private static Check campaign(String side, Analysis analysis) {
        Campaign campaign = analysis.stored().campaign();
        List<Check> own = CampaignChecks.ofTrials(
                analysis, new LabelledCells(campaign, analysis.stored().trials()));
        List<String> details = new ArrayList<>();
        own.forEach(check -> {
            details.add(check.title() + ": " + check.summary() + ".");
            details.addAll(check.details());
        });
        List<String> titles = own.stream().map(Check::title).toList();
        return new Check(
                worst(own.stream().map(Check::tone).toList()),
                side + ": " + titles.get(titles.size() - 1),
                String.join(", ", titles.subList(0, titles.size() - 1)).toLowerCase(Locale.ROOT),
                details);
    }

    private static String worst(List<String> tones) {
        return tones.contains("bad") ? "bad" : tones.contains("warn") ? "warn" : "good";
    }

    private static Check machine(GateAnswer answer) {
        String before = answer.base().stored().campaign().host().fingerprint();
        String after = answer.head().stored().campaign().host().fingerprint();
        if (!before.equals(after)) {
            return new Check(
                    "bad",
                    "Two machines",
                    before + " and " + after,
                    List.of("Ratios of figures from two machines would compare the machines: none is shown."));
        }
        return answer.result().cells().stream().anyMatch(cell -> cell.relative().isPresent())
                ? new Check(
                        "warn",
                        "The machine changed",
                        "cells are judged against each other",
                        List.of(
                                "The canaries were not as fast in both campaigns. Each cell is judged by what it did beyond the"
                                        + " median of the others; a change of most cells alike cannot be seen so."))
                : new Check(
                        "good",
                        "One machine",
                        "fingerprint " + after,
                        List.of("Both campaigns ran on the same machine, and cells are judged by their own ratio."));
    }

    /** Which differences could have been shown. */
    private static Check power(List<GateCell> cells) {
        List<String> details = new ArrayList<>();
        int blind = 0;
        for (GateCell cell : cells) {
            boolean sees = cell.detectable()
                    .filter(effect -> effect.relative() <= cell.band().difference())
                    .isPresent();
            blind += sees ? 0 : 1;
            details.add(JudgedCells.name(cell) + ": "
                    + cell.detectable()
                            .map(effect -> "the smallest effect that "
                                    + Plural.of(cell.primary().blocks(), "block") + " would show is "
                                    + Figures.percent(effect.relative()) + ".")
                            .orElse("too few blocks to show any effect."));
        }
        OptionalDouble most = cells.stream()
                .flatMap(cell -> cell.detectable().stream())
                .mapToDouble(effect -> effect.relative())
                .max();
        String summary = most.isEmpty()
                ? "too few blocks to show any effect"
                : "effects of " + Figures.percent(most.getAsDouble()) + " and more in every cell that can tell";
        return blind == 0
                ? new Check("good", "Sees what matters", summary, details)
                : new Check(
                        "warn",
                        blind + " of " + Plural.of(cells.size(), "cell") + " see less than the band",
                        summary,
                        details);
    }

    /** For tables: the style of a verdict. */
    static String tone(Verdict verdict) {
        return switch (verdict) {
            case WORSE -> "bad";
            case INCONCLUSIVE -> "warn";
            case EQUIVALENT -> "neutral";
            case BETTER -> "good";
        };
    }
}
