package io.quorumark.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quorumark.report.gate.GateJson;
import io.quorumark.report.gate.JsonInterval;
import io.quorumark.report.text.Figures;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.cell.CellComparison;
import io.quorumark.results.cell.CellSlope;
import io.quorumark.results.cell.CellSummary;
import io.quorumark.results.cell.ControlArm;
import io.quorumark.results.cell.InjectedStops;
import io.quorumark.results.fairness.FairnessFinding;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cost;
import io.quorumark.results.model.Trial;
import io.quorumark.results.stats.MinimumDetectableEffect;
import io.quorumark.results.store.ResultsJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a campaign, as JSON for programs. Keys are added within a format version, never renamed or removed; docs/gate.md
 * describes them.
 */
public final class CampaignJson {
    private static final int FORMAT_VERSION = 1;

    private CampaignJson() {}

    /** The whole document. The same campaign gives the same text. */
    public static String render(Analysis analysis) {
        return ResultsJson.write(document(analysis));
    }

    /**
     * The same on one line, for pages that carry it, in short: intervals as lists, and nothing said twice. {@link CompactCampaign} has the
     * rules.
     */
    static String renderLine(Analysis analysis) {
        return ResultsJson.writeLineWithoutNulls(CompactCampaign.of(document(analysis)));
    }

    private static Document document(Analysis analysis) {
        Campaign campaign = analysis.stored().campaign();
        double confidence = campaign.design().confidence();
        return new Document(
                FORMAT_VERSION,
                campaign.id(),
                campaign.createdAt(),
                campaign.profile(),
                campaign.host().fingerprint(),
                campaign.software().gitRevision(),
                campaign.software().gitDirty(),
                analysis.stored().isComplete(),
                analysis.exitCode().code(),
                GateJson.key(analysis.exitCode()),
                campaign.design(),
                null,
                null,
                analysis.cells().parallelStream()
                        .map(cell -> row(analysis, cell, confidence))
                        .toList(),
                analysis.unmeasured().stream().map(GateJson::notMeasured).toList(),
                analysis.comparisons().stream().map(CampaignJson::comparison).toList(),
                rankings(analysis, confidence),
                analysis.controlArms().stream().map(CampaignJson::control).toList(),
                analysis.findings().stream().map(CampaignJson::finding).toList());
    }

    /**
     * @param confidence of intervals that tell none; null if all tell it
     * @param units of metrics by which cells are compared, if comparisons do not tell them; null if they do
     */
    record Document(
            int formatVersion,
            String campaignId,
            Instant createdAt,
            String profile,
            String hostFingerprint,
            String gitRevision,
            boolean gitDirty,
            boolean complete,
            int exitCode,
            String outcome,
            Campaign.Design design,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Double confidence,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Map<String, String> units,

            List<Row> cells,
            List<GateJson.NotMeasured> notMeasured,
            List<Comparison> comparisons,
            List<Ranking> rankings,
            List<Control> controlArms,
            List<Note> findings) {
        Document with(
                double usualConfidence,
                Map<String, String> unitsOfMetrics,
                List<Row> rows,
                List<Comparison> compared,
                List<Control> controls) {
            return new Document(
                    formatVersion,
                    campaignId,
                    createdAt,
                    profile,
                    hostFingerprint,
                    gitRevision,
                    gitDirty,
                    complete,
                    exitCode,
                    outcome,
                    design,
                    usualConfidence,
                    unitsOfMetrics,
                    rows,
                    notMeasured,
                    compared,
                    rankings,
                    controls,
                    findings);
        }
    }

    record Row(
            String cellId,
            String engine,
            String engineName,
            String engineVersion,
            String workload,
            int trials,
            int validTrials,
            @Nullable JsonInterval throughputOpsPerSecond,
            @Nullable CellSlope throughputSlope,
            @Nullable JsonInterval p99Micros,
            @Nullable Double dataOverMemory,
            @Nullable Double harnessShare,
            Map<String, JsonInterval> metrics,
            Map<String, JsonInterval> costs,
            Map<String, JsonInterval> cpuNanosPerOperation,
            List<String> caveats) {}

    record Comparison(
            String cellId,
            String referenceCellId,
            String figure,
            JsonInterval ratio,
            int blocks,
            double holmPValue,
            @Nullable Double detectableEffect,
            @Nullable Double band,
            @Nullable Double leastDifference,
            String verdict,
            List<GateJson.Other> others) {}

    record Control(
            String cellId,
            String referenceCellId,
            String figure,
            double injectedSlowdown,
            JsonInterval ratio,
            int blocks,
            double pValue,
            boolean differs,
            @Nullable Double detectableEffect,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            InjectedStops stops) {}

    record Ranking(String workload, String figure, List<String> cellIds) {}

    record Note(String check, String severity, String sentence) {}

