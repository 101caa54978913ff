package io.quorumark.results.decision;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.cell.CellComparison;
import io.quorumark.results.cell.CellSummary;
import io.quorumark.results.decision.ValueFunction.Linear;
import io.quorumark.results.decision.ValueFunction.Relative;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.AddedLater;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial;
import io.quorumark.results.stats.Interval;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.descriptive.Median;
import org.jspecify.annotations.Nullable;

/**
 * What a decision took for granted, in a form that a program can hold against later campaigns: the front matter of a record.
 *
 * @param formatVersion {@link #FORMAT_VERSION} when written
 * @param label what could be said of the leader
 * @param outcome the option that was proposed; null if none was
 * @param rules with which it was decided, complete, so that it can be decided again
 * @param campaigns that it rests on
 * @param options in their order
 * @param settings that they were compared in
 * @param ratios against the reference of each setting
 */
public record Assumptions(
        int formatVersion,
        String label,
        @JsonSetter(nulls = Nulls.SET) @Nullable String outcome,
        Rules rules,
        List<MeasuredOn> campaigns,
        List<Candidate> options,
        List<Question> settings,
        List<Ratio> ratios) {
    public static final int FORMAT_VERSION = 1;

    public Assumptions {
        campaigns = List.copyOf(campaigns);
        options = List.copyOf(options);
        settings = List.copyOf(settings);
        ratios = List.copyOf(ratios);
    }

    /**
     * @param criteria with their weights and value functions
     * @param limits by metric
     * @param licences that are acceptable; null if all are
     * @param maintenance the least that is acceptable; null if anything is
     * @param source name of the file, or {@code defaults}
     */
    public record Rules(
            String role,
            double concentration,
            List<Weight> criteria,
            Map<String, Double> limits,
            @AddedLater @Nullable List<String> licences,
            @AddedLater @Nullable String maintenance,
            String source,
            @JsonSetter(nulls = Nulls.SET) @Nullable String sha256,
            @JsonSetter(nulls = Nulls.SET) @Nullable Instant modifiedAt) {}

    /**
     * @param worst of a linear value function; null for a relative one
     * @param best of a linear value function; null for a relative one
     */
    public record Weight(
            String metric,
            double weight,
            @JsonSetter(nulls = Nulls.SET) @Nullable Double worst,
            @JsonSetter(nulls = Nulls.SET) @Nullable Double best) {}

    /**
     * @param machine fingerprint of the host
     * @param cpuSpinMillis median canary of its trials
     * @param syncMicros median canary of its trials
     * @param resultFormat of its files
     * @param smallestPValue that any of its comparisons can have, adjusted, if that is too large to call a difference; null if a
     * large enough difference would be called
     */
    public record MeasuredOn(
            String campaign,
            String machine,
            double cpuSpinMillis,
            double syncMicros,
            String quorumark,
            int resultFormat,
            double band,
            double confidence,
            @AddedLater @Nullable Double smallestPValue) {}

    /** @param gates what they say in sum */
    public record Candidate(String name, String engine, String version, String gates) {}

    /** @param mix share of each operation class, as acknowledged */
    public record Question(
            String title,
            String workload,
            String identity,
            Map<String, Double> mix,
            String target,
            int members,
            String logDurability,
            String reads,
            String load,
            long memoryBudgetBytes) {
        /** Whether answers to both can be held against each other: the same workload by name, under the same promises. */
        boolean asksTheSame(Question other) {
            return workload.equals(other.workload)
                    && target.equals(other.target)
                    && logDurability.equals(other.logDurability)
                    && reads.equals(other.reads);
        }
    }

    /** How many times as good an option is as the reference, by one metric. */
    public record Ratio(
            String setting,
            String option,
            String reference,
            String metric,
            double estimate,
            double low,
            double high,
            double confidence) {}

    /** What a decision rests on. */
    public static Assumptions of(Decision decision) {
        Evidence evidence = decision.evidence();
        return new Assumptions(
                FORMAT_VERSION,
                decision.label().word(),
                decision.proposed().map(Option::name).orElse(null),
                rules(decision.rules()),
                evidence.campaigns().stream().map(Assumptions::measuredOn).toList(),
                decision.options().stream()
                        .map(each -> new Candidate(
                                each.option().name(),
                                each.option().engine(),
                                each.option().engineVersion(),
                                each.outcome().words()))
                        .toList(),
                evidence.settings().stream().map(Assumptions::question).toList(),
                ratios(decision));
    }

    private static Rules rules(DecisionRules rules) {
        Map<String, Double> limits = new TreeMap<>();
        rules.limits().forEach((metric, limit) -> limits.put(metric.id(), limit));
        return new Rules(
                rules.role().id(),
                rules.concentration(),
                rules.criteria().stream()
                        .map(criterion -> criterion.value() instanceof Linear linear
                                ? new Weight(criterion.metric().id(), criterion.weight(), linear.worst(), linear.best())
                                : new Weight(criterion.metric().id(), criterion.weight(), null, null))
                        .toList(),
                limits,
                rules.factLimits().licences().isEmpty()
                        ? null
                        : rules.factLimits().licences(),
                rules.factLimits().maintenance().map(Maintenance::id).orElse(null),
                rules.source().name(),
                rules.source().sha256().orElse(null),
                rules.source().modifiedAt().orElse(null));
    }

    /**
     * The rules with which it was decided.
     *
     * @throws IllegalArgumentException they name what this version does not know
     */
    public DecisionRules decisionRules() {
        List<Criterion> criteria = rules.criteria().stream()
                .map(weight -> new Criterion(Metric.require(weight.metric()), weight.weight(), function(weight)))
                .toList();
        Map<Metric, Double> limits = new EnumMap<>(Metric.class);
        rules.limits().forEach((metric, limit) -> limits.put(Metric.require(metric), limit));
        Role role = Role.of(rules.role())
                .orElseThrow(() -> new IllegalArgumentException("role is '" + rules.role() + "', expected one of "
                        + Arrays.stream(Role.values()).map(Role::id).toList()));
        return new DecisionRules(
                criteria,
                limits,
                factLimits(),
                role,
                rules.concentration(),
                new RulesSource(
                        rules.source(), Optional.ofNullable(rules.sha256()), Optional.ofNullable(rules.modifiedAt())));
    }

    private FactLimits factLimits() {
        String least = rules.maintenance();
        return new FactLimits(
                rules.licences() == null ? List.of() : rules.licences(),
                least == null
                        ? Optional.empty()
                        : Optional.of(Maintenance.of(least)
                                .orElseThrow(() ->
                                        new IllegalArgumentException("maintenance is '" + least + "', expected one of "
                                                + Arrays.stream(Maintenance.values())
                                                        .map(Maintenance::id)
                                                        .toList()))));
    }

    private static ValueFunction function(Weight weight) {
        Double worst = weight.worst();
        Double best = weight.best();
        return worst == null || best == null ? new Relative() : new Linear(worst, best);
    }

    private static MeasuredOn measuredOn(Analysis analysis) {
        Campaign campaign = analysis.stored().campaign();
        List<Trial> trials = analysis.stored().trials();
        return new MeasuredOn(
                campaign.id(),
                campaign.host().fingerprint(),
                median(trials, trial -> trial.canary().cpuSpinMillis()),
                median(trials, trial -> trial.canary().syncMicros()),
                campaign.software().quorumarkVersion(),
                campaign.formatVersion(),
                campaign.design().equivalenceBand(),
                campaign.design().confidence(),
                analysis.tooShortReach()
                        .map(reach -> sixDigits(reach.smallestPValue()))
                        .orElse(null));
    }

    private static double median(List<Trial> trials, ToDoubleFunction<Trial> figure) {
        return trials.isEmpty()
                ? 0
                : sixDigits(Median.withDefaults()
                        .evaluate(trials.stream().mapToDouble(figure).toArray()));
    }

    private static Question question(Setting setting) {
        Cell cell = setting.anyCell();
        return new Question(
                setting.title(),
                cell.workload(),
                cell.workloadIdentity(),
                mix(setting),
                cell.target().id(),
                cell.cluster().members(),
                cell.cluster().logDurability(),
                cell.cluster().readConsistency(),
                cell.load().kind(),
                cell.memoryBudgetBytes());
    }

    /** To whole percents: what was acknowledged scatters around what the workload asks for. */
    private static Map<String, Double> mix(Setting setting) {
        Map<String, Long> counts = new TreeMap<>();
        setting.cells().values().stream()
                .flatMap(cell -> cell.valid().stream())
                .forEach(trial ->
                        trial.latency().forEach((name, latency) -> counts.merge(name, latency.count(), Long::sum)));
        Long all = counts.remove(Trial.ALL_OPERATIONS);
        Map<String, Double> mix = new TreeMap<>();
        if (all != null && all > 0) {
            counts.forEach((name, count) -> mix.put(name, Math.round(100.0 * count / all) / 100.0));
        }
        return mix;
    }

    private static List<Ratio> ratios(Decision decision) {
        List<Ratio> ratios = new ArrayList<>();
        for (Setting setting : decision.evidence().settings()) {
            setting.cells()
                    .forEach((option, cell) -> comparison(decision, setting, cell)
                            .ifPresent(comparison -> decision.rules().criteria().stream()
                                    .map(Criterion::metric)
                                    .filter(metric -> metric.isAbout(cell.cell().load(), setting.timesLifecycle()))
                                    .forEach(metric -> comparison
                                            .ratio(metric)
                                            .ifPresent(ratio -> ratios.add(ratio(
                                                    setting,
                                                    option,
                                                    reference(decision, setting),
                                                    metric,
                                                    ratio.ratio()))))));
        }
        return ratios;
    }

    private static Optional<CellComparison> comparison(Decision decision, Setting setting, CellSummary cell) {
        return decision.evidence()
                .campaigns()
                .get(setting.campaign())
                .comparisonOf(cell.cell().id());
    }

    private static String reference(Decision decision, Setting setting) {
        return decision.evidence()
                .campaigns()
                .get(setting.campaign())
                .stored()
                .campaign()
                .design()
                .referenceEngine();
    }

    private static Ratio ratio(Setting setting, String option, String reference, Metric metric, Interval ratio) {
        return new Ratio(
                setting.title(),
                option,
                reference,
                metric.id(),
                sixDigits(ratio.estimate()),
                sixDigits(ratio.low()),
                sixDigits(ratio.high()),
                sixDigits(ratio.confidence()));
    }

    /** What lies beyond differs between processors, and means nothing. */
    private static double sixDigits(double value) {
        return Double.isFinite(value)
                ? BigDecimal.valueOf(value).round(new MathContext(6)).doubleValue()
                : value;
    }
}
