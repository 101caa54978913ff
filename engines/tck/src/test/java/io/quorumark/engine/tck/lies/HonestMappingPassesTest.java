package io.quorumark.engine.tck.lies;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Beside {@link LiesAreFoundTest}, in a JVM of its own: the longest of these runs. LMDB, which maps its file, passes in every build. */
class HonestMappingPassesTest {
    @Test
    @Tag("long")
    void an_honest_engine_that_maps_its_file_passes() {
        KitRun.requirePass(Lie.MAPPED, ToyKits.Crash.class);
    }
}
