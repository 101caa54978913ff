package io.quorumark.engine.tck.lies;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorumark.engine.durability.Recorder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The kit is proved here: it finds nothing wrong with the honest toy, and each lie with the test that is there for it. */
class LiesAreFoundTest {
    @TempDir
    Path folder;

    @Test
    void an_honest_engine_passes() {
        KitRun.requirePass(Lie.NONE, ToyKits.Conformance.class);
        KitRun.requirePass(Lie.NONE, ToyKits.Crash.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Lie.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE", "MAPPED"})
    void every_lie_is_found_by_the_test_that_is_there_for_it(Lie lie) throws Exception {
        if (lie.isSeldom()) {
            Recorder.Attempt attempt = Recorder.compileInto(folder);
            assumeTrue(attempt.recorder().isPresent(), attempt.missing());
        }
        KitRun.requireFound(lie);
    }
}
