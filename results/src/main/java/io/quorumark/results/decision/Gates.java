package io.quorumark.results.decision;

import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.cell.CellSummary;
import io.quorumark.results.decision.Option.OptionCell;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.DurabilityFinding;
import io.quorumark.results.model.LinearizabilityFinding;
import io.quorumark.results.model.Software;
import io.quorumark.results.stats.Interval;
import io.quorumark.results.text.Plural;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What an option must show before it can be proposed, each from evidence and never from what the engine says of itself. */
final class Gates {
    private static final String NOTHING_OWED = "NONE";

    private final Evidence evidence;
    private final DecisionRules rules;

    Gates(Evidence evidence, DecisionRules rules) {
        this.evidence = evidence;
        this.rules = rules;
    }

    /** In the order of documents. */
    List<GateFinding> of(Option option) {
        List<GateFinding> findings = new ArrayList<>();
        findings.add(correct(option));
        findings.add(fair(option));
        findings.add(durable(option));
        findings.add(role(option));
        findings.add(linearizable(option));
        rules.limits().forEach((metric, limit) -> findings.add(limit(option, metric, limit)));
        if (!rules.factLimits().licences().isEmpty()) {
            findings.add(fact("licence", option, engine -> licence(engine.licence())));
        }
        rules.factLimits()
                .maintenance()
                .ifPresent(least ->
                        findings.add(fact("maintenance", option, engine -> maintenance(engine.maintenance(), least))));
        return List.copyOf(findings);
    }

    private GateFinding correct(Option option) {
        List<String> wrong = new ArrayList<>();
        List<String> unmeasured = new ArrayList<>();
        long verified = 0;
        for (OptionCell each : option.cells()) {
            wrong.addAll(analysis(each).wrongContentOf(each.cell()));
            CellSummary summary = summary(each);
            if (summary.valid().isEmpty()) {
                unmeasured.add(each.cell().workload());
            }
            verified += summary.valid().size();
        }
        if (!wrong.isEmpty()) {
            return GateFinding.excluded("correct", withoutStop(wrong.get(0)) + more(wrong.size() - 1));
        }
        return unmeasured.isEmpty()
                ? GateFinding.passed(
                        "correct", Plural.of(verified, "trial") + " held what a replay of the operations gives")
                : GateFinding.notShown(
                        "correct",
                        "no trial counts on " + String.join(", ", unmeasured),
                        analysis(option.cells().get(0)).stored().campaign().command());
    }

    private GateFinding fair(Option option) {
        Set<String> unfair = new LinkedHashSet<>();
        option.cells().forEach(each -> unfair.addAll(analysis(each).unfairness()));
        return unfair.isEmpty()
                ? GateFinding.passed("fair", "no finding that voids a comparison")
                : GateFinding.notShown(
                        "fair",
                        withoutStop(unfair.iterator().next()) + more(unfair.size() - 1),
                        analysis(option.cells().get(0)).stored().campaign().command());
    }

    /** The levels that its role owes, in all its cells; a level at which nothing is promised owes nothing. */
    private Set<String> owed(Option option) {
        Set<String> owed = new LinkedHashSet<>();
        for (OptionCell each : option.cells()) {
            Cell cell = each.cell();
            if (cell.target().isReplicated() && cell.cluster().logEngine().equals(cell.engine())) {
                owed.add(cell.cluster().logDurability());
            }
            if (!cell.target().isReplicated() || cell.cluster().stateEngine().equals(cell.engine())) {
                owed.add(cell.cluster().stateDurability());
            }
        }
        owed.remove(NOTHING_OWED);
        return owed;
    }

