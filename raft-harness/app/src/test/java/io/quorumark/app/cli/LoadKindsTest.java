package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.model.Trial.RateStep;
import io.quorumark.results.model.Trial.Timekeeping;
import io.quorumark.results.store.CampaignReader;
import io.quorumark.results.store.StoredCampaign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps, replays and control arms from plan to report, small: real engines, real trial JVMs, real files. */
class LoadKindsTest {
    @TempDir
    Path folder;

    private CommandLineRun run(Path out, String... lines) throws IOException {
        Path plan = Files.writeString(folder.resolve("plan.yaml"), String.join("\n", lines) + "\n");
        return CommandLineRun.of("run", plan.toString(), "--out", out.toString());
    }

    @Test
    void a_sweep_stores_its_steps_and_is_known_by_the_highest_rate_that_held() throws Exception {
        Path out = folder.resolve("sweep");
        CommandLineRun run = run(
                out,
                "profile: smoke",
                "engines: [memory]",
                "cluster: {target: engine}",
                "load:",
                "  kind: sweep",
                "  sweep: {objective: p50 <= 1 s, firstRateOpsPerSecond: 400, factor: 4, precision: 1, maxSteps: 3}",
                "  warmUpSeconds: 0.1",
                "  measureSeconds: 0.4");
        StoredCampaign stored = CampaignReader.read(out);
        Trial trial = stored.trials().get(0);
        assertEndedAs(trial, run);
        assertThat(trial.steps()).hasSizeBetween(2, 3).allSatisfy(step -> {
            assertThat(step.rateOpsPerSecond()).isPositive();
            assertThat(step.samples()).isPositive();
        });
        RecheckRun.assertAgrees(out);
        assertThat(trial.steps().get(0).rateOpsPerSecond()).isEqualTo(400);
        assertThat(stored.campaign().plan()).contains("kind: sweep").contains("p50 <= 1 s");
        if (trial.outcome() == Outcome.VALID) {
            assertThat(trial.steps()).anyMatch(RateStep::held);
            double knee = trial.kneeOpsPerSecond().orElseThrow();
            assertThat(trial.throughputOpsPerSecond())
                    .as("the window that counts is that of the knee")
                    .isBetween(0.9 * knee, 1.1 * knee);
            assertThat(out.resolve("report.html")).content().contains("Response time over rate");
            assertThat(out.resolve("report.md"))
                    .content()
                    .contains("highest rate with p50 \\<= 1 s")
                    .contains("| engine | asked, ops/s | reached, ops/s | p50 | p99 | p99.9 | held the objective |");
        }
        Path again = folder.resolve("again.yaml");
        Files.writeString(again, stored.campaign().plan());
        CommandLineRun dry = CommandLineRun.of("run", "--dry-run", again.toString());
        assertThat(dry.exitCode()).as("a resolved plan is a plan").isZero();
        assertThat(dry.out())
                .contains("1 trial in 1 block, about ")
                .contains(
                        "each trial is a sweep of at most 3 steps, and at most 36 s, to the highest rate with p50 <= 1 s");
    }

    @Test
    void a_sweep_that_is_not_told_where_to_begin_asks_a_closed_loop() throws Exception {
        Path out = folder.resolve("probed");
        CommandLineRun run = run(
                out,
                "profile: smoke",
                "engines: [memory]",
                "cluster: {target: engine}",
                "load:",
                "  kind: sweep",
                "  sweep: {objective: p50 <= 1 s, factor: 4, precision: 1, maxSteps: 2, maxSeconds: 20}",
                "  warmUpSeconds: 0.1",
                "  measureSeconds: 0.4");
        Trial trial = CampaignReader.read(out).trials().get(0);
        assertEndedAs(trial, run);
        RecheckRun.assertAgrees(out);
        assertThat(trial.events())
                .filteredOn(event -> event.kind().equals("capacity-probe"))
                .singleElement()
                .satisfies(event -> assertThat(event.detail()).contains("the sweep began at 40 % of it"));
        assertThat(trial.phases()).extracting(Trial.Phase::name).contains("probe");
        assertThat(trial.events())
                .as("how the generator waited")
                .extracting(Trial.Event::kind)
                .contains("generator-priority", "generator-slack", "generator-lead");
        assertThat(trial.verification()).as("the closed loop's writes too").isNotNull();
    }

