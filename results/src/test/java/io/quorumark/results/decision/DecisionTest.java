package io.quorumark.results.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.decision.ValueFunction.Linear;
import io.quorumark.results.decision.ValueFunction.Relative;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.DurabilityFinding;
import io.quorumark.results.model.DurabilityFinding.Observed;
import io.quorumark.results.model.LifecyclePhase;
import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.sample.SampleShape;
import io.quorumark.results.store.Edits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Gates, scores and labels on invented campaigns: RocksDB carries more than LMDB, Xodus less; MapDB's log lies elsewhere. */
class DecisionTest {
    private static final SampleCampaign SAMPLE = SampleCampaign.of(SampleShape.ADR.withSize(10, 5));
    private static final DecisionRules THROUGHPUT = rules(new Criterion(Metric.THROUGHPUT, 1, new Relative()));

    @Test
    void the_fastest_engine_with_all_evidence_is_proposed() {
        Decision decision = Decision.of(ShownEvidence.of(without("memory")), THROUGHPUT);
        assertThat(decision.label()).as("%s", decision.reasons()).isEqualTo(Label.ROBUST);
        assertThat(decision.proposed().map(Option::name)).contains("RocksDB");
        assertThat(option(decision, "LMDB").rank().orElseThrow().score()).isCloseTo(0.73, within(0.03));
    }

    @Test
    void control_arms_and_the_ceiling_are_no_options_and_stand_in_nobodys_way() {
        SampleCampaign withArm = without("memory")
                .withCampaign(campaign -> Edits.of(campaign, Campaign.class, tree -> {
                    for (JsonNode cell : tree.withArray("/cells")) {
                        if (cell.get("engine").asText().equals("xodus")) {
                            ObjectNode twin = (ObjectNode) cell;
                            twin.put("engine", "rocksdb")
                                    .put("engineName", "RocksDB (again)")
                                    .put("engineVersion", "11.8.1");
                            ((ObjectNode) twin.get("cluster"))
                                    .put("logEngine", "rocksdb")
                                    .put("stateEngine", "rocksdb");
                        }
                    }
                }));
        Decision decision = Decision.of(ShownEvidence.of(withArm), THROUGHPUT);
        assertThat(decision.options())
                .extracting(each -> each.option().name())
                .containsExactly("RocksDB", "LMDB", "MapDB (log: memory)");
        assertThat(decision.proposed().map(Option::name)).contains("RocksDB");
    }

    @Test
    void evidence_for_another_version_shows_nothing_and_the_command_that_would_is_named() {
        Evidence shown = ShownEvidence.of(without("memory"));
        Evidence old = new Evidence(
                shown.campaigns(),
                shown.options(),
                shown.settings(),
                shown.durability().stream()
                        .map(finding ->
                                Edits.of(finding, DurabilityFinding.class, tree -> tree.put("engineVersion", "0.9")))
                        .toList(),
                shown.linearizability());
        Decision decision = Decision.of(old, THROUGHPUT);
        assertThat(decision.label()).isEqualTo(Label.OPEN);
        GateFinding durable = gate(option(decision, "RocksDB"), "durable");
        assertThat(durable.outcome()).isEqualTo(GateOutcome.NOT_SHOWN);
        assertThat(durable.reason()).contains("for version 11.8.1").contains("only for 0.9");
        assertThat(durable.command()).contains("scripts/quorumark durability --engines rocksdb --out durability.json");
    }

    @Test
    void a_broken_promise_excludes_the_fastest_engine() {
        Evidence shown = ShownEvidence.of(without("memory"));
        Evidence broken = new Evidence(
                shown.campaigns(),
                shown.options(),
                shown.settings(),
                shown.durability().stream()
                        .map(finding -> finding.engine().equals("rocksdb")
                                ? Edits.of(finding, DurabilityFinding.class, tree -> {
                                    tree.put("observed", Observed.LOST.name());
                                    tree.putArray("problems").add("batch 7 is not there");
                                })
                                : finding)
                        .toList(),
                shown.linearizability());
        Decision decision = Decision.of(broken, THROUGHPUT);
        assertThat(option(decision, "RocksDB").outcome()).isEqualTo(GateOutcome.EXCLUDED);
        assertThat(gate(option(decision, "RocksDB"), "durable").reason()).contains("batch 7 is not there");
        assertThat(decision.proposed().map(Option::name)).contains("LMDB");
    }

