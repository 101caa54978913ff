package io.quorumark.engine.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An engine in a native library: its version, its options, and reads without garbage. A subclass says which those are, and tests what else
 * is its own.
 */
public abstract class EngineLibraryTest {
    @TempDir
    protected Path folder;

    protected abstract EngineProvider provider();

    /** What the library says of itself, by name. */
    protected abstract Map<String, String> described();

    /** The version that the provider tells. */
    protected abstract String version();

    /** Options other than the defaults. */
    protected abstract Map<String, String> tuned();

    /** What the engine reads back when it was opened with {@link #tuned}. */
    protected abstract Map<String, String> readBack(EngineConfig config);

    /** Options of which each alone is refused, with a value that nothing else holds. */
    protected abstract Map<String, String> refused();

    protected final void requireTheLibrary() {
        Availability.check(provider());
    }

    protected final EngineConfig config() {
        return EngineConfig.of(folder.resolve("engine"), Keyspace.listOf("one"), Durability.POWER_LOSS);
    }

    @Test
    void the_provider_is_found_and_says_the_version_that_the_library_holds() {
        assertThat(ServiceLoader.load(EngineProvider.class))
                .anySatisfy(found -> assertThat(found).hasSameClassAs(provider()));
        requireTheLibrary();
        assertThat(described()).containsEntry(provider().id() + ".version", version());
        assertThat(provider().facts().libraryVersion()).contains(version());
    }

    @Test
    void options_are_read_back() {
        requireTheLibrary();
        EngineConfig config = config().withOptions(tuned());
        try (KVEngine engine = provider().open(config)) {
            assertThat(engine.effectiveOptions()).containsAllEntriesOf(readBack(config));
        }
    }

    @Test
    void reads_and_steps_allocate_nothing_on_the_heap() {
        requireTheLibrary();
        EngineConfig config = config();
        try (KVEngine engine = provider().open(config)) {
            ReadAllocation.assertNone(engine, config.keyspaces().get(0), config.durability());
        }
    }

    @Test
    void an_option_out_of_range_is_refused_before_anything_is_made() {
        assertThat(refused()).isNotEmpty();
        provider().checkOptions(config().withOptions(tuned()));
        refused().forEach((name, value) -> {
            EngineConfig wrong = config().withOptions(Map.of(name, value));
            for (ThrowingCallable call : List.<ThrowingCallable>of(
                    () -> provider().checkOptions(wrong), () -> provider().open(wrong))) {
                assertThatThrownBy(call)
                        .isInstanceOf(EngineException.InvalidOption.class)
                        .hasMessageContaining(name)
                        .hasMessageContaining(value)
                        .hasMessageNotContaining("\n");
            }
            assertThat(folder.resolve("engine")).doesNotExist();
        });
    }
}