    private static Row row(Analysis analysis, CellSummary cell, double confidence) {
        return new Row(
                cell.cell().id(),
                cell.cell().engine(),
                cell.cell().engineName(),
                cell.cell().engineVersion(),
                cell.cell().workload(),
                cell.trials().size(),
                cell.valid().size(),
                cell.throughputOpsPerSecond(confidence).map(JsonInterval::of).orElse(null),
                slope(cell, analysis.stored().campaign().design().equivalenceBand()),
                cell.percentileMicros("99", confidence).map(JsonInterval::of).orElse(null),
                rounded(cell.dataOverMemory(confidence)),
                rounded(analysis.harnessShareOf(cell.cell())),
                metrics(cell, confidence),
                costs(cell, confidence),
                roles(cell, confidence),
                cell.cell().caveats());
    }

    private static CellSlope slope(CellSummary cell, double band) {
        CellSlope slope = cell.slope(band);
        return new CellSlope(
                slope.judged(), slope.falling(), slope.collapsing(), Figures.rounded(slope.medianChange()));
    }

    private static @Nullable Double rounded(OptionalDouble figure) {
        return figure.isPresent() ? Figures.rounded(figure.getAsDouble()) : null;
    }

    private static Map<String, JsonInterval> metrics(CellSummary cell, double confidence) {
        Map<String, JsonInterval> metrics = new TreeMap<>();
        for (Metric metric : Metric.values()) {
            cell.of(metric, confidence).ifPresent(interval -> metrics.put(metric.id(), JsonInterval.of(interval)));
        }
        return metrics;
    }

    private static Map<String, JsonInterval> costs(CellSummary cell, double confidence) {
        Map<String, JsonInterval> costs = new TreeMap<>();
        for (Cost cost : Cost.values()) {
            cell.cost(cost, confidence).ifPresent(interval -> costs.put(cost.id(), JsonInterval.of(interval)));
        }
        return costs;
    }

    private static Map<String, JsonInterval> roles(CellSummary cell, double confidence) {
        Map<String, JsonInterval> roles = new TreeMap<>();
        for (String role : Trial.Costs.ROLES) {
            cell.cpuNanosPerOperation(role, confidence)
                    .ifPresent(interval -> roles.put(role, JsonInterval.of(interval)));
        }
        return roles;
    }

    private static Comparison comparison(CellComparison comparison) {
        return new Comparison(
                comparison.cellId(),
                comparison.referenceCellId(),
                comparison.judgedBy().id(),
                JsonInterval.of(comparison.primary().ratio()),
                comparison.primary().blocks(),
                Figures.rounded(comparison.holmPValue()),
                comparison
                        .detectable()
                        .map(MinimumDetectableEffect::relative)
                        .map(Figures::rounded)
                        .orElse(null),
                Figures.rounded(comparison.band().planned()),
                Figures.rounded(comparison.band().difference()),
                GateJson.key(comparison.verdict()),
                comparison.others().stream().map(GateJson::other).toList());
    }

    /** The engines of each workload by the estimate of what it is judged by, the best first; instruments take no part. */
    private static List<Ranking> rankings(Analysis analysis, double confidence) {
        Map<String, List<CellSummary>> byWorkload = analysis.cells().stream()
                .filter(each -> !each.cell().isHarnessCeiling()
                        && !each.cell().load().isSlowed()
                        && !analysis.aaArms().isTwin(each))
                .collect(
                        Collectors.groupingBy(each -> each.cell().workload(), LinkedHashMap::new, Collectors.toList()));
        List<Ranking> rankings = new ArrayList<>();
        byWorkload.forEach((workload, cells) -> {
            Metric metric = Metric.primaryOf(cells.get(0).cell().load());
            rankings.add(new Ranking(
                    workload,
                    metric.id(),
                    cells.stream()
                            .filter(each -> each.of(metric, confidence).isPresent())
                            .sorted(Comparator.comparingDouble(each -> (metric.moreIsBetter() ? -1 : 1)
                                    * each.of(metric, confidence).orElseThrow().estimate()))
                            .map(each -> each.cell().id())
                            .toList()));
        });
        return rankings;
    }

    private static Control control(ControlArm arm) {
        return new Control(
                arm.control().cell().id(),
                arm.reference().cell().id(),
                arm.judgedBy().id(),
                arm.injected(),
                JsonInterval.of(arm.ratio().ratio()),
                arm.ratio().blocks(),
                Figures.rounded(arm.ratio().pValue()),
                arm.differs(),
                arm.detectable()
                        .map(MinimumDetectableEffect::relative)
                        .map(Figures::rounded)
                        .orElse(null),
                arm.stops().orElse(null));
    }

    private static Note finding(FairnessFinding finding) {
        return new Note(finding.check(), GateJson.key(finding.severity()), finding.sentence());
    }
}