    @Test
    void an_engine_whose_log_lies_elsewhere_answers_another_question() {
        Decision log = Decision.of(ShownEvidence.of(without("memory")), THROUGHPUT);
        assertThat(gate(option(log, "MapDB (log: memory)"), "role").outcome()).isEqualTo(GateOutcome.EXCLUDED);
        DecisionRules state = new DecisionRules(
                THROUGHPUT.criteria(), Map.of(), Role.STATE, DecisionRules.DEFAULT_CONCENTRATION, RulesSource.DEFAULTS);
        Decision ofState = Decision.of(ShownEvidence.of(without("memory")), state);
        assertThat(gate(option(ofState, "MapDB (log: memory)"), "role").outcome())
                .isEqualTo(GateOutcome.PASSED);
    }

    @Test
    void an_option_without_evidence_that_could_lead_leaves_the_decision_open() {
        // the in-memory engine is as fast as RocksDB here, and nothing is known of its durability
        Evidence shown = ShownEvidence.of(SAMPLE);
        Evidence unknown = new Evidence(
                shown.campaigns(),
                shown.options(),
                shown.settings(),
                shown.durability().stream()
                        .filter(finding -> !finding.engine().equals("memory"))
                        .toList(),
                shown.linearizability());
        Decision decision = Decision.of(unknown, THROUGHPUT);
        assertThat(decision.label()).isEqualTo(Label.OPEN);
        assertThat(decision.reasons())
                .anySatisfy(reason -> assertThat(reason)
                        .startsWith("In-memory + WAL would lead in")
                        .contains("durable"));
        Evidence slow = ShownEvidence.of(without("memory"));
        Decision withoutXodus = Decision.of(
                new Evidence(
                        slow.campaigns(),
                        slow.options(),
                        slow.settings(),
                        slow.durability().stream()
                                .filter(finding -> !finding.engine().equals("xodus"))
                                .toList(),
                        slow.linearizability()),
                THROUGHPUT);
        assertThat(withoutXodus.label()).isEqualTo(Label.ROBUST);
    }

    @Test
    void two_engines_within_the_band_are_a_tie() {
        Decision decision = Decision.of(ShownEvidence.of(SAMPLE), THROUGHPUT);
        assertThat(decision.label()).isEqualTo(Label.TIE);
        assertThat(decision.reasons()).hasSize(1);
        assertThat(decision.proposed()).isEmpty();
    }

    @Test
    void a_leader_that_one_criterion_carries_is_fragile() {
        Decision decision = Decision.of(
                ShownEvidence.of(without("memory")),
                rules(
                        new Criterion(Metric.THROUGHPUT, 3, new Relative()),
                        new Criterion(Metric.P50, 0.1, new Linear(1e9, 1)),
                        new Criterion(Metric.DISK, 0.1, new Relative())));
        assertThat(decision.label()).isEqualTo(Label.FRAGILE);
        assertThat(decision.sensitivity().changes())
                .anySatisfy(change -> assertThat(change.what()).isEqualTo("throughput"));
        assertThat(decision.reasons()).anySatisfy(reason -> assertThat(reason).startsWith("Without the criterion "));
    }

    @Test
    void the_weight_at_which_the_leader_flips_is_exact() {
        List<Criterion> criteria = List.of(
                new Criterion(Metric.THROUGHPUT, 3, new Relative()), new Criterion(Metric.DISK, 1, new Relative()));
        Evidence evidence = ShownEvidence.of(without("memory"));
        Decision decision = Decision.of(evidence, rules(criteria.toArray(Criterion[]::new)));
        Sensitivity.Flip flip = decision.sensitivity().flips().stream()
                .filter(each -> each.criterion() == Metric.DISK)
                .findFirst()
                .orElseThrow();
        assertThat(leaderAt(evidence, flip.at() - 1e-6)).isEqualTo(decision.leader());
        assertThat(leaderAt(evidence, flip.at() + 1e-6)).contains(flip.overtaker());
    }

    private static Optional<Option> leaderAt(Evidence evidence, double diskShare) {
        return Decision.of(
                        evidence,
                        rules(
                                new Criterion(Metric.THROUGHPUT, 1 - diskShare, new Relative()),
                                new Criterion(Metric.DISK, diskShare, new Relative())))
                .leader();
    }

    @Test
    void missing_is_not_zero_and_is_said() {
        SampleCampaign gap = without("memory")
                .withTrials(trial -> engine(trial.cellId()).equals("lmdb")
                        ? Edits.of(
                                trial,
                                tree -> ((ObjectNode) tree.get("latency").get("all")).putObject("percentileMicros"))
                        : trial);
        Decision decision = Decision.of(
                ShownEvidence.of(gap),
                rules(
                        new Criterion(Metric.THROUGHPUT, 1, new Relative()),
                        new Criterion(Metric.P50, 3, new Relative())));
        Assessment lmdb = option(decision, "LMDB");
        assertThat(lmdb.rank()).isEmpty();
        assertThat(lmdb.missing()).containsExactly("p50");
        assertThat(decision.label()).isEqualTo(Label.OPEN);
        assertThat(decision.reasons()).containsExactly("LMDB lacks figures of p50; with the best ones it would lead.");
    }