    private GateFinding durable(Option option) {
        String command = "scripts/quorumark durability --engines " + option.engine() + " --out durability.json";
        List<String> kept = new ArrayList<>();
        for (String level : owed(option)) {
            List<DurabilityFinding> known = evidence.durability().stream()
                    .filter(finding -> finding.engine().equals(option.engine())
                            && finding.level().equals(level)
                            && finding.engineVersion().equals(option.engineVersion()))
                    .toList();
            Optional<DurabilityFinding> broken =
                    known.stream().filter(DurabilityFinding::isBroken).findFirst();
            if (broken.isPresent()) {
                return GateFinding.excluded(
                        GateFinding.DURABLE,
                        "does not keep what it promises at " + level + ": "
                                + broken.get().problems().get(0));
            }
            if (known.stream().anyMatch(finding -> !finding.promised())) {
                return GateFinding.excluded(
                        GateFinding.DURABLE, "promises nothing at " + level + ", which its role owes");
            }
            Optional<DurabilityFinding> shown = known.stream()
                    .filter(finding -> finding.observed() == DurabilityFinding.Observed.KEPT)
                    .findFirst();
            if (shown.isEmpty()) {
                return GateFinding.notShown(GateFinding.DURABLE, absence(option, level), command);
            }
            kept.add("kept " + level + " through " + Plural.of(shown.get().kills(), "kill") + " and "
                    + Plural.of(shown.get().powerCuts(), "power cut"));
        }
        return GateFinding.passed(
                GateFinding.DURABLE, kept.isEmpty() ? "its role owes nothing after a crash" : String.join("; ", kept));
    }

    private String absence(Option option, String level) {
        Set<String> others = new LinkedHashSet<>();
        evidence.durability().stream()
                .filter(finding -> finding.engine().equals(option.engine())
                        && finding.level().equals(level)
                        && !finding.engineVersion().equals(option.engineVersion()))
                .forEach(finding -> others.add(finding.engineVersion()));
        return "no evidence at " + level + " for version " + option.engineVersion()
                + (others.isEmpty() ? "" : ", only for " + String.join(", ", others));
    }

    private GateFinding role(Option option) {
        List<Cell> groups = option.cells().stream()
                .map(OptionCell::cell)
                .filter(cell -> cell.target().isReplicated())
                .toList();
        if (groups.isEmpty()) {
            return GateFinding.notShown(
                    "role",
                    "measured without Raft",
                    "scripts/quorumark run --profile adr --engines " + option.engine() + " --target cluster");
        }
        if (rules.role() == Role.STATE) {
            return groups.stream().allMatch(cell -> cell.cluster().stateEngine().equals(cell.engine()))
                    ? GateFinding.passed("role", "held the state in every group")
                    : GateFinding.excluded("role", "held the log alone, and the question is who holds the state");
        }
        Optional<Cell> split =
                groups.stream().filter(cell -> !Option.holdsBoth(cell)).findFirst();
        return split.isEmpty()
                ? GateFinding.passed("role", "held log and state in every group")
                : GateFinding.excluded(
                        "role",
                        "its log lay on " + split.get().cluster().logEngine() + " and its state on "
                                + split.get().cluster().stateEngine() + ", which answers another question");
    }

    private GateFinding linearizable(Option option) {
        Optional<Cell> group = option.cells().stream()
                .map(OptionCell::cell)
                .filter(cell -> cell.target().isReplicated())
                .findFirst();
        String log = group.map(cell -> cell.cluster().logEngine()).orElse(option.engine());
        String state = group.map(cell -> cell.cluster().stateEngine()).orElse(option.engine());
        List<LinearizabilityFinding> known = evidence.linearizability().stream()
                .filter(finding -> finding.engine().equals(state)
                        && finding.logEngine().equals(log)
                        && finding.engineVersion().equals(option.engineVersion()))
                .toList();
        Optional<LinearizabilityFinding> violated = known.stream()
                .filter(finding -> !finding.violations().isEmpty())
                .findFirst();
        if (violated.isPresent()) {
            return GateFinding.excluded(
                    "linearizable", violated.get().violations().get(0));
        }
        String command = "scripts/quorumark linearizability --engines " + state + " --out linearizability.json";
        return known.stream()
                .filter(LinearizabilityFinding::isClean)
                .findFirst()
                .map(finding -> GateFinding.passed(
                        "linearizable",
                        Plural.of(finding.runs(), "history", "histories") + " of "
                                + Plural.of(finding.operations(), "operation") + " under "
                                + Plural.of(finding.faults(), "fault") + " explained"))
                .orElseGet(() -> GateFinding.notShown(
                        "linearizable", "no checked histories for version " + option.engineVersion(), command));
    }

