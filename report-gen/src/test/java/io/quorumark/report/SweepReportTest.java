package io.quorumark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.report.gate.GateMarkdown;
import io.quorumark.report.page.ReportContent;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial;
import io.quorumark.results.store.ResultsJson;
import io.quorumark.results.store.StoredCampaign;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What reports say of loads other than the closed loops of the golden documents, and of cells that are there as controls. */
class SweepReportTest {
    private static final StoredCampaign PLAIN =
            CampaignFixture.analysis(true, CampaignFixture.SUNSET, 1).stored();

    @Test
    void a_sweep_is_drawn_over_rate_with_the_knee_of_each_engine() {
        StoredCampaign swept = new StoredCampaign(
                PLAIN.folder(),
                campaign(
                        "\"kind\":\"closed\"",
                        "\"kind\":\"sweep\"",
                        "\"sweep\":null",
                        "\"sweep\":{\"objective\":\"p99 <= 10"
                                + " ms\",\"firstRateOpsPerSecond\":1000.0,\"factor\":2.0,\"precision\":0.1,\"maxSteps\":9}"),
                PLAIN.trials().stream().map(SweepReportTest::swept).toList());
        Analysis analysis = Analysis.of(swept);
        String markdown = MarkdownReport.render(ReportContent.of(analysis));
        assertThat(markdown)
                .contains("ycsb-a, highest rate with p99 \\<= 10 ms against RocksDB: ")
                .contains("Sweep of open loops from 1.00 k ops/s to the highest rate with p99 \\<= 10 ms")
                .contains("| RocksDB | 4.00 k | 4.00 k | 300 µs | 1.00 ms | – | 12 of 12 |")
                .contains("| RocksDB | 8.00 k | 7.20 k | 300 µs | 1.00 ms | – | 0 of 12 |");
        assertThat(HtmlReport.render(ReportContent.of(analysis)))
                .contains("Response time over rate")
                .contains(
                        "The highest rate that held it, median of the trials, in ops/s: RocksDB 4.00 k, LMDB 4.00 k, ")
                .contains("of highest rate with p99 &lt;&#x3D; 10 ms to RocksDB");
        assertThat(GateMarkdown.render(io.quorumark.results.gate.Gate.compare(analysis, analysis, false)))
                .contains("| highest rate with p99 \\<= 10 ms | 4.00 k ops/s |");
    }

    @Test
    void control_arms_are_told_with_what_they_showed() {
        // LMDB's cell declared to be RocksDB once more, and MapDB's to be RocksDB slowed by 60 %
        String json = ResultsJson.writeLine(PLAIN.campaign())
                .replace("\"engine\":\"lmdb\",\"engineName\":\"LMDB\",\"engineVersion\":\"1.1\"", ROCKSDB)
                .replace("\"engine\":\"mapdb\",\"engineName\":\"MapDB\",\"engineVersion\":\"1.2\"", ROCKSDB)
                .replace(
                        "\"logEngine\":\"lmdb\",\"stateEngine\":\"lmdb\"",
                        "\"logEngine\":\"rocksdb\",\"stateEngine\":\"rocksdb\"");
        Campaign all = ResultsJson.readLine(Path.of("campaign"), 1, json, Campaign.class);
        String slowed = ResultsJson.writeLine(all);
        for (Cell cell : all.cells()) {
            if (cell.cluster().stateEngine().equals("mapdb")) {
                String plain = ResultsJson.writeLine(cell).strip();
                slowed = slowed.replace(plain, plain.replace("\"slowdown\":0.0", "\"slowdown\":0.6"));
            }
        }
        Analysis analysis = Analysis.of(new StoredCampaign(
                PLAIN.folder(), ResultsJson.readLine(Path.of("campaign"), 1, slowed, Campaign.class), PLAIN.trials()));
        assertThat(analysis.controlArms()).hasSize(4);
        assertThat(MarkdownReport.render(ReportContent.of(analysis)))
                .contains("2 false positives in 2 A/A arms; 2 of 2 known slowdowns detected")
                .contains("RocksDB on ycsb-a against itself: ")
                .contains(": a false positive. The smallest effect that 11 blocks would show: ")
                .contains("RocksDB on ycsb-a slowed by 60 % on purpose: detected, p = ")
                .contains("; measured 68");
        assertThat(CampaignJson.render(analysis))
                .contains("\"injectedSlowdown\" : 0.6")
                .contains("\"differs\" : true");
    }

    @Test
    void a_closed_loop_has_no_curve_over_rate() {
        assertThat(HtmlReport.render(CampaignFixture.judged())).doesNotContain("Response time over rate");
    }

    @Test
    void a_replay_tells_its_speed() {
        StoredCampaign replayed = new StoredCampaign(
                PLAIN.folder(),
                campaign("\"kind\":\"closed\"", "\"kind\":\"replay\"", "\"speed\":0.0", "\"speed\":2.5"),
                PLAIN.trials());
        assertThat(MarkdownReport.render(ReportContent.of(Analysis.of(replayed))))
                .contains("Replay of a trace at 2.5 times its speed, at most 64 outstanding.");
    }

    private static final String ROCKSDB = "\"engine\":\"rocksdb\",\"engineName\":\"RocksDB\",\"engineVersion\":\"1.0\"";

    /** Two steps, of which the first held. */
    private static Trial swept(Trial trial) {
        String percentiles =
                "\"samples\":20000,\"objectiveMicros\":1000.0,\"percentileMicros\":{\"50\":300.0,\"99\":1000.0}";
        String steps = "{\"rateOpsPerSecond\":4000.0,\"reachedOpsPerSecond\":4000.0," + percentiles
                + ",\"finding\":\"HELD\"},{\"rateOpsPerSecond\":8000.0,\"reachedOpsPerSecond\":7200.0,"
                + percentiles + ",\"finding\":\"OVERLOADED\"}";
        String json = ResultsJson.writeLine(trial).replace("\"steps\":[]", "\"steps\":[" + steps + "]");
        return ResultsJson.readLine(Path.of("trial"), 1, json, Trial.class);
    }

    /** @param replacements text and what comes in its place, by turns */
    private static Campaign campaign(String... replacements) {
        String json = ResultsJson.writeLine(PLAIN.campaign());
        for (int i = 0; i < replacements.length; i += 2) {
            assertThat(json).as(String.format(Locale.ROOT, "replacement %d", i)).contains(replacements[i]);
            json = json.replace(replacements[i], replacements[i + 1]);
        }
        return ResultsJson.readLine(Path.of("campaign"), 1, json, Campaign.class);
    }
}
