package io.quorumark.engine.redb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.bridge.NativeLibrary;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is redb's own: its version, its options. */
class RedbLibraryTest {
    @TempDir
    Path folder;

    private final EngineProvider provider = new RedbEngineProvider();

    private void requireTheLibrary() {
        assumeTrue(
                provider.unavailable().isEmpty() || Boolean.getBoolean("quorumark.native.required"),
                () -> provider.id() + ": " + provider.unavailable().orElse(""));
    }

    private EngineConfig config() {
        return EngineConfig.of(folder.resolve("engine"), Keyspace.listOf("one"), Durability.POWER_LOSS);
    }

    @Test
    void the_provider_is_found_and_says_the_version_that_the_library_holds() {
        assertThat(ServiceLoader.load(EngineProvider.class)).hasAtLeastOneElementOfType(RedbEngineProvider.class);
        requireTheLibrary();
        assertThat(NativeLibrary.RUST.describe(provider.id(), folder))
                .containsEntry("redb.version", RedbEngineProvider.VERSION);
    }

    @Test
    void options_are_read_back() {
        requireTheLibrary();
        EngineConfig config = config().withOptions(Map.of("quick_repair", "true"));
        try (KVEngine engine = provider.open(config)) {
            assertThat(engine.effectiveOptions())
                    .containsEntry("quick_repair", "true")
                    .containsEntry("two_phase_commit", "false")
                    .containsEntry("durability", "Immediate")
                    .containsEntry("cache_size", Long.toString(config.memoryBudgetBytes()));
        }
    }

    @Test
    void an_option_out_of_range_is_refused_before_anything_is_made() {
        assertThatThrownBy(() -> provider.open(config().withOptions(Map.of("quick_repair", "perhaps"))))
                .isInstanceOf(EngineException.InvalidOption.class)
                .hasMessageContaining("quick_repair")
                .hasMessageContaining("perhaps");
        assertThat(folder.resolve("engine")).doesNotExist();
    }
}