    @Test
    void a_criterion_that_nobody_has_a_figure_of_leaves_a_decision_open_only_if_it_could_turn_it() {
        Decision heavy = Decision.of(
                ShownEvidence.of(without("memory")),
                rules(
                        new Criterion(Metric.THROUGHPUT, 1, new Relative()),
                        new Criterion(Metric.RECOVERY, 1, new Relative())));
        assertThat(heavy.label()).isEqualTo(Label.OPEN);
        assertThat(heavy.reasons())
                .anySatisfy(reason -> assertThat(reason).startsWith("No option has a figure of recovery"));
        Decision light = Decision.of(
                ShownEvidence.of(without("memory")),
                rules(
                        new Criterion(Metric.THROUGHPUT, 10, new Relative()),
                        new Criterion(Metric.RECOVERY, 0.1, new Relative())));
        assertThat(light.label()).as("%s", light.reasons()).isEqualTo(Label.ROBUST);
        assertThat(light.shares()).containsExactly(1.0, 0.0);
    }

    @Test
    void a_lifecycle_is_judged_by_durations_and_never_by_its_preload() {
        SampleCampaign lives = without("memory")
                .withTrials(trial -> Edits.of(
                        trial,
                        tree -> tree.withArray("/phases")
                                .addObject()
                                .put("name", LifecyclePhase.RECOVERY.id())
                                .put("seconds", engine(trial.cellId()).equals("lmdb") ? 0.5 : 1.0)));
        Decision decision = Decision.of(
                ShownEvidence.of(lives),
                rules(
                        new Criterion(Metric.THROUGHPUT, 1, new Relative()),
                        new Criterion(Metric.RECOVERY, 9, new Relative())));
        assertThat(decision.shares()).containsExactly(0.0, 1.0);
        assertThat(decision.leader().map(Option::name)).contains("LMDB");
    }

    @Test
    void a_limit_excludes_what_is_beyond_it_with_its_whole_interval() {
        DecisionRules limited = new DecisionRules(
                THROUGHPUT.criteria(),
                Map.of(Metric.THROUGHPUT, 25_000.0, Metric.RECOVERY, 5.0),
                Role.LOG_AND_STATE,
                DecisionRules.DEFAULT_CONCENTRATION,
                RulesSource.DEFAULTS);
        Decision decision = Decision.of(ShownEvidence.of(without("memory")), limited);
        assertThat(gate(option(decision, "Xodus"), "throughput").outcome()).isEqualTo(GateOutcome.EXCLUDED);
        assertThat(gate(option(decision, "RocksDB"), "throughput").outcome()).isEqualTo(GateOutcome.PASSED);
        GateFinding recovery = gate(option(decision, "RocksDB"), "recovery");
        assertThat(recovery.outcome()).isEqualTo(GateOutcome.NOT_SHOWN);
        assertThat(recovery.command().orElseThrow()).endsWith("--engines rocksdb --workloads lifecycle");
    }

    @Test
    void licence_and_maintenance_are_gates_where_the_rules_set_them() {
        DecisionRules limited = new DecisionRules(
                THROUGHPUT.criteria(),
                Map.of(),
                new FactLimits(List.of("Apache-2.0"), Optional.of(Maintenance.FIXES_ONLY)),
                Role.LOG_AND_STATE,
                DecisionRules.DEFAULT_CONCENTRATION,
                RulesSource.DEFAULTS);
        Decision decision = Decision.of(ShownEvidence.of(without("memory")), limited);
        assertThat(gate(option(decision, "RocksDB"), "licence").reason()).isEqualTo("Apache-2.0 OR GPL-2.0-only");
        assertThat(gate(option(decision, "RocksDB"), "maintenance").outcome()).isEqualTo(GateOutcome.PASSED);
        assertThat(gate(option(decision, "LMDB"), "licence").reason())
                .isEqualTo("Apache-2.0 AND OLDAP-2.8 is none of Apache-2.0");
        assertThat(gate(option(decision, "LMDB"), "licence").outcome()).isEqualTo(GateOutcome.EXCLUDED);
        assertThat(gate(option(decision, "Xodus"), "licence").outcome()).isEqualTo(GateOutcome.PASSED);
        assertThat(gate(option(decision, "Xodus"), "maintenance").reason())
                .isEqualTo("it is ending, and at least fixes-only is asked for");
        assertThat(Assumptions.of(decision).decisionRules().factLimits()).isEqualTo(limited.factLimits());
        assertThat(option(decision, "RocksDB").gated().gates())
                .extracting(GateFinding::gate)
                .endsWith("licence", "maintenance");
        assertThat(option(Decision.of(ShownEvidence.of(without("memory")), THROUGHPUT), "RocksDB")
                        .gated()
                        .gates())
                .extracting(GateFinding::gate)
                .doesNotContain("licence", "maintenance");
    }

