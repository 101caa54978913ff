package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.results.model.LifecyclePhase;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.store.CampaignReader;
import io.quorumark.results.store.StoredCampaign;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The workload {@code lifecycle} as users run it; what takes how long is no test's business. */
class LifecycleTest {
    @TempDir
    Path folder;

    @Test
    void engines_are_started_killed_copied_and_compacted() throws Exception {
        Path out = folder.resolve("engines");
        StoredCampaign stored = run(out, "engine", "memory,lmdb");
        assertThat(phases(stored, "memory"))
                .contains("checkpoint", "restore", "recovery", "compaction")
                .containsAnyOf("cold-start", "lukewarm-start");
        assertThat(phases(stored, "lmdb")).contains("checkpoint", "restore", "recovery");
        assertThat(stored.campaign().cells())
                .as("what keeps nothing has no life")
                .noneMatch(cell -> cell.isHarnessCeiling())
                .allMatch(cell -> cell.load().measureOperations() == 500)
                .allMatch(cell -> cell.load().measureSeconds() == 0);
        assertThat(out.resolve("report.md"))
                .content()
                .contains("## Start, recovery, copies", "recovery: from opening in a new JVM")
                .contains("LMDB, compaction: LMDB has none that can be asked for.");
        assertThat(out.resolve("report.html")).content().contains("id=\"lifecycle\"", "#lifecycle");
    }

    @Test
    void what_an_engine_cannot_do_is_said() throws Exception {
        StoredCampaign stored = run(folder.resolve("weak"), "engine", "mapdb", "--durability", "NONE");
        assertThat(phases(stored, "mapdb")).contains("checkpoint", "restore").doesNotContain("recovery");
        assertThat(notOffered(stored, "mapdb"))
                .contains("recovery: MapDB does not survive the end of its process at NONE");
    }

    @Test
    void a_group_takes_a_snapshot_that_a_new_member_installs() throws Exception {
        StoredCampaign stored = run(folder.resolve("group"), "cluster", "rocksdb");
        assertThat(phases(stored, "rocksdb"))
                .contains("snapshot", "install", "restart")
                .doesNotContain("checkpoint");
    }

    @Test
    void a_state_machine_without_a_group_is_refused() {
        CommandLineRun run = CommandLineRun.of(
                "run",
                "--profile",
                "smoke",
                "--engines",
                "memory",
                "--workloads",
                "lifecycle",
                "--target",
                "state-machine",
                "--out",
                folder.resolve("refused").toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("workload lifecycle times phases of an engine or of a group in this process");
    }

    private static StoredCampaign run(Path out, String target, String engines, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "run",
                "--profile",
                "smoke",
                "--engines",
                engines,
                "--workloads",
                "lifecycle",
                "--records",
                "500",
                "--target",
                target,
                "--out",
                out.toString()));
        command.addAll(List.of(more));
        CommandLineRun run = CommandLineRun.of(command.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        RecheckRun.assertAgrees(out);
        StoredCampaign stored = CampaignReader.read(out);
        assertThat(stored.trials())
                .allSatisfy(trial ->
                        assertThat(trial.outcome()).as("%s", trial.reasons()).isEqualTo(Outcome.VALID));
        return stored;
    }

    /** Those of the life of an engine. */
    private static List<String> phases(StoredCampaign stored, String engine) {
        return trial(stored, engine).phases().stream()
                .filter(phase -> phase.seconds() > 0)
                .map(Trial.Phase::name)
                .filter(name -> LifecyclePhase.of(name).isPresent())
                .toList();
    }

    private static List<String> notOffered(StoredCampaign stored, String engine) {
        return trial(stored, engine).events().stream()
                .filter(event -> event.kind().equals(LifecyclePhase.NOT_OFFERED))
                .map(Trial.Event::detail)
                .toList();
    }

    private static Trial trial(StoredCampaign stored, String engine) {
        return stored.trials().stream()
                .filter(trial -> stored.campaign().cell(trial.cellId()).engine().equals(engine))
                .findFirst()
                .orElseThrow();
    }
}