    @Test
    void a_window_at_a_set_rate_follows_a_closed_loop_and_its_response_times_stand_beside_the_throughput()
            throws Exception {
        Path out = folder.resolve("paced");
        CommandLineRun run = run(
                out,
                "profile: smoke",
                "engines: [memory]",
                "cluster: {target: engine}",
                "load:",
                "  paced: {rateOpsPerSecond: 8000, measureSeconds: 1.5}",
                "  warmUpSeconds: 0.1",
                "  measureSeconds: 0.4");
        assertThat(run.exitCode()).as(run.err()).isZero();
        Trial trial = CampaignReader.read(out).trials().get(0);
        assertThat(trial.outcome()).as("%s", trial.reasons()).isEqualTo(Outcome.VALID);
        Trial.PacedWindow paced = Objects.requireNonNull(trial.paced());
        assertThat(paced.rateOpsPerSecond()).isEqualTo(8_000);
        assertThat(paced.samples()).isBetween(4_000L, 13_000L);
        assertThat(paced.percentileMicros()).containsKeys("50", "99");
        assertThat(trial.throughputOpsPerSecond())
                .as("the trial's own figures are the closed loop's")
                .isNotCloseTo(paced.reachedOpsPerSecond(), withinPercentage(1));
        RecheckRun.assertAgrees(out);
        assertThat(run.out()).contains("p99 at 8.00 k ops/s (open loop): In-memory + WAL");
        assertThat(out.resolve("report.md")).content().contains("Response time at 8.00 k ops/s");
        CommandLineRun twice = run(
                folder.resolve("no"),
                "profile: smoke",
                "load: {kind: open, rateOpsPerSecond: 5, paced: {rateOpsPerSecond: 5}}");
        assertThat(twice.exitCode()).isEqualTo(2);
        assertThat(twice.err()).hasLineCount(1).contains("load.paced").contains("set load.kind to closed");
    }

    @Test
    void a_trace_is_replayed_with_its_own_times_and_at_a_multiple_of_its_speed() throws Exception {
        StringBuilder trace = new StringBuilder("offsetMicros,operation,key,valueBytes\n");
        for (int i = 0; i < 200; i++) {
            trace.append(i * 5_000L)
                    .append(i % 2 == 0 ? ",write,user:" : ",read,user:")
                    .append(i / 2)
                    .append(i % 2 == 0 ? ",100\n" : ",\n");
        }
        Files.writeString(folder.resolve("morning.csv"), trace);
        Path workload = Files.writeString(folder.resolve("morning.yaml"), """
                name: morning
                description: "A minute of a morning."
                model: trace
                records: 1000
                values: {sizes: trace, compressionRatio: 0.5}
                trace: {file: morning.csv, format: csv}
                """);
        for (int speed : new int[] {1, 3}) {
            Path out = folder.resolve("replay-" + speed);
            CommandLineRun run = run(
                    out,
                    "profile: smoke",
                    "engines: [memory]",
                    "cluster: {target: engine}",
                    "workloads: ['" + workload + "']",
                    "records: 1000",
                    "load: {kind: replay, speed: " + speed + ", warmUpSeconds: 0.2, measureSeconds: 1}");
            Trial trial = CampaignReader.read(out).trials().get(0);
            assertEndedAs(trial, run);
            RecheckRun.assertAgrees(out);
            assertThat(trial.throughputOpsPerSecond()).isBetween(100.0 * speed, 300.0 * speed);
            assertThat(trial.latency().get(Trial.ALL_OPERATIONS))
                    .satisfies(all -> assertThat(all.servicePercentileMicros()).isNotNull());
        }
    }

    @Test
    void an_open_loop_that_spins_is_stored_with_how_well_it_kept_time() throws Exception {
        Path out = folder.resolve("spinning");
        CommandLineRun run = run(
                out,
                "profile: smoke",
                "engines: [memory]",
                "cluster: {target: engine}",
                "load: {kind: open, rateOpsPerSecond: 2000, pacing: spin, warmUpSeconds: 0.2, measureSeconds: 1}");
        StoredCampaign stored = CampaignReader.read(out);
        assertEndedAs(stored.trials().get(0), run);
        RecheckRun.assertAgrees(out);
        assertThat(stored.campaign().cells())
                .allSatisfy(cell -> assertThat(cell.load().pacing()).isEqualTo(Cell.Load.SPIN));
        Timekeeping kept = stored.trials().get(0).timekeeping();
        assertThat(kept.lagMaxMicros())
                .isGreaterThanOrEqualTo(kept.lagP999Micros())
                .isPositive();
        assertThat(kept.longestStallMillis()).isPositive();
        assertThat(out.resolve("report.md")).content().contains("paced by a thread that keeps a processor for itself");

        CommandLineRun closed =
                run(folder.resolve("closed"), "profile: smoke", "engines: [memory]", "load: {pacing: spin}");
        assertThat(closed.exitCode()).isEqualTo(2);
        assertThat(closed.err())
                .contains("load.kind")
                .contains("open, sweep or replay")
                .hasLineCount(1);
    }

