package io.quorumark.report.adr;

import io.quorumark.report.text.Figures;
import io.quorumark.report.text.MarkdownText;
import io.quorumark.report.text.MetricText;
import io.quorumark.report.text.SensitivityText;
import io.quorumark.results.decision.Assessment;
import io.quorumark.results.decision.Assessment.Rank;
import io.quorumark.results.decision.Criterion;
import io.quorumark.results.decision.Decision;
import io.quorumark.results.decision.GateFinding;
import io.quorumark.results.decision.GateOutcome;
import io.quorumark.results.decision.Option;
import io.quorumark.results.decision.RulesSource;
import io.quorumark.results.decision.Setting;
import io.quorumark.results.decision.ValueFunction.Linear;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import io.quorumark.results.text.Plural;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the decision record's template fills in; the names are the template's. */
record AdrView(
        String title,
        String question,
        List<String> context,
        List<GateRow> gates,
        boolean lacksEvidence,
        List<String> missingEvidence,
        String weightsSource,
        List<DriverRow> drivers,
        List<String> options,
        String outcome,
        List<String> reasons,
        List<ScoreRow> scores,
        List<String> consequences,
        boolean nothingFlips,
        List<String> flips,
        List<String> changes,
        List<String> notTested,
        List<String> lookAgain,
        List<String> commands,
        List<OptionPoints.View> points) {

    record GateRow(String option, String gate, String outcome, String reason) {}

    record DriverRow(String name, String share, String function, String meaning) {}

    record ScoreRow(
            String option,
            String status,
            String values,
            String score,
            String byBlocks,
            String byWeights,
            String byBoth) {}

    static AdrView of(Decision decision) {
        OptionPoints points = new OptionPoints(decision);
        return new AdrView(
                decision.proposed()
                        .map(option -> "Use " + option.name() + " " + under(decision))
                        .orElse("Choose the engine " + under(decision)),
                "Which embedded key-value engine should hold "
                        + decision.rules().role().words() + " of the Raft group?",
                context(decision),
                gates(decision),
                !missingEvidence(decision).isEmpty(),
                missingEvidence(decision),
                source(decision),
                drivers(decision),
                decision.options().stream().map(each -> each.option().name()).toList(),
                SensitivityText.outcome(decision),
                decision.reasons(),
                scores(decision),
                consequences(decision, points),
                decision.leader().isPresent() && flips(decision).isEmpty(),
                flips(decision),
                decision.sensitivity().changes().stream()
                        .map(change -> SensitivityText.condition(change) + ", "
                                + change.newLeader().name() + " leads.")
                        .toList(),
                Untested.of(decision),
                lookAgain(decision),
                decision.evidence().campaigns().stream()
                        .map(each -> inert(each.stored().campaign().command()))
                        .toList(),
                points.all());
    }

    private static String under(Decision decision) {
        return "under the Raft group for " + decision.rules().role().words();
    }

    private static List<String> context(Decision decision) {
        List<String> context = new ArrayList<>();
        for (int i = 0; i < decision.evidence().campaigns().size(); i++) {
            Campaign campaign = decision.evidence().campaigns().get(i).stored().campaign();
            int number = i;
            context.add("Campaign " + campaign.id() + ": "
                    + String.join(
                            "; ",
                            decision.evidence().settings().stream()
                                    .filter(setting -> setting.campaign() == number)
                                    .map(AdrView::setting)
                                    .toList())
                    + ". " + Plural.of(campaign.design().blocks(), "block") + " or more. Machine: "
                    + campaign.host().cpuModel() + ", "
                    + Plural.of(campaign.host().cpuCount(), "processor") + ", "
                    + Figures.bytes((double) campaign.host().memoryBytes()) + ", "
                    + campaign.host().dataFilesystem() + " on "
                    + campaign.host().dataDevice() + ", fingerprint "
                    + campaign.host().fingerprint() + ".");
        }
        if (decision.evidence().campaigns().size() > 1) {
            context.add(
                    decision.evidence().isOneMachine()
                            ? "Each campaign is compared within itself: figures of two campaigns are not set against each other."
                            : "The campaigns ran on different machines. Ratios of options stand side by side; figures of one machine are"
                                    + " never set against another's.");
        }
        return context;
    }

    private static String setting(Setting setting) {
        Cell cell = setting.anyCell();
        return setting.title() + " ("
                + (cell.target().isReplicated()
                        ? Plural.of(cell.cluster().members(), "member") + ", acknowledged at "
                                + cell.cluster().logDurability() + ", "
                                + cell.cluster().readConsistency() + " reads"
                        : cell.target() + " without Raft, commits at "
                                + cell.cluster().stateDurability())
                + ", " + cell.load().kind() + " load, " + Figures.bytes((double) cell.memoryBudgetBytes())
                + " per engine instance)";
    }

    private static List<GateRow> gates(Decision decision) {
        List<GateRow> rows = new ArrayList<>();
        for (Assessment option : decision.options()) {
            for (GateFinding gate : option.gates()) {
                rows.add(new GateRow(
                        option.option().name(), gate.gate(), gate.outcome().words(), gate.reason()));
            }
        }
        return rows;
    }

    private static List<String> missingEvidence(Decision decision) {
        return decision.options().stream()
                .flatMap(option -> option.gates().stream()
                        .filter(gate -> gate.outcome() == GateOutcome.NOT_SHOWN)
                        .map(gate -> MarkdownText.escape(option.option().name() + ", " + gate.gate() + ": ")
                                + MarkdownText.code(inert(gate.command().orElseThrow()))))
                .distinct()
                .toList();
    }

    /** On one line, and no comment that could pass for a marker. */
    private static String inert(String command) {
        return command.replaceAll("\\p{Cntrl}", " ").replace("<!--", "<! --");
    }

    private static String source(Decision decision) {
        RulesSource source = decision.rules().source();
        String known = source.name()
                + source.sha256().map(digest -> ", SHA-256 " + digest).orElse("")
                + source.modifiedAt().map(at -> ", last changed " + at).orElse("");
        String before = decision.firstTrial()
                .map(first -> source.stoodBefore(first) ? "yes" : "no")
                .orElse("no trial ran");
        return known + ". Weights were fixed before the results: " + before + ".";
    }

    private static List<DriverRow> drivers(Decision decision) {
        List<DriverRow> rows = new ArrayList<>();
        for (int i = 0; i < decision.rules().criteria().size(); i++) {
            Criterion criterion = decision.rules().criteria().get(i);
            Metric metric = criterion.metric();
            rows.add(new DriverRow(
                    Figures.capitalized(metric.words()),
                    decision.shares().get(i) == 0
                            ? "weighs " + Figures.significant(criterion.weight()) + ", and no option has a figure"
                            : Figures.percent(decision.shares().get(i))
                                    + (discriminates(decision, i) ? "" : ", does not discriminate"),
                    criterion.value() instanceof Linear linear
                            ? "0 at " + MetricText.level(metric, linear.worst()) + ", 1 at "
                                    + MetricText.level(metric, linear.best()) + ", a straight line between"
                            : metric.moreIsBetter()
                                    ? "figure over the best eligible one"
                                    : "best eligible figure over this one",
                    metric.definition()));
        }
        return rows;
    }

    /** Whether ranked options, if there are several, differ on a criterion by more than the band. */
    private static boolean discriminates(Decision decision, int criterion) {
        List<Double> values = decision.options().stream()
                .filter(option -> option.rank().isPresent())
                .flatMap(option -> option.values().get(criterion).stream())
                .toList();
        if (values.size() < 2) {
            return true;
        }
        double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        double least = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        return most > least * (1 + decision.evidence().band());
    }

    private static List<ScoreRow> scores(Decision decision) {
        return decision.options().stream()
                .map(option -> new ScoreRow(
                        option.option().name(),
                        option.gated().status(),
                        values(decision, option),
                        option.rank().map(AdrView::score).orElse("not ranked"),
                        option.rank()
                                .map(rank -> Figures.percent(rank.first().byMeasurement()))
                                .orElse(Figures.ABSENT),
                        option.rank()
                                .map(rank -> Figures.percent(rank.first().byWeights()) + ", any weights "
                                        + Figures.percent(rank.first().byAnyWeights()))
                                .orElse(Figures.ABSENT),
                        option.rank()
                                .map(rank -> Figures.percent(rank.first().byBoth()))
                                .orElse(Figures.ABSENT)))
                .toList();
    }

    private static String score(Rank rank) {
        return Figures.significant(rank.score()) + " [" + Figures.significant(rank.low()) + ", "
                + Figures.significant(rank.high()) + "]";
    }

    private static String values(Decision decision, Assessment option) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < option.values().size(); i++) {
            Optional<Double> value = option.values().get(i);
            values.add(decision.rules().criteria().get(i).metric().id() + " "
                    + value.map(Figures::significant).orElse("missing"));
        }
        return String.join(", ", values);
    }

    private static List<String> consequences(Decision decision, OptionPoints points) {
        Optional<Option> option = decision.proposed();
        if (option.isEmpty()) {
            return List.of("Neutral, because nothing is decided yet: what is missing or in dispute stands above.");
        }
        List<String> consequences = new ArrayList<>(points.of(option.get()));
        consequences.add(
                "Neutral, because the figures hold for these machines, workloads and durabilities; others need a campaign"
                        + " of their own.");
        return consequences;
    }

    private static List<String> flips(Decision decision) {
        return decision.sensitivity().flips().stream()
                .map(flip -> flip.overtaker().name() + " leads if " + SensitivityText.condition(flip) + ".")
                .toList();
    }

    private static List<String> lookAgain(Decision decision) {
        List<String> when = new ArrayList<>();
        decision.leader()
                .ifPresent(leader ->
                        when.add(leader.name() + " comes in another version than " + leader.engineVersion() + "."));
        when.add("The share of reads, the size of values or the durability that clients need is another.");
        when.add("The group moves to another kind of machine.");
        decision.sensitivity().flips().stream()
                .min((a, b) -> Double.compare(Math.abs(a.at() - a.stated()), Math.abs(b.at() - b.stated())))
                .ifPresent(flip ->
                        when.add("The weight of " + flip.criterion().words() + " becomes " + Figures.percent(flip.at())
                                + " of all: from there on " + flip.overtaker().name() + " leads."));
        return when;
    }
}
