package io.quorumark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.report.adr.AdrDocument;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.decision.Decision;
import io.quorumark.results.decision.DecisionRules;
import io.quorumark.results.decision.Evidence;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.DurabilityFinding;
import io.quorumark.results.model.DurabilityFinding.Observed;
import io.quorumark.results.model.LinearizabilityFinding;
import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.sample.SampleShape;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The report says who leads by other weights, in the figures of the decision record and never louder than it. */
class WeightingsInDocumentsTest {
    private static final String HEADING = "Who leads, by weights";
    private static final Instant RECORDED = Instant.parse("2026-11-01T00:00:00Z");

    @Test
    void a_leader_stands_with_its_label_and_with_the_weights_that_make_another_one_lead() {
        // LMDB carries nine tenths of what RocksDB does, the in-memory engine half: the leader depends on what weighs
        // most
        Analysis analysis =
                shown(SampleShape.ADR.withSize(10, 3).withSpeed("memory", 0.5).withSpeed("lmdb", 1.25));
        Decision decision = Decision.of(Evidence.of(List.of(analysis)), DecisionRules.defaults());
        assertThat(decision.leader()).as("%s", decision.reasons()).isPresent();

        String report = MarkdownReport.render(analysis);
        String record = AdrDocument.render(decision);

        assertThat(report)
                .contains("## " + HEADING)
                .contains("Label: " + decision.label().word() + ".")
                .contains("any | ");
        assertThat(record).contains("Label: " + decision.label().word() + ".");
        assertThat(decision.sensitivity().flips()).isNotEmpty();
        String section = report.substring(report.indexOf("## " + HEADING), report.indexOf("## Ways of storing"));
        assertThat(section.lines().filter(line -> line.startsWith("|")))
                .as("head, its rule, three ways to draw, and one for each thing that changes the leader")
                .hasSize(5
                        + decision.sensitivity().flips().size()
                        + decision.sensitivity().changes().size());
        decision.sensitivity()
                .flips()
                .forEach(flip -> assertThat(section)
                        .contains(flip.criterion().words() + " weighs ")
                        .contains("| " + flip.overtaker().name() + " |"));
        assertThat(HtmlReport.render(analysis))
                .contains("<h2 id=\"weights\">" + HEADING + "</h2>", "href=\"#weights\"");
    }

    @Test
    void an_open_question_and_a_small_campaign_name_nobody() {
        Analysis open =
                Analysis.of(SampleCampaign.of(SampleShape.ADR.withSize(10, 3)).unsaved());
        Analysis quick = shown(SampleShape.QUICK.withSize(3, 3));
        for (Analysis analysis : List.of(open, quick)) {
            assertThat(MarkdownReport.render(analysis)).doesNotContain(HEADING);
            assertThat(HtmlReport.render(analysis)).doesNotContain(HEADING);
        }
    }

    /** Of which every engine has shown all that its role owes. */
    private static Analysis shown(SampleShape shape) {
        return Analysis.of(SampleCampaign.of(shape)
                .withCampaign(WeightingsInDocumentsTest::withEvidence)
                .unsaved());
    }

    private static Campaign withEvidence(Campaign campaign) {
        List<DurabilityFinding> durability = new ArrayList<>();
        List<LinearizabilityFinding> histories = new ArrayList<>();
        for (Cell cell : campaign.cells()) {
            for (String level : List.of("PROCESS_CRASH", "POWER_LOSS")) {
                durability.add(new DurabilityFinding(
                        cell.engine(),
                        cell.engineVersion(),
                        level,
                        true,
                        Observed.KEPT,
                        1000,
                        400,
                        1,
                        List.of(),
                        "",
                        20,
                        RECORDED,
                        "Linux 6.1"));
            }
            histories.add(new LinearizabilityFinding(
                    cell.engine(),
                    cell.engineVersion(),
                    cell.cluster().logEngine(),
                    3,
                    20,
                    40_000,
                    120,
                    List.of(),
                    0,
                    7,
                    RECORDED,
                    "Linux 6.1"));
        }
        return new Campaign(
                campaign.formatVersion(),
                campaign.id(),
                campaign.createdAt(),
                campaign.profile(),
                campaign.command(),
                campaign.seed(),
                campaign.software(),
                campaign.host(),
                campaign.plan(),
                campaign.design(),
                campaign.cells(),
                campaign.blockOrder(),
                durability,
                histories);
    }
}
