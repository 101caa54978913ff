package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.campaign.node.LocalGroup;
import io.quorumark.results.model.ResponseParts;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.store.CampaignReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads with a pace, on a member in a process of its own: the generator has a JVM for itself, and is watched like any other. */
class MemberLoadsTest {
    @TempDir
    static Path group;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        CommandLineRun started = CommandLineRun.of(
                ("cluster start --nodes 1 --engine memory --durability PROCESS_CRASH --heap 256 --data " + group)
                        .split(" "));
        assertThat(started.exitCode()).as(started.err()).isZero();
    }

    @AfterAll
    static void noMemberStays() {
        CommandLineRun.of("cluster", "stop", "--data", group.toString());
    }

    private Trial measure(String name, String load) throws Exception {
        Path plan = Files.writeString(folder.resolve(name + ".yaml"), """
                profile: smoke
                engines: [memory]
                records: 100
                cluster: {members: [%s], durability: PROCESS_CRASH, memoryBudgetMiB: 64}
                load: {%s, clients: 64, warmUpSeconds: 0.1}
                """.formatted(
                        String.join(", ", LocalGroup.read(group).ids()), load));
        Path out = folder.resolve(name);
        CommandLineRun run = CommandLineRun.of("run", plan.toString(), "--out", out.toString());
        Trial trial = CampaignReader.read(out).trials().get(0);
        assertThat(trial.outcome()).as("%s %s", trial.reasons(), run.err()).isIn(Outcome.VALID, Outcome.VOID);
        RecheckRun.assertAgrees(out);
        assertThat(trial.events())
                .as("the generator's priority, and how it waits")
                .extracting(Trial.Event::kind)
                .contains("generator-priority", "generator-slack", "generator-lead");
        ResponseParts parts = Objects.requireNonNull(trial.timekeeping().parts());
        assertThat(parts.queueingPercentileMicros()).isNotEmpty();
        assertThat(parts.withoutLagPercentileMicros()).isNotEmpty();
        assertThat(trial.timekeeping().lagMaxMicros()).isPositive();
        assertThat(trial.latency().get(Trial.ALL_OPERATIONS))
                .satisfies(all -> assertThat(all.servicePercentileMicros()).isNotEmpty());
        return trial;
    }

    @Test
    void an_open_loop_stores_lag_queueing_and_service_as_in_the_trials_own_process() throws Exception {
        Trial trial = measure("open", "kind: open, rateOpsPerSecond: 400, measureSeconds: 3");

        assertThat(trial.operations()).as("no more than were due").isBetween(1L, 1_400L);
    }

    @Test
    void a_sweep_begins_with_a_closed_loop_and_makes_its_steps() throws Exception {
        Trial trial = measure(
                "sweep",
                "kind: sweep, sweep: {objective: p50 <= 1 s, factor: 4, precision: 1, maxSteps: 2, maxSeconds: 20},"
                        + " measureSeconds: 0.5");

        assertThat(trial.steps()).hasSize(2);
        assertThat(trial.phases()).extracting(Trial.Phase::name).contains("probe");
    }
}
