package io.quorumark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.report.gate.GateMarkdown;
import io.quorumark.report.page.ReportContent;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.gate.Gate;
import org.junit.jupiter.api.Test;

/** What reports say of loads other than the closed loops of the golden documents, and of cells that are there as controls. */
class SweepReportTest {
    @Test
    void a_sweep_is_drawn_over_rate_with_the_knee_of_each_engine() {
        Analysis analysis = CampaignKinds.sweep();
        String markdown = MarkdownReport.render(ReportContent.of(analysis));
        assertThat(markdown)
                .contains("ycsb-a, highest rate with p99 \\<= 10 ms against RocksDB: ")
                .contains("Sweep of open loops from 1.00 k ops/s to the highest rate with p99 \\<= 10 ms")
                .contains("| RocksDB | 4.00 k | 4.00 k | 300 µs | 1.00 ms | – | 12 of 12 |")
                .contains("| RocksDB | 8.00 k | 7.20 k | 300 µs | 1.00 ms | – | 0 of 12: 12 overloaded |");
        assertThat(PageKinds.breaking(HtmlReport.render(ReportContent.of(analysis))))
                .contains("Response time over rate")
                .contains(
                        "The highest rate that held it, median of the trials, in ops/s: RocksDB 4.00 k, LMDB 4.00 k, ")
                .contains("of highest rate with p99 &lt;&#x3D; 10 ms to RocksDB");
        assertThat(GateMarkdown.render(Gate.compare(analysis, analysis, false)))
                .contains("| highest rate with p99 \\<= 10 ms | 4.00 k ops/s |");
    }

    @Test
    void a_sweep_that_a_closed_loop_began_has_no_first_rate_to_tell() {
        assertThat(MarkdownReport.render(ReportContent.of(CampaignKinds.sweepFrom(0))))
                .contains("Sweep of open loops to the highest rate with p99 \\<= 10 ms");
    }

    @Test
    void a_window_at_a_set_rate_that_does_not_count_says_why() {
        ReportContent content = ReportContent.of(CampaignKinds.paced());
        assertThat(ConsoleTable.render(content, true).replaceAll("\\s+", " "))
                .contains(
                        "p99 at 4.00 k ops/s (open loop): RocksDB 1.50 ms, LMDB did not keep the rate, MapDB (log: memory) † the load"
                                + " generator was late, Xodus † did not keep the rate (6 of 12), too few samples (6 of 12)");
        assertThat(MarkdownReport.render(content))
                .contains("| engine | reached, ops/s | p50 | p99 | p99.9 | kept the rate | generator in time |")
                .contains("| RocksDB | 4.00 k | 300 µs | 1.50 ms | – | 12 of 12 | 12 of 12 |")
                .contains("| MapDB (log: memory) † | – | – | – | – | 12 of 12 | 0 of 12 |")
                .contains("| Xodus † | 4.00 k | 300 µs | – | – | 6 of 12 | 12 of 12 |");
    }

    @Test
    void control_arms_are_told_with_what_they_showed() {
        Analysis analysis = CampaignKinds.controlArms();
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
        assertThat(MarkdownReport.render(ReportContent.of(CampaignKinds.replay())))
                .contains("Replay of a trace at 2.5 times its speed, at most 64 outstanding.");
    }
}
