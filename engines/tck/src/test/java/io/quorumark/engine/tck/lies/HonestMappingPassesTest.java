package io.quorumark.engine.tck.lies;

import org.junit.jupiter.api.Test;

/** Beside {@link LiesAreFoundTest}, in a JVM of its own: the longest of these runs. */
class HonestMappingPassesTest {
    @Test
    void an_honest_engine_that_maps_its_file_passes() {
        KitRun.requirePass(Lie.MAPPED, ToyKits.Crash.class);
    }
}
