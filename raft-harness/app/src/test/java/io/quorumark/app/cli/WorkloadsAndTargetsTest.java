package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.results.store.CampaignReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every workload, and every target but the usual one, small: real engines, real trial JVMs, real files. */
class WorkloadsAndTargetsTest {
    @TempDir
    Path folder;

    @Test
    void session_store_over_tcp_and_bare_targets_are_verified_too() {
        for (String[] options : new String[][] {
            {"--engines", "memory", "--workloads", "session-store", "--transport", "tcp"},
            {"--engines", "rocksdb,mapdb", "--target", "state-machine", "--durability", "NONE"},
            {"--engines", "lmdb", "--target", "engine", "--workloads", "session-store"}
        }) {
            Path out = folder.resolve(String.join("-", options).replace(",", ""));
            CommandLineRun run = SmallCampaign.run(out, options);
            assertThat(CampaignReader.read(out).trials())
                    .allSatisfy(trial -> assertThat(trial.reasons()).isEmpty());
            assertThat(run.exitCode()).as(run.err()).isZero();
        }
    }

    @Test
    void every_other_workload_is_run_and_verified() {
        Path out = folder.resolve("workloads");
        CommandLineRun run = SmallCampaign.run(
                out,
                "--engines",
                "rocksdb",
                "--workloads",
                "ycsb-d,ycsb-e,ycsb-f,cache-mix,control-plane,ledger,raft-log");
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(CampaignReader.read(out).trials())
                .hasSize(7)
                .allSatisfy(trial -> assertThat(trial.reasons()).isEmpty());
    }
}
