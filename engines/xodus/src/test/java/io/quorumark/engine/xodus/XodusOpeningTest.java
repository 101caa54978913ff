package io.quorumark.engine.xodus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XodusOpeningTest {
    private final EngineProvider provider = new XodusEngineProvider();

    @TempDir
    Path folder;

    private EngineConfig config;

    @BeforeEach
    void configure() {
        config = EngineConfig.of(folder.resolve("engine"), Keyspace.listOf("data", "index"), Durability.PROCESS_CRASH);
    }

    @Test
    void the_service_loader_finds_it() {
        assertThat(ServiceLoader.load(EngineProvider.class))
                .extracting(EngineProvider::id)
                .contains("xodus");
    }

    @Test
    void it_refuses_to_run_where_an_interrupt_would_break_its_durability() throws Exception {
        assertThat(ChildProcess.open(config.directory(), List.of()))
                .startsWith("Unsupported")
                .contains(XodusEngineProvider.REQUIRED_FLAG);
        assertThat(ChildProcess.open(config.directory(), provider.requiredJvmFlags()))
                .isEqualTo("opened");
    }

    @Test
    void another_process_stays_out_even_after_a_refused_second_opening_in_this_one() throws Exception {
        try (KVEngine engine = provider.open(config)) {
            assertThat(engine.keyspaces()).isEqualTo(config.keyspaces());
            assertThatThrownBy(() -> provider.open(config)).isInstanceOf(EngineException.Locked.class);
            assertThat(ChildProcess.open(config.directory(), provider.requiredJvmFlags()))
                    .startsWith("Locked");
        }
        assertThat(ChildProcess.open(config.directory(), provider.requiredJvmFlags()))
                .isEqualTo("opened");
    }

    @Test
    void a_level_that_it_cannot_give_is_refused() {
        EngineConfig none = EngineConfig.of(config.directory(), config.keyspaces(), Durability.NONE);
        assertThatThrownBy(() -> provider.open(none))
                .isInstanceOf(EngineException.Unsupported.class)
                .hasMessageContaining("NONE");
    }

    @Test
    void a_folder_with_files_of_others_is_refused_and_left_alone() throws Exception {
        Path foreign =
                Files.writeString(Files.createDirectory(config.directory()).resolve("CURRENT"), "MANIFEST");
        assertThatThrownBy(() -> provider.open(config))
                .isInstanceOf(EngineException.Corruption.class)
                .hasMessageContaining("CURRENT");
        assertThat(config.directory()).isDirectoryContaining(foreign::equals);
    }

    @Test
    void a_log_without_any_commit_in_it_is_refused() throws Exception {
        Files.write(Files.createDirectory(config.directory()).resolve("00000000000.xd"), new byte[4096]);
        assertThatThrownBy(() -> provider.open(config)).isInstanceOf(EngineException.Corruption.class);
    }

    @Test
    void a_refused_opening_leaves_the_folder_free() {
        EngineConfig unknown = config.withOptions(Map.of("exodus.log.fileSiez", "8192"));
        assertThatThrownBy(() -> provider.open(unknown))
                .isInstanceOf(EngineException.InvalidOption.class)
                .hasMessageContaining("exodus.log.fileSiez");
        provider.open(config).close();
    }

    @Test
    void a_cache_larger_than_the_heap_is_refused() {
        EngineConfig large = config.withMaxDataBytes(1L << 50)
                .withMemoryBudgetBytes(Runtime.getRuntime().maxMemory() + 1);
        assertThatThrownBy(() -> provider.open(large))
                .isInstanceOf(EngineException.Unsupported.class)
                .hasMessageContaining("-Xmx");
    }

    @Test
    void options_and_budget_are_read_back_from_the_environment() {
        Map<String, String> tuned = Map.of("exodus.tree.maxPageSize", "256", "exodus.gc.enabled", "false");
        try (KVEngine engine = provider.open(config.withOptions(tuned).withMemoryBudgetBytes(24 << 20))) {
            assertThat(engine.effectiveOptions())
                    .containsAllEntriesOf(tuned)
                    .containsEntry("exodus.memoryUsage", Integer.toString(24 << 20))
                    .containsEntry("exodus.log.cache.shared", "false")
                    .containsEntry("exodus.log.durableWrite", "false");
        }
    }
}
