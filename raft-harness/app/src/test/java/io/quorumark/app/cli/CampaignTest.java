package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Cost;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.store.CampaignReader;
import io.quorumark.results.store.StoredCampaign;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job, small: real engines, real trial JVMs, real files. */
class CampaignTest {
    /** Every engine once: run once, read by some tests and copied by those that change it. */
    @TempDir
    static Path everyEngine;

    private static CommandLineRun everyEngineRun = new CommandLineRun(-1, "", "");

    @TempDir
    Path folder;

    @BeforeAll
    static void runEveryEngine() {
        everyEngineRun = SmallCampaign.run(everyEngine, "--engines", "memory,rocksdb,lmdb,mapdb,xodus,null");
    }

    private Path copyOfEveryEngine() throws IOException {
        Path copy = folder.resolve("copy");
        try (Stream<Path> files = Files.walk(everyEngine)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(everyEngine.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return copy;
    }

    @Test
    void every_engine_is_measured_verified_and_reported() {
        Path out = everyEngine;
        CommandLineRun run = everyEngineRun;
        StoredCampaign stored = CampaignReader.read(out);
        assertThat(stored.isComplete()).isTrue();
        for (Trial trial : stored.trials()) {
            assertThat(trial.reasons())
                    .as(stored.campaign().cell(trial.cellId()).engine())
                    .isEmpty();
            assertThat(trial.outcome()).isEqualTo(Outcome.VALID);
            assertThat(trial.operations()).isPositive();
            costsAreTold(trial, stored.campaign().cell(trial.cellId()));
        }
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("RocksDB", "LMDB", "MapDB", "Xodus", "report.html", "adr.md");
        assertThat(out.resolve("report.html")).content().contains("MapDB").contains("not crash-safe");
        assertThat(out.resolve("adr.md"))
                .content()
                .contains("proposed")
                .contains(stored.campaign().id());
        assertThat(out.resolve("data")).doesNotExist();
    }

    /** What every engine lets be told on Linux, whatever the device. */
    private static void costsAreTold(Trial trial, Cell cell) {
        Trial.Costs costs = trial.costs();
        assertThat(costs.of(Cost.SETTLED_OPERATIONS_PER_SECOND).orElseThrow())
                .isPositive()
                .isLessThanOrEqualTo(trial.throughputOpsPerSecond() * 1.001);
        assertThat(costs.of(Cost.OPEN_FILES).orElseThrow()).isPositive();
        assertThat(costs.cpuNanosPerOperation()).containsKeys("client", "raft", "log", "apply", "jvm");
        assertThat(costs.cpuNanosPerOperation().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum())
                .isCloseTo(trial.resources().cpuNanosPerOperation(), withinPercentage(50));
        if (cell.isHarnessCeiling()) {
            assertThat(costs.of(Cost.USER_BYTES)).isEmpty();
            return;
        }
        double writes = costs.of(Cost.WRITES).orElseThrow();
        assertThat(writes).isBetween(0.3 * trial.operations(), 0.7 * trial.operations());
        // Keys of 20 bytes, values of 1,000; writes are told as a whole number, which counts on a machine that does few
        // in the window.
        assertThat(costs.of(Cost.USER_BYTES).orElseThrow()).isBetween(1_010 * (writes - 0.5), 1_040 * (writes + 0.5));
        assertThat(costs.of(Cost.LIVE_BYTES).orElseThrow()).isBetween(101_000.0, 104_000.0);
        assertThat(costs.of(Cost.SPACE_AMPLIFICATION).orElseThrow()).isGreaterThan(1);
        assertThat(costs.of(Cost.SYNCS_PER_WRITE)).isPresent();
    }

    @Test
    void an_interrupted_campaign_goes_on_where_it_stopped_and_repeats_nothing() throws Exception {
        Path out = copyOfEveryEngine();
        StoredCampaign before = CampaignReader.read(out);
        Trial kept = before.trials().get(0);
        Trial lost = before.trials().get(before.trials().size() - 1);
        // What a kill in the middle of the last trial leaves: no result, no manifest, half-written files, data.
        Files.delete(before.folder().manifestJson());
        Files.delete(before.folder().trialJson(lost.block(), lost.cellId()));
        Files.writeString(before.folder().trials().resolve("b001-x.json.tmp"), "{");
        Files.createDirectories(out.resolve("data").resolve("trial").resolve("members"));
        FileTime keptSince = Files.getLastModifiedTime(before.folder().trialJson(kept.block(), kept.cellId()));

        CommandLineRun resumed = CommandLineRun.of("run", "--resume", out.toString());

        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(Files.getLastModifiedTime(before.folder().trialJson(kept.block(), kept.cellId())))
                .isEqualTo(keptSince);
        assertThat(CampaignReader.read(out).isComplete()).isTrue();
        assertThat(before.folder().trials().resolve("b001-x.json.tmp")).doesNotExist();
        assertThat(out.resolve("data")).doesNotExist();
    }

    @Test
    void reports_come_again_byte_for_byte_and_no_campaign_passes_its_own_gate() throws Exception {
        Path out = copyOfEveryEngine();
        String html = Files.readString(out.resolve("report.html"));
        String adr = Files.readString(out.resolve("adr.md"));
        Files.delete(out.resolve("report.html"));
        assertThat(CommandLineRun.of("report", out.toString()).exitCode()).isZero();
        assertThat(CommandLineRun.of("adr", out.toString()).exitCode()).isZero();
        assertThat(out.resolve("report.html")).hasContent(html);
        assertThat(out.resolve("adr.md")).hasContent(adr);

        Path junit = folder.resolve("gate.xml");
        CommandLineRun gate = CommandLineRun.of(
                "gate", "--base", out.toString(), "--head", out.toString(), "--junit", junit.toString());
        assertThat(gate.exitCode()).isEqualTo(3);
        assertThat(junit).content().contains("<testcase", "<skipped");
    }

    @Test
    void two_campaigns_are_compared_without_a_gate() {
        Path out = everyEngine;
        CommandLineRun compared = CommandLineRun.of("compare", out.toString(), out.toString());
        assertThat(compared.exitCode()).as(compared.err()).isZero();
        assertThat(compared.out())
                .startsWith("## Comparison: 5 inconclusive")
                .contains("| In-memory + WAL † | ycsb-a |");
        assertThat(CommandLineRun.of("compare", "--strict", out.toString(), out.toString())
                        .exitCode())
                .isEqualTo(3);
        assertThat(CommandLineRun.of("compare", "--json", out.toString(), out.toString())
                        .out())
                .startsWith("{")
                .contains("\"verdict\" : \"inconclusive\"");
        assertThat(CommandLineRun.of("compare", out.toString(), folder.toString())
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void an_edited_result_is_noticed() throws Exception {
        Path out = copyOfEveryEngine();
        StoredCampaign stored = CampaignReader.read(out);
        Trial trial = stored.trials().get(0);
        Path json = stored.folder().trialJson(trial.block(), trial.cellId());
        Files.writeString(
                json, Files.readString(json).replace("\"operations\" : " + trial.operations(), "\"operations\" : 1"));
        CommandLineRun verify = CommandLineRun.of("verify", out.toString());
        assertThat(verify.exitCode()).isEqualTo(4);
        assertThat(verify.err()).contains(json.getFileName().toString());
        try (RandomAccessFile file = new RandomAccessFile(json.toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }
        assertThat(CommandLineRun.of("report", out.toString()).exitCode()).isEqualTo(4);
    }

    @Test
    void a_dry_run_shows_cells_and_time_and_writes_nothing() {
        CommandLineRun run = CommandLineRun.of("run", "--dry-run", "--profile", "quick");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("mapdb")
                .contains("log memory at PROCESS_CRASH")
                .contains("trials in 2 blocks");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void lists_name_every_engine_workload_and_profile() {
        assertThat(CommandLineRun.of("list", "engines").out()).contains("rocksdb", "lmdb", "mapdb", "xodus", "memory");
        assertThat(CommandLineRun.of("list", "workloads").out())
                .contains("ycsb-a", "ycsb-b", "ycsb-c", "session-store");
        assertThat(CommandLineRun.of("list", "profiles").out()).contains("smoke", "quick", "gate", "adr");
    }
}