    /** Passes if the whole interval keeps the limit in every cell that is about the metric, and excludes if one does not at all. */
    private GateFinding limit(Option option, Metric metric, double limit) {
        boolean any = false;
        for (OptionCell each : option.cells()) {
            CellSummary summary = summary(each);
            double confidence = analysis(each).stored().campaign().design().confidence();
            Optional<Interval> figure = metric.isAbout(each.cell().load(), summary.timesLifecycle())
                    ? summary.of(metric, confidence)
                    : Optional.empty();
            if (figure.isEmpty()) {
                continue;
            }
            any = true;
            Interval interval = figure.get();
            double worst = metric.moreIsBetter() ? interval.low() : interval.high();
            double best = metric.moreIsBetter() ? interval.high() : interval.low();
            String subject = metric.words() + " on " + each.cell().workload();
            if (interval.attains(confidence) && !keeps(metric, best, limit)) {
                return GateFinding.excluded(metric.id(), subject + " is beyond the limit with its whole interval");
            }
            if (!interval.attains(confidence) || !keeps(metric, worst, limit)) {
                return GateFinding.notShown(
                        metric.id(),
                        subject + " keeps the limit with a part of its interval only",
                        analysis(each).stored().campaign().command());
            }
        }
        return any
                ? GateFinding.passed(metric.id(), metric.words() + " keeps the limit with its whole interval")
                : GateFinding.notShown(
                        metric.id(),
                        "no trial tells its " + metric.words(),
                        "scripts/quorumark run --profile adr --engines " + option.engine() + " --workloads lifecycle");
    }

    /** What the campaigns of all its cells store of its engine. */
    private GateFinding fact(String gate, Option option, Function<Software.Engine, GateFinding> judge) {
        Optional<GateFinding> worst = Optional.empty();
        for (OptionCell each : option.cells()) {
            Campaign campaign = analysis(each).stored().campaign();
            GateFinding finding = campaign.software()
                    .engine(option.engine())
                    .map(judge)
                    .orElseGet(() -> GateFinding.notShown(
                            gate, "campaign " + campaign.id() + " does not store it", campaign.command()));
            if (worst.isEmpty() || finding.outcome().compareTo(worst.get().outcome()) > 0) {
                worst = Optional.of(finding);
            }
        }
        return worst.orElseThrow();
    }

    private GateFinding licence(String expression) {
        return rules.factLimits().allows(expression)
                ? GateFinding.passed("licence", expression)
                : GateFinding.excluded(
                        "licence",
                        expression + " is none of "
                                + String.join(", ", rules.factLimits().licences()));
    }

    private static GateFinding maintenance(String id, Maintenance least) {
        return Maintenance.of(id).filter(each -> each.compareTo(least) >= 0).isPresent()
                ? GateFinding.passed("maintenance", id)
                : GateFinding.excluded("maintenance", "it is " + id + ", and at least " + least.id() + " is asked for");
    }

    private static boolean keeps(Metric metric, double figure, double limit) {
        return metric.moreIsBetter() ? figure >= limit : figure <= limit;
    }

    private Analysis analysis(OptionCell cell) {
        return evidence.campaigns().get(cell.campaign());
    }

    private CellSummary summary(OptionCell cell) {
        return analysis(cell).cells().stream()
                .filter(each -> each.cell().equals(cell.cell()))
                .findFirst()
                .orElseThrow();
    }

    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    private static String more(int others) {
        return others > 0 ? "; " + others + " more" : "";
    }
}
