package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorumark.engine.durability.SmallDevice;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.store.CampaignReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A device that runs out of room under load: the target refuses work, and nobody is accused of losing it. Skipped without the right to
 * mount one.
 */
class FullDeviceTest {
    @TempDir
    Path folder;

    private SmallDevice device(int mebibytes) throws Exception {
        Optional<SmallDevice> device = SmallDevice.mountAt(folder.resolve("device"), mebibytes);
        assumeTrue(device.isPresent(), SmallDevice.NEEDS);
        return device.get();
    }

    @ParameterizedTest
    @CsvSource({
        "rocksdb, engine, PROCESS_CRASH, 60",
        "rocksdb, state-machine, PROCESS_CRASH, 60",
        "lmdb, engine, PROCESS_CRASH, 90",
        "mapdb, engine, NONE, 60",
        "mapdb, state-machine, NONE, 60"
    })
    void a_full_device_is_refused_work_and_not_lost_writes(
            String engine, String target, String durability, int mebibytes) throws Exception {
        try (SmallDevice device = device(mebibytes)) {
            Path plan = folder.resolve("plan.yaml");
            Files.writeString(plan, """
                    records: 20
                    engines: [%s]
                    workloads: [inserts.yaml]
                    cluster: {target: %s, durability: %s}
                    load: {clients: 1, warmUpSeconds: 1, measureSeconds: 25}
                    trials: {blocks: 1, ceilingBlocks: 0}
                    """.formatted(engine, target, durability));
            Files.writeString(folder.resolve("inserts.yaml"), """
                    name: inserts
                    description: fills a device
                    model: ycsb
                    records: 100
                    operations: {insert: 1.0}
                    keys: {distribution: latest, theta: 0.99}
                    values: {sizes: constant, bytes: 100000, compressionRatio: 1.0}
                    """);
            Path out = folder.resolve("out");
            CommandLineRun run = CommandLineRun.of(
                    "run",
                    "--profile",
                    "smoke",
                    plan.toString(),
                    "--out",
                    out.toString(),
                    "--data",
                    device.path().toString());

            List<Trial> trials = CampaignReader.read(out).trials();
            assertThat(trials).as(run.err()).isNotEmpty().allSatisfy(trial -> {
                assertThat(trial.outcome()).as(trial.reasons().toString()).isEqualTo(Outcome.FAILED);
                assertThat(trial.reasons().get(0)).matches("the target refused \\d+ operations?: .+");
            });
            assertThat(run.exitCode()).isEqualTo(7);
        }
    }
}
