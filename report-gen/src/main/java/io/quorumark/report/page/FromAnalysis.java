package io.quorumark.report.page;

import io.quorumark.report.text.BandText;
import io.quorumark.report.text.Figures;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.analysis.LifecycleComparison;
import io.quorumark.results.cell.CellComparison;
import io.quorumark.results.cell.CellSummary;
import io.quorumark.results.decision.DecisionRules;
import io.quorumark.results.decision.Evidence;
import io.quorumark.results.decision.GatedOption;
import io.quorumark.results.drill.DrillEvidence;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import io.quorumark.results.stats.Interval;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes figures, intervals and verdicts from the analysis, which alone computes them. */
final class FromAnalysis {

    private final Analysis analysis;
    private final Campaign campaign;
    private final double confidence;

    private FromAnalysis(Analysis analysis) {
        this.analysis = analysis;
        this.campaign = analysis.stored().campaign();
        this.confidence = campaign.design().confidence();
    }

    static Findings of(Analysis analysis) {
        FromAnalysis from = new FromAnalysis(analysis);
        LabelledCells contenders =
                new LabelledCells(from.campaign, analysis.stored().trials());
        List<ComparisonGroup> races = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (List<LabelledCell> group : contenders.groups()) {
            // a known-slowdown arm races against nobody: the checks tell what came of it
            if (group.get(0).cell().load().isSlowed()) {
                continue;
            }
            // what happens besides operations has a table of its own, and the load before it is no race
            if (group.stream().anyMatch(from::timesLifecycle)) {
                continue;
            }
            String workload = group.get(0).cell().workload();
            int occurrence = seen.merge(workload, 1, Integer::sum);
            // two settings of one workload are told apart by number; the setting itself stands below the heading
            races.add(from.race(
                    "race-" + (races.size() + 1),
                    occurrence == 1 ? workload : workload + " (" + occurrence + ")",
                    group));
        }
        List<GatedOption> gated = GatedOption.of(Evidence.of(List.of(analysis)), DecisionRules.defaults());
        return new Findings(
                analysis,
                from.campaign,
                analysis.stored().trials(),
                contenders,
                races,
                DrillEvidence.in(analysis.stored().folder()),
                LifecycleComparison.of(analysis),
                analysis.unmeasured(),
                gated,
                CampaignChecks.of(analysis, contenders, gated));
    }

    private ComparisonGroup race(String id, String title, List<LabelledCell> group) {
        Optional<Standing> ceiling = group.stream()
                .filter(c -> c.cell().isHarnessCeiling())
                .findFirst()
                .map(c -> new Standing(c, figures(c.cell()), Optional.empty(), List.of()));
        List<Standing> standings = group.stream()
                .filter(c -> !c.cell().isHarnessCeiling() && !analysis.aaArms().isTwin(c.cell()))
                .map(c -> {
                    Map<Metric, Estimate> figures = figures(c.cell());
                    return new Standing(c, figures, comparison(c.cell()), notes(c.cell()));
                })
                .toList();
        return new ComparisonGroup(id, title, standings, ceiling);
    }

    private CellSummary summary(Cell cell) {
        return analysis.cells().stream()
                .filter(s -> s.cell().id().equals(cell.id()))
                .findFirst()
                .orElseThrow();
    }

    private boolean timesLifecycle(LabelledCell contender) {
        return analysis.cells().stream()
                .anyMatch(each -> each.cell().equals(contender.cell()) && each.timesLifecycle());
    }

    private Map<Metric, Estimate> figures(Cell cell) {
        Map<Metric, Estimate> figures = new EnumMap<>(Metric.class);
        CellSummary summary = summary(cell);
        for (Metric metric : Metric.values()) {
            summary.of(metric, confidence).ifPresent(interval -> figures.put(metric, estimate(interval)));
        }
        return figures;
    }

    private Optional<Comparison> comparison(Cell cell) {
        if (cell.engine().equals(campaign.design().referenceEngine())) {
            return Optional.of(new Comparison(Estimate.point(1), Comparison.Verdict.REFERENCE, ""));
        }
        return analysis.comparisonOf(cell.id())
                .map(c -> new Comparison(estimate(c.primary().ratio()), verdict(c.verdict()), terms(c)));
    }

    /** {@code band ± 5 %, could show 3.1 %}. */
    private static String terms(CellComparison comparison) {
        String by = comparison.judgedBy() == Metric.THROUGHPUT
                ? ""
                : "by " + comparison.judgedBy().words() + ", ";
        String shows = comparison
                .detectable()
                .map(effect -> unbroken("could show " + Figures.percent(effect.relative())))
                .orElse("too few blocks to show any difference");
        return by + unbroken(BandText.of(comparison.band())) + ", " + shows;
    }

    /** On one line, however narrow the table is. */
    private static String unbroken(String text) {
        return text.replace(' ', '\u00a0');
    }

    private Comparison.Verdict verdict(io.quorumark.results.stats.Verdict verdict) {
        if (!campaign.design().supportsVerdicts()) {
            return Comparison.Verdict.NOT_SUPPORTED;
        }
        return switch (verdict) {
            case BETTER -> Comparison.Verdict.BETTER;
            case WORSE -> Comparison.Verdict.WORSE;
            case EQUIVALENT -> Comparison.Verdict.EQUIVALENT;
            case INCONCLUSIVE -> Comparison.Verdict.INCONCLUSIVE;
        };
    }

    /** An interval with less confidence than the page promises is not shown. */
    private Estimate estimate(Interval interval) {
        return interval.attains(confidence)
                ? new Estimate(interval.estimate(), interval.low(), interval.high(), interval.confidence())
                : Estimate.point(interval.estimate());
    }

    /** What a figure cannot say of itself: that the harness is a good part of it, or that it would have become less. */
    private List<String> notes(Cell cell) {
        List<String> notes = new ArrayList<>();
        analysis.harnessShareOf(cell).stream()
                .filter(share -> share > Analysis.HARNESS_SHARE_THAT_MATTERS)
                .mapToObj(share -> "Harness share " + Figures.percent(share)
                        + ": so much of an operation's cost is the harness itself.")
                .forEach(notes::add);
        summary(cell)
                .slope(campaign.design().equivalenceBand())
                .sentence()
                .map(sentence -> Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1))
                .ifPresent(notes::add);
        return notes;
    }
}
