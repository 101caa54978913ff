package io.quorumark.engine.tck;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** Levels, and what is there after closing and reopening. What kills and power cuts leave is the business of {@link EngineCrashTest}. */
abstract class DurabilityKit extends Kit {
    @Test
    void everything_is_there_after_sync_close_and_reopening_at_every_level() {
        for (Durability durability : provider().capabilities().durabilities()) {
            EngineConfig config = config(durability).withDirectory(folder.resolve("reopen-" + durability.code()));
            try (KVEngine engine = provider().open(config);
                    Session session = engine.openSession()) {
                for (int i = 0; i < 50; i++) {
                    session.put(ONE, Bytes.of("k" + i), Bytes.of("v" + i), durability);
                }
                session.delete(ONE, Bytes.of("k7"), durability);
                engine.sync();
            }
            try (KVEngine engine = provider().open(config);
                    Session session = engine.openSession()) {
                Expect.records(session, ONE).hasSize(49).contains("k49=v49").doesNotContain("k7=v7");
            }
        }
    }

    @Test
    void levels_that_are_not_claimed_are_refused() {
        for (Durability durability : Durability.values()) {
            if (!provider().capabilities().durabilities().contains(durability)) {
                assertThatThrownBy(
                                () -> provider().open(config(durability)),
                                "opening at %s, which is not claimed",
                                durability)
                        .isInstanceOf(EngineException.Unsupported.class);
            }
        }
        Durability strongest = Collections.max(provider().capabilities().durabilities());
        for (Durability opened : provider().capabilities().durabilities()) {
            EngineConfig config = config(opened).withDirectory(folder.resolve("level-" + opened.name()));
            try (KVEngine engine = provider().open(config);
                    Session session = engine.openSession();
                    WriteBatch empty = session.newBatch()) {
                session.put(ONE, Bytes.of("k"), Bytes.of("v"), opened);
                if (opened != strongest) {
                    assertThatThrownBy(
                                    () -> session.put(ONE, Bytes.of("k"), Bytes.of("v"), strongest),
                                    "put at %s on an engine opened at %s",
                                    strongest,
                                    opened)
                            .isInstanceOf(EngineException.Unsupported.class);
                    assertThatThrownBy(
                                    () -> session.commit(empty, strongest),
                                    "commit of an empty batch at %s on an engine opened at %s",
                                    strongest,
                                    opened)
                            .isInstanceOf(EngineException.Unsupported.class);
                }
                Durability weakest = weakest();
                if (!provider().capabilities().mixedDurability() && opened != weakest) {
                    assertThatThrownBy(
                                    () -> session.put(ONE, Bytes.of("k"), Bytes.of("v"), weakest),
                                    "put at %s on an engine opened at %s, without mixed durability",
                                    weakest,
                                    opened)
                            .isInstanceOf(EngineException.Unsupported.class);
                }
            }
        }
    }

    /** At NONE an engine may keep nothing that a stronger commit could build on, and refuse to mix that. */
    @Test
    void weaker_commits_are_taken_by_an_engine_that_mixes_levels() {
        assumeTrue(provider().capabilities().mixedDurability(), "it does not claim to");
        for (Durability opened : provider().capabilities().durabilities()) {
            EngineConfig config = config(opened).withDirectory(folder.resolve("mixed-" + opened.name()));
            try (KVEngine engine = provider().open(config);
                    Session session = engine.openSession()) {
                for (Durability level : provider().capabilities().durabilities()) {
                    if (opened.isAtLeast(level) && level.isAtLeast(Durability.PROCESS_CRASH)) {
                        assertThatCode(() -> session.put(ONE, Bytes.of(level.code()), Bytes.of("v"), level))
                                .as("put at %s on an engine opened at %s, with mixed durability", level, opened)
                                .doesNotThrowAnyException();
                    }
                }
            }
        }
    }
}
