package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorumark.campaign.host.MemoryCgroups;
import io.quorumark.campaign.support.UsageError;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.MemoryLimit;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.store.CampaignReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trials in a control group of this machine's kernel; skipped where this user may make none. */
class MemoryLimitTest {
    private static final long LIMIT_MIB = 768;

    @TempDir
    Path folder;

    @Test
    void a_trial_runs_under_the_limit_that_its_plan_asks_for_and_stores_it() throws Exception {
        CommandLineRun run = runUnderTheLimit("");

        assertThat(run.exitCode()).as(run.err()).isZero();
        List<Trial> trials = trials();
        assertThat(trials).isNotEmpty();
        for (Trial trial : trials) {
            assertThat(trial.outcome()).isEqualTo(Outcome.VALID);
            MemoryLimit limit = Objects.requireNonNull(trial.costs().memoryLimit(), "no limit is stored");
            assertThat(limit.limitBytes()).isEqualTo(LIMIT_MIB << 20);
            assertThat(limit.peakBytes()).isBetween(1L << 20, LIMIT_MIB << 20);
            assertThat(limit.group()).contains("quorumark-");
        }
    }

    @Test
    void a_trial_that_needs_more_than_its_limit_is_a_failed_one_that_says_so() throws Exception {
        // the plan counts the heap and the engine's budget, and cannot know what the flags take besides
        CommandLineRun run = runUnderTheLimit("""
                jvm:
                  flags:
                    - -XX:+AlwaysPreTouch
                    - -XX:+UnlockExperimentalVMOptions
                    - -XX:StringTableSize=16777216
                    - -XX:SymbolTableSize=16777216
                """);

        assertThat(run.exitCode()).as(run.err()).isNotZero();
        assertThat(trials()).isNotEmpty().allSatisfy(trial -> {
            assertThat(trial.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(trial.reasons())
                    .singleElement()
                    .asString()
                    .startsWith("the kernel ended the trial's JVM, as it needed more than " + LIMIT_MIB + " MiB");
        });
    }

    /** @param more lines of the plan */
    private CommandLineRun runUnderTheLimit(String more) throws IOException {
        assumeTrue(canLimit(), "this user may make no control groups with a memory limit");
        Path plan = folder.resolve("plan.yaml");
        Files.writeString(
                plan,
                "engines: [lmdb]\nworkloads: [ycsb-c]\ncluster: {target: engine}\nload: {clients: 1}\n" + more
                        + "trials: {blocks: 1, ceilingBlocks: 0, memoryLimitMiB: " + LIMIT_MIB + "}\n");
        return CommandLineRun.of("run", "--profile", "smoke", plan.toString(), "--out", out().toString());
    }

    private List<Trial> trials() {
        return CampaignReader.read(out()).trials();
    }

    private Path out() {
        return folder.resolve("out");
    }

    private static boolean canLimit() throws IOException {
        try {
            MemoryCgroups.ofThisMachine().tryOut(LIMIT_MIB << 20);
            return true;
        } catch (UsageError refused) {
            return false;
        }
    }
}
