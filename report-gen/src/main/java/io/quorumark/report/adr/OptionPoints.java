package io.quorumark.report.adr;

import io.quorumark.report.text.Figures;
import io.quorumark.report.text.MetricText;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.analysis.LifecycleComparison;
import io.quorumark.results.cell.CellComparison;
import io.quorumark.results.cell.CellSummary;
import io.quorumark.results.cell.MetricComparison;
import io.quorumark.results.decision.Assessment;
import io.quorumark.results.decision.Criterion;
import io.quorumark.results.decision.Decision;
import io.quorumark.results.decision.Option;
import io.quorumark.results.decision.Setting;
import io.quorumark.results.drill.DrillEvidence;
import io.quorumark.results.drill.DrillFinding;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import io.quorumark.results.stats.BlockedRatio;
import io.quorumark.results.stats.Interval;
import io.quorumark.results.stats.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What speaks for and against each option, one line a figure. The words good and bad follow verdicts against the reference engine, and no
 * point estimate: an advantage inside its interval is none.
 */
final class OptionPoints {
    private final Decision decision;
    private final List<LifecycleComparison> lifecycles;
    private final List<Optional<DrillEvidence>> drills;

    /** One option with its lines; the names are the template's. */
    record View(String name, List<String> lines) {}

    OptionPoints(Decision decision) {
        this.decision = decision;
        this.lifecycles = decision.evidence().campaigns().stream()
                .map(LifecycleComparison::of)
                .toList();
        this.drills = decision.evidence().campaigns().stream()
                .map(each -> DrillEvidence.in(each.stored().folder()))
                .toList();
    }

    List<View> all() {
        return decision.options().stream()
                .map(Assessment::option)
                .map(option -> new View(option.name(), of(option)))
                .toList();
    }

    List<String> of(Option option) {
        List<String> lines = new ArrayList<>();
        for (Setting setting : decision.evidence().settings()) {
            setting.of(option).ifPresent(cell -> figures(setting, cell, lines));
        }
        drills(option, lines);
        Set<String> caveats = new LinkedHashSet<>();
        option.cells().forEach(each -> caveats.addAll(each.cell().caveats()));
        caveats.forEach(caveat -> lines.add("Bad, because: " + caveat));
        return lines;
    }

    private void figures(Setting setting, CellSummary cell, List<String> lines) {
        Analysis analysis = decision.evidence().campaigns().get(setting.campaign());
        double confidence = analysis.stored().campaign().design().confidence();
        for (Criterion criterion : decision.rules().criteria()) {
            Metric metric = criterion.metric();
            if (metric.isAbout(cell.cell().load(), setting.timesLifecycle())) {
                cell.of(metric, confidence)
                        .ifPresent(level -> lines.add(word(setting, cell.cell(), metric) + ", because "
                                + metric.words(cell.cell().load()) + " on " + setting.title() + " is "
                                + figure(metric, level) + against(setting, cell.cell(), metric)
                                + citation(analysis, cell.cell())));
            }
        }
    }

    private record Compared(BlockedRatio ratio, Verdict verdict) {}

    private Optional<Compared> compared(Setting setting, Cell cell, Metric metric) {
        Optional<Compared> duration = lifecycles.get(setting.campaign()).durations().stream()
                .filter(each -> each.cell().equals(cell) && each.phase().id().equals(metric.id()))
                .flatMap(each -> each.comparison().stream())
                .map(each -> new Compared(each.ratio(), each.verdict()))
                .findFirst();
        if (duration.isPresent()) {
            return duration;
        }
        return decision.evidence()
                .campaigns()
                .get(setting.campaign())
                .comparisonOf(cell.id())
                .flatMap(comparison -> compared(comparison, metric));
    }

    private static Optional<Compared> compared(CellComparison comparison, Metric metric) {
        return comparison.judgedBy() == metric
                ? Optional.of(new Compared(comparison.primary(), comparison.verdict()))
                : comparison.others().stream()
                        .filter(other -> other.metric() == metric)
                        .map((MetricComparison other) -> new Compared(other.ratio(), other.verdict()))
                        .findFirst();
    }

    private String word(Setting setting, Cell cell, Metric metric) {
        return compared(setting, cell, metric)
                .map(Compared::verdict)
                .map(verdict -> switch (verdict) {
                    case BETTER -> "Good";
                    case WORSE -> "Bad";
                    case EQUIVALENT, INCONCLUSIVE -> "Neutral";
                })
                .orElse("Neutral");
    }

    private String against(Setting setting, Cell cell, Metric metric) {
        Campaign campaign =
                decision.evidence().campaigns().get(setting.campaign()).stored().campaign();
        if (cell.engine().equals(campaign.design().referenceEngine())) {
            return ", the reference";
        }
        return compared(setting, cell, metric)
                .map(compared -> ", " + Figures.ratio(compared.ratio().ratio().estimate()) + " ["
                        + Figures.significant(compared.ratio().ratio().low()) + ", "
                        + Figures.significant(compared.ratio().ratio().high()) + "] at "
                        + Figures.confidence(compared.ratio().ratio().confidence()) + " as good as "
                        + reference(campaign) + ": "
                        + compared.verdict().name().toLowerCase(java.util.Locale.ROOT))
                .orElse("");
    }

    private static String reference(Campaign campaign) {
        String id = campaign.design().referenceEngine();
        return campaign.cells().stream()
                .filter(cell -> cell.engine().equals(id))
                .map(Cell::engineName)
                .findFirst()
                .orElse(id);
    }

    private static String figure(Metric metric, Interval level) {
        String value = MetricText.column(metric, level.estimate());
        return MetricText.level(metric, level.estimate()) + " "
                + Figures.range(value, MetricText.column(metric, level.low()), MetricText.column(metric, level.high()))
                + " at " + Figures.confidence(level.confidence());
    }

    private static String citation(Analysis analysis, Cell cell) {
        return " (" + analysis.stored().campaign().id() + ", cell " + cell.id() + ", files trials/b…-" + cell.id()
                + ".json)";
    }

    private void drills(Option option, List<String> lines) {
        for (Optional<DrillEvidence> evidence : drills) {
            evidence.ifPresent(held -> held.findings().stream()
                    .filter(finding -> finding.engine().equals(option.engine())
                            && finding.engineVersion().equals(option.engineVersion()))
                    .forEach(finding -> lines.add(drill(finding))));
        }
    }

    private static String drill(DrillFinding finding) {
        return (finding.problems().isEmpty() ? "Neutral" : "Bad") + ", because the drill " + finding.drill() + " took "
                + Figures.micros(1e3 * finding.medianMillis()) + " as the median of its rounds, from "
                + Figures.micros(1e3 * finding.leastMillis()) + " to " + Figures.micros(1e3 * finding.mostMillis())
                + (finding.problems().isEmpty() ? "" : "; " + finding.problems().get(0)) + " (drills.json)";
    }
}
