package io.quorumark.engine.bbolt;

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

/** What is bbolt's own: its version, its options. */
class BboltLibraryTest {
    @TempDir
    Path folder;

    private final EngineProvider provider = new BboltEngineProvider();

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
        assertThat(ServiceLoader.load(EngineProvider.class)).hasAtLeastOneElementOfType(BboltEngineProvider.class);
        requireTheLibrary();
        assertThat(NativeLibrary.GO.describe(provider.id(), folder))
                .containsEntry("bbolt.version", BboltEngineProvider.VERSION);
    }

    @Test
    void options_are_read_back() {
        requireTheLibrary();
        EngineConfig config = config().withOptions(Map.of("freelist_type", "array", "no_freelist_sync", "true"));
        try (KVEngine engine = provider.open(config)) {
            assertThat(engine.effectiveOptions())
                    .containsEntry("freelist_type", "array")
                    .containsEntry("no_freelist_sync", "true")
                    .containsEntry("no_sync", "false")
                    .containsEntry("max_size", Long.toString(config.maxDataBytes()));
        }
    }

    @Test
    void an_option_out_of_range_is_refused_before_anything_is_made() {
        assertThatThrownBy(() -> provider.open(config().withOptions(Map.of("freelist_type", "tree"))))
                .isInstanceOf(EngineException.InvalidOption.class)
                .hasMessageContaining("freelist_type")
                .hasMessageContaining("tree");
        assertThat(folder.resolve("engine")).doesNotExist();
    }
}
