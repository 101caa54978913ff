package io.quorumark.results.decision;

import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.decision.Assessment.Rank;
import io.quorumark.results.text.Plural;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Takes the steps to a decision one by one; lives as long as one. */
final class Deciding {
    /** From so many blocks on an interval of 95 % can be had at all. */
    private static final int LEAST_BLOCKS = 6;

    private final Evidence evidence;
    private final DecisionRules rules;
    private final ScoreModel model;
    private final List<GatedOption> gates;
    private final boolean[] ranked;
    private final boolean[] possible;
    private final double band;
    private final long seed;

    Deciding(Evidence evidence, DecisionRules rules) {
        this.evidence = evidence;
        this.rules = rules;
        this.model = evidence.model(rules.criteria());
        this.gates = GatedOption.of(evidence, rules);
        double[] shares = model.shares();
        double[][] values = model.values(model.allBlocks(), all());
        this.ranked = new boolean[evidence.options().size()];
        this.possible = new boolean[ranked.length];
        for (int option = 0; option < ranked.length; option++) {
            GateOutcome outcome = gates.get(option).outcome();
            boolean complete = !Double.isNaN(ScoreModel.score(values[option], shares));
            ranked[option] = complete && outcome == GateOutcome.PASSED;
            possible[option] = complete && outcome != GateOutcome.EXCLUDED;
        }
        this.band = evidence.band();
        this.seed = evidence.campaigns().get(0).stored().campaign().seed();
    }

    private boolean[] all() {
        boolean[] all = new boolean[evidence.options().size()];
        Arrays.fill(all, true);
        return all;
    }

    Decision decide() {
        Ranking ranking = new Ranking(model, ranked, band, rules.concentration(), seed);
        List<String> open = open(ranking);
        Label label = open.isEmpty() ? ranking.label() : Label.OPEN;
        return new Decision(
                evidence,
                rules,
                Arrays.stream(ranking.shares()).boxed().toList(),
                assessments(ranking),
                label,
                ranking.leader() < 0 ? Optional.empty() : Optional.of(option(ranking.leader())),
                reasons(label, open, ranking),
                ranking.leader() < 0 ? Sensitivity.NONE : sensitivity(ranking));
    }

    /** For the label; and why the verdicts beside it call no difference, of campaigns of which that is so. */
    private List<String> reasons(Label label, List<String> open, Ranking ranking) {
        List<String> reasons = new ArrayList<>(
                switch (label) {
                    case OPEN -> open;
                    case TIE -> ties(ranking);
                    case FRAGILE -> weaknesses(ranking);
                    case ROBUST -> strengths(ranking);
                });
        for (Analysis campaign : evidence.campaigns()) {
            campaign.tooShortReach()
                    .ifPresent(reach -> reasons.add(
                            "Campaign " + campaign.stored().campaign().id() + ": " + reach.sentence()));
        }
        return reasons;
    }

    private Option option(int number) {
        return evidence.options().get(number);
    }

    private List<Assessment> assessments(Ranking ranking) {
        double[][] values = model.values(model.allBlocks(), scale(ranking));
        return IntStream.range(0, ranked.length)
                .mapToObj(option -> new Assessment(
                        gates.get(option),
                        Arrays.stream(values[option])
                                .mapToObj(Deciding::present)
                                .toList(),
                        missing(ranking, option),
                        ranked[option] ? Optional.of(rank(ranking, option)) : Optional.empty()))
                .toList();
    }

    /** Among whom the best is worth 1: those that are ranked, else those that are not excluded, else all. */
    private boolean[] scale(Ranking ranking) {
        if (ranking.leader() >= 0) {
            return ranked;
        }
        return IntStream.range(0, possible.length).anyMatch(option -> possible[option]) ? possible : all();
    }

    private static Optional<Double> present(double value) {
        return Double.isNaN(value) ? Optional.empty() : Optional.of(value);
    }

    private List<String> missing(Ranking ranking, int option) {
        double[][] values = model.values(model.allBlocks(), scale(ranking));
        return IntStream.range(0, rules.criteria().size())
                .filter(criterion -> Double.isNaN(values[option][criterion]))
                .mapToObj(criterion -> rules.criteria().get(criterion).metric().id())
                .toList();
    }

    private static Rank rank(Ranking ranking, int option) {
        return new Rank(
                ranking.score(option),
                ranking.quantile(option, 0.025),
                ranking.quantile(option, 0.975),
                ranking.rankOne(option));
    }

    /** Why nobody can be named, whatever the scores say. */
    private List<String> open(Ranking ranking) {
        List<String> reasons = new ArrayList<>();
        evidence.campaigns().stream()
                .map(each -> each.stored().campaign())
                .filter(campaign -> !campaign.design().supportsVerdicts())
                .forEach(campaign -> reasons.add("Campaign " + campaign.id() + " has the profile " + campaign.profile()
                        + ", which is too small to call a difference."));
        model.columns().stream()
                .filter(column -> IntStream.range(0, ranked.length)
                        .anyMatch(option -> ranked[option] && column.blocksOf(option) < LEAST_BLOCKS))
                .map(Column::setting)
                .distinct()
                .forEach(setting -> reasons.add(
                        "On " + setting + " an option counts in fewer than " + Plural.of(LEAST_BLOCKS, "block") + "."));
        long count = IntStream.range(0, ranked.length).filter(i -> ranked[i]).count();
        if (count == 0) {
            reasons.add("No option has passed every gate and has every figure.");
        } else if (count == 1) {
            reasons.add("Only " + option(ranking.leader()).name()
                    + " has passed every gate and has every figure; against itself it cannot be weighed.");
        }
        if (count > 0) {
            contenders(ranking, reasons);
        }
        return reasons;
    }

