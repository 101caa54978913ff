package io.quorumark.engine.tck.lies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorumark.engine.Durability;
import io.quorumark.engine.durability.KillRig;
import io.quorumark.engine.durability.Progress;
import io.quorumark.engine.durability.Recorder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Of an engine that loses an acknowledged write at three kills in a hundred, eight random kills find nothing four times in five. */
class AimedKillsFindRareLossesTest {
    private static final int RUNS = Integer.getInteger("quorumark.crash.runs", 40);

    /** As many as the kit kills by itself, and not as few as the ordinary build of this module. */
    private static final int KILLS = 8;

    @TempDir
    Path folder;

    @AfterEach
    void tellTheTruthAgain() {
        System.clearProperty(ToyKits.PROPERTY);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource(names = {"HOLDS_ONE_IN_33", "LOSES_BEFORE_ROLLOVER", "LOSES_WHILE_COMPACTING"})
    void a_loss_in_three_of_a_hundred_kills_is_found_in_19_of_20_runs(Lie lie) throws Exception {
        System.setProperty(ToyKits.PROPERTY, lie.name());
        Recorder.Attempt attempt = Recorder.compileInto(folder);
        assumeTrue(attempt.recorder().isPresent(), attempt.missing());
        int found = 0;
        for (int run = 0; run < RUNS; run++) {
            Path own = Files.createDirectory(folder.resolve("run-" + run));
            boolean finds = !new KillRig(new ToyKits.CurrentLie(), attempt.recorder(), own, run)
                    .run(Durability.PROCESS_CRASH, KILLS, Progress.NONE)
                    .problems()
                    .isEmpty();
            found += finds ? 1 : 0;
        }
        assertThat(found).as("runs of %s that found it", RUNS).isGreaterThanOrEqualTo(RUNS * 19 / 20);
    }
}
