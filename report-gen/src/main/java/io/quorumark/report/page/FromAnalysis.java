package io.quorumark.report.page;

import io.quorumark.report.text.BandText;
import io.quorumark.report.text.Figures;
import io.quorumark.report.text.MetricText;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.analysis.LifecycleComparison;
import io.quorumark.results.cell.CellComparison;
import io.quorumark.results.cell.CellSummary;
import io.quorumark.results.decision.DecisionRules;
import io.quorumark.results.decision.Decisions;
import io.quorumark.results.decision.Evidence;
import io.quorumark.results.decision.GatedOption;
import io.quorumark.results.drill.DrillEvidence;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import io.quorumark.results.stats.Interval;
import io.quorumark.results.stats.Verdict;
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

    static ReportContent of(Analysis analysis) {
        FromAnalysis from = new FromAnalysis(analysis);
        LabelledCells labelledCells =
                new LabelledCells(from.campaign, analysis.stored().trials());
        List<ComparisonGroup> groups = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (List<LabelledCell> alike : labelledCells.groups()) {
            // a known-slowdown arm is compared with nothing here: the checks tell what came of it
            if (alike.get(0).cell().load().isSlowed()) {
                continue;
            }
            // what happens besides operations has a table of its own, and the load before it is not compared
            if (alike.stream().anyMatch(from::timesLifecycle)) {
                continue;
            }
            String workload = alike.get(0).cell().workload();
            int occurrence = seen.merge(workload, 1, Integer::sum);
            // two settings of one workload are told apart by number; the setting itself stands below the heading
            groups.add(from.comparisonGroup(
                    "group-" + (groups.size() + 1),
                    occurrence == 1 ? workload : workload + " (" + occurrence + ")",
                    alike));
        }
        Evidence evidence = Evidence.of(List.of(analysis));
        List<GatedOption> gated = GatedOption.of(evidence, DecisionRules.defaults());
        return new ReportContent(
                analysis,
                from.campaign,
                analysis.stored().trials(),
                labelledCells,
                groups,
                DrillEvidence.in(analysis.stored().folder()),
                LifecycleComparison.of(analysis),
                analysis.unmeasured(),
                new Decisions(evidence),
                gated,
                CampaignChecks.of(analysis, labelledCells, gated));
    }

    private ComparisonGroup comparisonGroup(String id, String title, List<LabelledCell> alike) {
        Optional<ComparedCell> ceiling = alike.stream()
                .filter(c -> c.cell().isHarnessCeiling())
                .findFirst()
                .map(c -> new ComparedCell(c, figures(c.cell()), Optional.empty(), List.of()));
        List<ComparedCell> cells = alike.parallelStream()
                .filter(c -> !c.cell().isHarnessCeiling() && !analysis.aaArms().isTwin(c.cell()))
                .map(c -> {
                    Map<Metric, Estimate> figures = figures(c.cell());
                    return new ComparedCell(c, figures, comparison(c.cell()), notes(c.cell()));
                })
                .toList();
        return new ComparisonGroup(id, title, cells, ceiling);
    }

    private CellSummary summary(Cell cell) {
        return analysis.cells().stream()
                .filter(s -> s.cell().id().equals(cell.id()))
                .findFirst()
                .orElseThrow();
    }

    private boolean timesLifecycle(LabelledCell labelledCell) {
        return analysis.cells().stream()
                .anyMatch(each -> each.cell().equals(labelledCell.cell()) && each.timesLifecycle());
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
            Estimate itself = summary(cell).valid().isEmpty() ? Estimate.ABSENT : Estimate.point(1);
            return Optional.of(new Comparison(itself, Comparison.WordedVerdict.REFERENCE, ""));
        }
        return analysis.comparisonOf(cell.id())
                .map(c -> new Comparison(estimate(c.primary().ratio()), verdict(c.verdict()), terms(c, cell.load())));
    }

    /** {@code band ± 5 %, could show 3.1 %}. */
    private static String terms(CellComparison comparison, Cell.Load load) {
        Metric judgedBy = comparison.judgedBy();
        String by = MetricText.standIn(judgedBy, load)
                .map(standIn -> standIn + ", ")
                .orElse(judgedBy == Metric.THROUGHPUT ? "" : "by " + judgedBy.words() + ", ");
        String shows = comparison
                .detectable()
                .map(effect -> unbroken("could show " + Figures.percent(effect.relative())))
                .orElse("too few blocks to show any difference");
        return by + unbroken(BandText.of(comparison.band())) + ", " + shows;
    }

    /** On one line up to the first comma, however narrow the table is. */
    private static String unbroken(String text) {
        int comma = text.indexOf(',');
        int end = comma < 0 ? text.length() : comma;
        return text.substring(0, end).replace(' ', '\u00a0') + text.substring(end);
    }

    private Comparison.WordedVerdict verdict(Verdict verdict) {
        if (!campaign.design().supportsVerdicts()) {
            return Comparison.WordedVerdict.NOT_SUPPORTED;
        }
        return switch (verdict) {
            case BETTER -> Comparison.WordedVerdict.BETTER;
            case WORSE -> Comparison.WordedVerdict.WORSE;
            case EQUIVALENT -> Comparison.WordedVerdict.EQUIVALENT;
            case INCONCLUSIVE -> Comparison.WordedVerdict.INCONCLUSIVE;
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