    /** Options that might lead if what is missing of them were there. */
    private void contenders(Ranking ranking, List<String> reasons) {
        Ranking withThem = Arrays.equals(possible, ranked)
                ? ranking
                : new Ranking(model, possible, band, rules.concentration(), seed);
        double[] weights = weightsOfAll();
        for (int option = 0; option < ranked.length; option++) {
            GateOutcome outcome = gates.get(option).outcome();
            if (ranked[option] || outcome == GateOutcome.EXCLUDED) {
                if (ranked[option] && option != ranking.leader() && couldLead(ranking, option, weights)) {
                    reasons.add(unknown(option));
                }
                continue;
            }
            if (possible[option] && withThem.rankOne(option).byMeasurement() > 1 - Ranking.ROBUST_BY_MEASUREMENT) {
                reasons.add(option(option).name() + " would lead in "
                        + Math.round(100 * withThem.rankOne(option).byMeasurement())
                        + " % of draws of blocks, and " + gates(option) + " not shown.");
            } else if (!possible[option] && couldLead(ranking, option, weights)) {
                reasons.add(option(option).name() + " lacks figures of " + String.join(", ", missing(ranking, option))
                        + "; with the best ones it would lead.");
            }
        }
    }

    private String unknown(int option) {
        List<String> nobody = IntStream.range(0, rules.criteria().size())
                .filter(criterion -> model.shares()[criterion] == 0)
                .mapToObj(criterion -> rules.criteria().get(criterion).metric().id())
                .toList();
        return "No option has a figure of " + String.join(", ", nobody) + "; with the best ones "
                + option(option).name() + " could lead.";
    }

    private String gates(int option) {
        List<String> open = gates.get(option).gates().stream()
                .filter(gate -> gate.outcome() == GateOutcome.NOT_SHOWN)
                .map(GateFinding::gate)
                .toList();
        return "that it is " + String.join(", ", open) + " is";
    }

    /** The stated weights of all criteria, those without figures included. */
    private double[] weightsOfAll() {
        double sum = rules.criteria().stream().mapToDouble(Criterion::weight).sum();
        return rules.criteria().stream()
                .mapToDouble(criterion -> criterion.weight() / sum)
                .toArray();
    }

    /**
     * Whether an option would lead if every figure that is missing were the best there can be. On a relative scale that would leave the
     * leader's own figure worth next to nothing.
     */
    private boolean couldLead(Ranking ranking, int option, double[] weights) {
        double ahead = 0;
        for (int criterion = 0; criterion < weights.length; criterion++) {
            double own = ranking.value(option, criterion);
            double leaders = ranking.value(ranking.leader(), criterion);
            boolean known = rules.criteria().get(criterion).value() instanceof ValueFunction.Linear;
            ahead += weights[criterion]
                    * (Double.isNaN(own) ? 1 - (known && !Double.isNaN(leaders) ? leaders : 0) : own - leaders);
        }
        return ahead > 0;
    }

    private List<String> ties(Ranking ranking) {
        return ranking.ties().stream()
                .map(other -> option(other).name() + " scores within ± " + percent(band) + " of "
                        + option(ranking.leader()).name() + " in 95 % of draws of blocks.")
                .toList();
    }

    private List<String> weaknesses(Ranking ranking) {
        String leader = option(ranking.leader()).name();
        RankOne first = ranking.rankOne(ranking.leader());
        List<String> reasons = new ArrayList<>();
        if (first.byMeasurement() < Ranking.ROBUST_BY_MEASUREMENT) {
            reasons.add(leader + " is in front in " + percent(first.byMeasurement())
                    + " of draws of blocks at the stated weights; robust needs "
                    + percent(Ranking.ROBUST_BY_MEASUREMENT) + ".");
        }
        if (first.byBoth() < Ranking.ROBUST_BY_BOTH) {
            reasons.add(leader + " is in front in " + percent(first.byBoth())
                    + " of draws of blocks and weights together; robust needs " + percent(Ranking.ROBUST_BY_BOTH)
                    + ".");
        }
        ranking.changes()
                .forEach(change -> reasons.add("Without the " + change.kind().word() + " " + change.what() + ", "
                        + option(change.newLeader()).name() + " leads."));
        return reasons;
    }

    private List<String> strengths(Ranking ranking) {
        RankOne first = ranking.rankOne(ranking.leader());
        return List.of(
                option(ranking.leader()).name() + " is in front in " + percent(first.byMeasurement())
                        + " of draws of blocks at the stated weights, and in " + percent(first.byBoth())
                        + " of draws of blocks and weights together.",
                "No criterion, workload or block changes the leader when it is left out.");
    }

    private Sensitivity sensitivity(Ranking ranking) {
        return new Sensitivity(
                ranking.flips().stream()
                        .map(flip -> new Sensitivity.Flip(
                                rules.criteria().get(flip.criterion()).metric(),
                                flip.stated(),
                                flip.at(),
                                option(flip.overtaker())))
                        .toList(),
                ranking.changes().stream()
                        .map(change -> new Sensitivity.LeftOut(
                                change.kind().word(), change.what(), option(change.newLeader())))
                        .toList());
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