    @Test
    void a_known_slowdown_arm_is_run_slower_and_reported_beside_the_aa_arm() throws Exception {
        Path out = folder.resolve("slowed");
        CommandLineRun run = run(
                out,
                "profile: smoke",
                "engines: [memory]",
                "cluster: {target: engine}",
                "load: {warmUpSeconds: 0.2, measureSeconds: 0.4}",
                "trials: {aaArm: true, slowdownArm: 0.5}");
        assertThat(run.exitCode()).as(run.err()).isZero();
        StoredCampaign stored = CampaignReader.read(out);
        assertThat(stored.campaign().cells())
                .extracting(Cell::engineName)
                .containsExactly("In-memory + WAL", "In-memory + WAL (again)", "In-memory + WAL (slowed by 50 %)");
        assertThat(stored.trials()).hasSize(3);
        RecheckRun.assertAgrees(out);
        assertThat(out.resolve("report.md"))
                .content()
                .contains("What this campaign can see")
                .contains("0 false positives in 1 A/A arm; 0 of 1 known slowdown detected")
                .contains("slowed by 50")
                .contains("Too few blocks to show any effect.")
                .doesNotContain("| In-memory + WAL (slowed");
    }

    /** A stop of 300 ms in a window of one second: a trial must show that an idle thread had no processor for it. */
    @Test
    void an_arm_of_an_open_loop_that_is_stopped_for_long_shows_its_stops_among_its_stalls() throws Exception {
        Path out = folder.resolve("stopped");
        CommandLineRun run = run(
                out,
                "profile: smoke",
                "engines: [memory]",
                "load: {kind: open, rateOpsPerSecond: 500, warmUpSeconds: 0.2, measureSeconds: 1}",
                "trials: {slowdownArm: 0.3, slowdownStopMillis: 300}");
        assertThat(run.exitCode()).as(run.err()).isZero();
        StoredCampaign stored = CampaignReader.read(out);
        Cell stopped = stored.campaign().cells().get(1);
        assertThat(stopped.load().slowdownStopMillis()).isEqualTo(300);
        assertThat(stored.trialsOf(stopped.id())).singleElement().satisfies(trial -> {
            assertThat(trial.outcome()).as("%s", trial.reasons()).isEqualTo(Outcome.VALID);
            assertThat(trial.events())
                    .extracting(Trial.Event::detail)
                    .anyMatch(text -> text.contains("300 ms at once"));
            assertThat(trial.stalls())
                    .anySatisfy(stall -> assertThat(stall.coincided())
                            .anyMatch(each -> each.kind().equals("no-processor") && each.millis() > 250));
        });
        RecheckRun.assertAgrees(out);
        // a busy machine may void the only trial that the arm is compared with
        if (stored.trials().stream().allMatch(trial -> trial.outcome() == Outcome.VALID)) {
            assertThat(out.resolve("report.md"))
                    .content()
                    .contains("In-memory + WAL on ycsb-a with stops of 300 ms every 1 s on purpose:"
                            + " found and named in 1 of 1 trial.")
                    .contains("1 of 1 known slowdown detected");
        }
    }

    @Test
    void a_dry_run_tells_both_ends_of_a_campaign_that_may_be_extended() {
        CommandLineRun run = CommandLineRun.of("run", "--dry-run", "--profile", "adr");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("140 to 260 trials in 10 to 20 blocks, about ")
                .contains(" min to ");
    }

    /** A machine that is busy may void the only trial: then nothing can be told, and the command says so by its exit code. */
    private static void assertEndedAs(Trial trial, CommandLineRun run) {
        assertThat(trial.outcome()).as("%s", trial.reasons()).isIn(Outcome.VALID, Outcome.VOID);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(trial.outcome() == Outcome.VALID ? 0 : 3);
    }
}
