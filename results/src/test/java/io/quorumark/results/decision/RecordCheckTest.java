package io.quorumark.results.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorumark.results.decision.RecordCheck.Answer;
import io.quorumark.results.decision.ValueFunction.Relative;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.sample.SampleShape;
import io.quorumark.results.store.Edits;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A record that names RocksDB, held against later campaigns. */
class RecordCheckTest {
    private static final SampleShape SHAPE = SampleShape.ADR.withSize(10, 3).withSpeed("memory", 0.5);
    private static final DecisionRules RULES = new DecisionRules(
            List.of(new Criterion(Metric.THROUGHPUT, 1, new Relative())),
            Map.of(),
            Role.LOG_AND_STATE,
            DecisionRules.DEFAULT_CONCENTRATION,
            RulesSource.DEFAULTS);
    private static final Assumptions RECORDED = Assumptions.of(decided(SampleCampaign.of(SHAPE)));

    @Test
    void it_holds_where_a_later_campaign_says_the_same() {
        RecordCheck check = RecordCheck.of(RECORDED, decided(SampleCampaign.of(SHAPE.withSeed(7))));
        assertThat(check.answer()).as("%s", check).isEqualTo(Answer.HOLDS);
        assertThat(check.answer().exitCode().code()).isZero();
    }

    @Test
    void it_is_overturned_where_the_outcome_became_slower_than_another_and_the_ratio_that_moved_is_named() {
        RecordCheck check = RecordCheck.of(RECORDED, decided(SampleCampaign.of(SHAPE.withSpeed("rocksdb", 0.5))));
        assertThat(check.answer()).isEqualTo(Answer.OVERTURNED);
        assertThat(check.answer().exitCode().code()).isEqualTo(1);
        assertThat(check.reasons().get(0)).isEqualTo("LMDB leads now.");
        assertThat(check.moved())
                .anySatisfy(
                        moved -> assertThat(moved).startsWith("LMDB against rocksdb by throughput on ycsb-a was 0.7"));
    }

    @Test
    void it_is_fragile_where_another_came_within_the_band() {
        RecordCheck check = RecordCheck.of(RECORDED, decided(SampleCampaign.of(SHAPE.withSpeed("rocksdb", 0.735))));
        assertThat(check.answer()).as("%s", check).isEqualTo(Answer.FRAGILE);
        assertThat(check.answer().exitCode().code()).isEqualTo(3);
    }

    @Test
    void it_cannot_be_told_on_another_machine() {
        RecordCheck check = RecordCheck.of(
                RECORDED, decided(changed(tree -> ((ObjectNode) tree.get("host")).put("fingerprint", "ffffffffffff"))));
        assertThat(check.answer()).isEqualTo(Answer.CANNOT_TELL);
        assertThat(check.answer().exitCode().code()).isEqualTo(6);
        assertThat(check.reasons().get(0)).contains("another machine (ffffffffffff)");
    }

    @Test
    void another_version_without_evidence_cannot_be_told_and_is_named() {
        SampleCampaign newer = changed(tree -> cells(tree, "rocksdb", cell -> cell.put("engineVersion", "12.0.0")));
        Evidence shown = ShownEvidence.of(newer);
        Evidence old = new Evidence(
                shown.campaigns(),
                shown.options(),
                shown.settings(),
                shown.durability().stream()
                        .filter(finding -> !finding.engine().equals("rocksdb"))
                        .toList(),
                shown.linearizability());
        RecordCheck check = RecordCheck.of(RECORDED, Decision.of(old, RULES));
        assertThat(check.answer()).as("%s", check).isEqualTo(Answer.CANNOT_TELL);
        assertThat(check.moved())
                .anySatisfy(moved -> assertThat(moved).startsWith("The version of RocksDB was 11.8.1 and is 12.0.0"));
    }

    @Test
    void another_mix_is_named() {
        SampleCampaign reads = changed(tree -> tree.withArray("/cells").forEach(cell -> {
            if (cell.get("workload").asText().equals("ycsb-a")) {
                ((ObjectNode) cell).put("workloadIdentity", "f".repeat(64));
            }
        }));
        SampleCampaign mostlyReads = reads.withTrials(trial -> Edits.of(trial, tree -> {
            JsonNode latency = tree.get("latency");
            if (latency.has("read")) {
                long all = latency.get("all").get("count").asLong();
                ((ObjectNode) latency.get("read")).put("count", all * 95 / 100);
                ((ObjectNode) latency.get("update")).put("count", all * 5 / 100);
            }
        }));
        assertThat(RecordCheck.of(RECORDED, decided(mostlyReads)).moved())
                .contains(
                        "The workload ycsb-a is another: its mix was 50 % read, 50 % update and is 95 % read, 5 % update.");
    }

    @Test
    void other_durability_answers_another_question() {
        SampleCampaign weaker = changed(tree -> tree.withArray("/cells")
                .forEach(cell -> ((ObjectNode) cell.get("cluster")).put("logDurability", "PROCESS_CRASH")));
        RecordCheck check = RecordCheck.of(RECORDED, decided(weaker));
        assertThat(check.answer()).isEqualTo(Answer.CANNOT_TELL);
        assertThat(check.moved())
                .contains("On ycsb-a the durability of acknowledged writes was POWER_LOSS and is PROCESS_CRASH.");
    }

    @Test
    void a_record_without_an_outcome_has_nothing_that_could_hold() {
        Assumptions tie = Assumptions.of(decided(SampleCampaign.of(SHAPE.withSpeed("rocksdb", 0.735))));
        RecordCheck check = RecordCheck.of(tie, decided(SampleCampaign.of(SHAPE)));
        assertThat(check.answer()).isEqualTo(Answer.CANNOT_TELL);
        assertThat(check.reasons()).hasSize(1).first().asString().startsWith("The record names no outcome");
    }

    private static Decision decided(SampleCampaign sample) {
        return Decision.of(ShownEvidence.of(sample), RULES);
    }

    private static SampleCampaign changed(Consumer<ObjectNode> change) {
        return SampleCampaign.of(SHAPE).withCampaign(campaign -> Edits.of(campaign, Campaign.class, change));
    }

    private static void cells(ObjectNode campaign, String engine, Consumer<ObjectNode> change) {
        campaign.withArray("/cells").forEach(cell -> {
            if (cell.get("engine").asText().equals(engine)) {
                change.accept((ObjectNode) cell);
            }
        });
    }
}
