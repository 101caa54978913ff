package io.quorumark.report.page;

import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Findings that the stored trials alone support: medians, ratios of medians and outcomes. Intervals and verdicts need the analysis; without it no comparison is
 * called.
 */
final class Description {

    private Description() {}

    static Findings of(Campaign campaign, List<Trial> trials) {
        Contenders contenders = new Contenders(campaign, trials);
        List<Race> races = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (List<Contender> group : contenders.groups()) {
            races.add(race(campaign, group, seen));
        }
        return new Findings(campaign, trials, contenders, races, checks(campaign, trials, contenders));
    }

    private static Race race(Campaign campaign, List<Contender> group, Map<String, Integer> seen) {
        Cell any = group.get(0).cell();
        int occurrence = seen.merge(any.workload(), 1, Integer::sum);
        Optional<Contender> reference = group.stream()
                .filter(c -> c.cell().engine().equals(campaign.design().referenceEngine()))
                .findFirst();
        double base = reference.map(Description::throughput).orElse(Double.NaN);
        List<Standing> standings = new ArrayList<>();
        Optional<Standing> ceiling = Optional.empty();
        for (Contender contender : group) {
            if (contender.cell().isHarnessCeiling()) {
                ceiling = Optional.of(new Standing(contender, figures(contender), Optional.empty(), List.of()));
            } else {
                boolean isReference = reference.filter(contender::equals).isPresent();
                Optional<Comparison> comparison = Optional.of(throughput(contender) / base)
                        .filter(Double::isFinite)
                        .map(ratio -> new Comparison(
                                new Estimate(ratio, Double.NaN, Double.NaN),
                                isReference ? Comparison.Verdict.REFERENCE : Comparison.Verdict.NOT_SUPPORTED));
                standings.add(new Standing(contender, figures(contender), comparison, List.of()));
            }
        }
        return new Race(
                "race-" + seen.values().stream().mapToInt(Integer::intValue).sum(),
                any.workload() + (occurrence == 1 ? "" : ", " + Contenders.durability(any)),
                standings,
                ceiling);
    }

    private static double throughput(Contender contender) {
        return Medians.median(
                contender.trials().stream().map(Trial::throughputOpsPerSecond).toList());
    }

    private static Map<Metric, Estimate> figures(Contender contender) {
        Map<Metric, Estimate> figures = new EnumMap<>(Metric.class);
        for (Metric metric : Metric.values()) {
            List<Double> values = contender.trials().stream()
                    .map(reading(metric))
                    .filter(Objects::nonNull)
                    .toList();
            // a percentile that only some trials support would be a median of the slow ones
            if (!values.isEmpty() && values.size() == contender.trials().size()) {
                figures.put(metric, new Estimate(Medians.median(values), Double.NaN, Double.NaN));
            }
        }
        return figures;
    }

    private static Function<Trial, @Nullable Double> reading(Metric metric) {
        return switch (metric) {
            case THROUGHPUT -> Trial::throughputOpsPerSecond;
            case P50 -> trial -> percentile(trial, "50");
            case P99 -> trial -> percentile(trial, "99");
            case P999 -> trial -> percentile(trial, "99.9");
            case CPU -> trial -> trial.resources().cpuNanosPerOperation();
            case WRITTEN ->
                trial -> trial.operations() == 0
                        ? Double.NaN
                        : (double) trial.resources().writtenBytes() / trial.operations();
            case DISK -> trial -> (double) trial.resources().diskBytes();
        };
    }

    private static @Nullable Double percentile(Trial trial, String percentile) {
        Trial.Latency latency = trial.latency().get(Trial.ALL_OPERATIONS);
        return latency == null ? null : latency.percentileMicros().get(percentile);
    }

    private static List<Check> checks(Campaign campaign, List<Trial> trials, Contenders contenders) {
        List<Check> checks = new ArrayList<>();
        List<String> incorrect = described(trials, Outcome.INCORRECT, contenders);
        long verified = trials.stream().filter(t -> t.verification() != null).count();
        checks.add(
                incorrect.isEmpty()
                        ? new Check(
                                verified == trials.size() ? "good" : "warn",
                                verified == trials.size() ? "Correct" : "Not fully verified",
                                verified + " of " + Headline.count(trials.size(), "trial") + " verified",
                                List.of(
                                        "A verified trial's replicas hold what a plain sorted map holds after the same operations."))
                        : new Check(
                                "bad",
                                "Correctness failed",
                                Headline.count(incorrect.size(), "trial") + " lost or changed data",
                                incorrect));
        List<String> unfair = described(trials, Outcome.UNFAIR, contenders);
        checks.add(
                unfair.isEmpty()
                        ? new Check(
                                "good",
                                "No trial unfair",
                                "no fairness rule was broken",
                                List.of("No trial broke a rule that was fixed before the campaign began."))
                        : new Check(
                                "bad",
                                "Unfair comparison",
                                Headline.count(unfair.size(), "trial") + " broke a fairness rule",
                                unfair));
        long counting =
                trials.stream().filter(t -> t.outcome() == Outcome.VALID).count();
        int planned = campaign.cells().size() * campaign.design().blocks();
        List<String> others = new ArrayList<>(described(trials, Outcome.VOID, contenders));
        others.addAll(described(trials, Outcome.FAILED, contenders));
        if (trials.size() < planned) {
            others.add(Headline.count(planned - trials.size(), "planned trial") + " did not run.");
        }
        checks.add(new Check(
                counting == planned ? "good" : "warn",
                counting + " of " + Headline.count(planned, "trial") + " count",
                others.isEmpty() ? "none was left out" : "the others are listed with their reasons",
                others.isEmpty() ? List.of("Every planned trial ran and counts.") : others));
        List<String> warnings = campaign.host().warnings();
        if (!warnings.isEmpty()) {
            checks.add(new Check("warn", "Host warnings", Headline.count(warnings.size(), "warning"), warnings));
        }
        return checks;
    }

    private static List<String> described(List<Trial> trials, Outcome outcome, Contenders contenders) {
        return trials.stream()
                .filter(t -> t.outcome() == outcome)
                .map(t -> contenders.of(t.cellId()).label() + ", "
                        + contenders.of(t.cellId()).cell().workload() + ", block " + (t.block() + 1) + ": "
                        + (t.reasons().isEmpty() ? "no reason recorded" : String.join(" ", t.reasons())))
                .toList();
    }
}