    @Test
    void a_small_campaign_is_open_whatever_it_shows() {
        SampleCampaign quick = SampleCampaign.of(SampleShape.QUICK.withSize(3, 5));
        Decision decision = Decision.of(ShownEvidence.of(quick), THROUGHPUT);
        assertThat(decision.label()).isEqualTo(Label.OPEN);
        assertThat(decision.reasons().get(0)).contains("profile quick");
    }

    @Test
    void verdicts_that_no_difference_could_reach_are_told_beside_the_label_and_in_what_was_taken_for_granted() {
        SampleCampaign six = SampleCampaign.of(SampleShape.ADR.withSize(6, 1));
        Decision decision = Decision.of(ShownEvidence.of(six), THROUGHPUT);
        assertThat(decision.reasons())
                .filteredOn(reason -> reason.contains("no difference can be called"))
                .containsExactly("Campaign " + six.campaign().id()
                        + ": With 6 blocks no difference can be called in any of 8 comparisons, however large: the smallest p that can"
                        + " come out is 0.250 after Holm's adjustment, and 0.0500 is needed; run at least 9 blocks, or compare fewer"
                        + " cells.");
        assertThat(Assumptions.of(decision).campaigns().get(0).smallestPValue()).isEqualTo(0.25);
        Decision enough = Decision.of(ShownEvidence.of(SAMPLE), THROUGHPUT);
        assertThat(enough.reasons()).noneMatch(reason -> reason.contains("no difference can be called"));
        assertThat(Assumptions.of(enough).campaigns().get(0).smallestPValue()).isNull();
    }

    @Test
    void two_campaigns_are_settings_of_their_own_and_never_one_table() {
        SampleCampaign one = without("memory");
        SampleCampaign other = new SampleCampaign(
                Edits.of(one.campaign(), Campaign.class, tree -> tree.put("id", "20261121T000000Z-adr-0001")),
                one.trials());
        Evidence evidence = Evidence.of(List.of(Analysis.of(one.unsaved()), Analysis.of(other.unsaved())));
        assertThat(evidence.settings())
                .extracting(Setting::title)
                .containsExactly(
                        "ycsb-a, campaign 1",
                        "session-store, campaign 1",
                        "ycsb-a, campaign 2",
                        "session-store, campaign 2");
        assertThat(evidence.options()).hasSize(4);
        assertThat(evidence.isOneMachine()).isTrue();
    }

    @Test
    void the_same_evidence_gives_the_same_decision() {
        Evidence evidence = ShownEvidence.of(SAMPLE);
        assertThat(Decision.of(evidence, DecisionRules.defaults()))
                .isEqualTo(Decision.of(evidence, DecisionRules.defaults()));
    }

    private static SampleCampaign without(String engine) {
        List<String> left = SAMPLE.campaign().cells().stream()
                .filter(cell -> cell.engine().equals(engine))
                .map(cell -> cell.id())
                .toList();
        return new SampleCampaign(
                Edits.of(SAMPLE.campaign(), Campaign.class, tree -> {
                    List<JsonNode> kept = new ArrayList<>();
                    tree.withArray("/cells").forEach(cell -> {
                        if (!left.contains(cell.get("id").asText())) {
                            kept.add(cell);
                        }
                    });
                    tree.putArray("cells").addAll(kept);
                }),
                SAMPLE.trials().stream()
                        .filter(drawn -> !left.contains(drawn.trial().cellId()))
                        .toList());
    }

    private static String engine(String cellId) {
        return SAMPLE.campaign().cell(cellId).engine();
    }

    private static DecisionRules rules(Criterion... criteria) {
        return new DecisionRules(
                List.of(criteria),
                Map.of(),
                Role.LOG_AND_STATE,
                DecisionRules.DEFAULT_CONCENTRATION,
                RulesSource.DEFAULTS);
    }

    private static Assessment option(Decision decision, String name) {
        return decision.options().stream()
                .filter(each -> each.option().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static GateFinding gate(Assessment option, String gate) {
        return option.gates().stream()
                .filter(each -> each.gate().equals(gate))
                .findFirst()
                .orElseThrow();
    }
}
