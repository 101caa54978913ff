package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quorumark.results.model.Cost;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.store.CampaignReader;
import io.quorumark.results.store.StoredCampaign;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Open loops, warm-ups that end and arms, small: real engines, real trial JVMs, real files. */
class OpenLoopsAndArmsTest {
    @TempDir
    Path folder;

    @Test
    void bursts_arrive_and_a_steady_target_ends_the_warm_up() throws Exception {
        Path plan = Files.writeString(folder.resolve("bursts.yaml"), """
                profile: smoke
                engines: [memory]
                load:
                  kind: open
                  rateOpsPerSecond: 200
                  arrivals: {kind: bursts, periodSeconds: 0.5, duty: 0.5}
                  warmUpSeconds: 6
                  steadySeconds: 3
                  measureSeconds: 1
                """);
        Path out = folder.resolve("bursts");
        CommandLineRun run = CommandLineRun.of("run", plan.toString(), "--json", "--out", out.toString());
        JsonNode cell = new ObjectMapper().readTree(run.out()).at("/cells/0");
        assertThat(cell.at("/engine").asText()).isEqualTo("memory");
        Trial trial = CampaignReader.read(out).trials().get(0);
        if (trial.outcome() == Outcome.VALID) {
            assertThat(cell.at("/costs/live.bytes/estimate").asDouble())
                    .isEqualTo(trial.costs().of(Cost.LIVE_BYTES).orElseThrow());
        }
        assertThat(trial.outcome()).as("%s", trial.reasons()).isIn(Outcome.VALID, Outcome.VOID);
        if (trial.outcome() == Outcome.VALID) {
            assertThat(trial.throughputOpsPerSecond()).isBetween(100.0, 300.0);
        }
        assertThat(trial.phases())
                .filteredOn(phase -> phase.name().equals("warm-up"))
                .allMatch(phase -> phase.seconds() >= 2.9 && phase.seconds() < 20);
    }

    @Test
    void an_aa_arm_is_run_and_the_campaign_goes_on_while_intervals_are_wide() throws Exception {
        Path plan = Files.writeString(folder.resolve("plan.yaml"), """
                profile: smoke
                engines: [memory, rocksdb]
                cluster: {target: engine}
                load: {warmUpSeconds: 0.1, measureSeconds: 0.2}
                trials: {blocks: 1, maxBlocks: 2, maxHalfWidth: 0.01, aaArm: true}
                """);
        Path out = folder.resolve("extended");
        CommandLineRun run = CommandLineRun.of("run", plan.toString(), "--out", out.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        StoredCampaign stored = CampaignReader.read(out);
        assertThat(stored.campaign().design().blocks()).isEqualTo(1);
        assertThat(stored.trials())
                .hasSize(6)
                .as("two blocks of two engines and the twin")
                .extracting(Trial::block)
                .contains(1);
        assertThat(stored.campaign().cells())
                .extracting(cell -> cell.engineName())
                .contains("In-memory + WAL (again)");
        assertThat(stored.isComplete()).isTrue();
        assertThat(out.resolve("report.md")).content().doesNotContain("(again),");
    }

    @Test
    void an_open_loop_tells_service_from_response_time() {
        Path out = folder.resolve("open");
        SmallCampaign.run(out, "--engines", "memory", "--target", "engine", "--rate", "400");
        Trial trial = CampaignReader.read(out).trials().get(0);
        // On a busy machine the generator itself may be late: then the trial says so and does not count.
        assertThat(trial.outcome()).as("%s", trial.reasons()).isIn(Outcome.VALID, Outcome.VOID);
        if (trial.outcome() == Outcome.VALID) {
            assertThat(trial.throughputOpsPerSecond()).isBetween(200.0, 600.0);
        }
        assertThat(Objects.requireNonNull(trial.latency().get(Trial.ALL_OPERATIONS))
                        .servicePercentileMicros())
                .containsKey("50");
    }
}
