package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorumark.campaign.engine.Engines;
import io.quorumark.engine.EngineProvider;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.store.CampaignReader;
import io.quorumark.results.store.StoredCampaign;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engines in Go and Rust carry the log and the state of a Raft group, each trial in a JVM of its own. */
class NativeCampaignTest {
    private static final List<String> NATIVE = List.of("badger", "bbolt", "pebble", "redb");
    private static final String REQUIRED = "quorumark.native.required";

    @TempDir
    Path folder;

    @Test
    void each_carries_log_and_state_of_three_members_and_is_verified() {
        Map<String, EngineProvider> engines = Engines.onClassPath().all();
        List<String> missing = NATIVE.stream()
                .flatMap(id -> Objects.requireNonNull(engines.get(id), id).unavailable().stream())
                .distinct()
                .toList();
        assumeTrue(missing.isEmpty() || Boolean.getBoolean(REQUIRED), missing.toString());

        CommandLineRun run = CommandLineRun.of(
                "run",
                "--profile",
                "smoke",
                "--engines",
                String.join(",", NATIVE),
                "--records",
                "100",
                "--warm-up",
                "0.1",
                "--measure",
                "0.3",
                "--out",
                folder.resolve("out").toString());

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        StoredCampaign stored = CampaignReader.read(folder.resolve("out"));
        assertThat(stored.campaign().cells())
                .allSatisfy(cell -> {
                    assertThat(cell.cluster().members()).isEqualTo(3);
                    assertThat(cell.cluster().logEngine()).isEqualTo(cell.engine());
                    assertThat(cell.cluster().stateEngine()).isEqualTo(cell.engine());
                })
                .extracting(Cell::engine)
                .containsExactlyInAnyOrderElementsOf(NATIVE);
        assertThat(stored.trials()).hasSameSizeAs(NATIVE).allSatisfy(trial -> {
            assertThat(trial.reasons()).isEmpty();
            assertThat(trial.outcome()).isEqualTo(Outcome.VALID);
            assertThat(trial.operations()).isPositive();
        });
    }
}
