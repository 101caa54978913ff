package io.quorumark.engine.pebble;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.Health;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Session;
import io.quorumark.engine.bridge.NativeLibrary;
import io.quorumark.engine.support.Folders;
import io.quorumark.engine.tck.EngineLibraryTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is pebble's own: its version, its options, its end. */
class PebbleLibraryTest extends EngineLibraryTest {
    @Override
    protected EngineProvider provider() {
        return new PebbleEngineProvider();
    }

    @Override
    protected Map<String, String> described() {
        return NativeLibrary.GO.describe(PebbleEngineProvider.ID, folder);
    }

    @Override
    protected String version() {
        return PebbleEngineProvider.VERSION;
    }

    @Override
    protected Map<String, String> tuned() {
        return Map.of("compression", "zstd", "memtable_size", "2097152");
    }

    @Override
    protected Map<String, String> readBack(EngineConfig config) {
        return Map.of(
                "Options.mem_table_size",
                "2097152",
                "Options.cache_size",
                Long.toString(config.memoryBudgetBytes() - 2 * 2_097_152),
                "Level0.compression",
                "ZSTD");
    }

    @Override
    protected Map<String, String> refused() {
        return Map.of("compression", "lz4", "bloom_bits", "65", "memtable_size", "1000", "cache_size", "-1");
    }

    /** Pebble would end the process at its next log, and leave those who wait for a commit where they are. */
    @Test
    void where_pebble_cannot_go_on_every_writer_is_refused_and_the_engine_says_that_it_failed() throws Exception {
        requireTheLibrary();
        EngineConfig config = config().withMemoryBudgetBytes(EngineConfig.MIN_MEMORY_BUDGET_BYTES);
        ExecutorService threads = Executors.newCachedThreadPool();
        try (KVEngine engine = provider().open(config)) {
            Folders.delete(config.directory());
            List<Callable<String>> writers = new ArrayList<>();
            for (Durability level : Durability.values()) {
                writers.add(() -> refusalOf(engine, level, "a" + level));
                writers.add(() -> refusalOf(engine, level, "b" + level));
            }
            for (Future<String> writer : threads.invokeAll(writers, 60, TimeUnit.SECONDS)) {
                assertThat(writer.isCancelled()).as("still waits for a commit").isFalse();
                assertThat(writer.get()).contains("pebble");
            }
            assertThat(engine.health().status()).isEqualTo(Health.Status.FAILED);
        } finally {
            threads.shutdownNow();
        }
    }

    private String refusalOf(KVEngine engine, Durability level, String key) {
        ByteBuffer value = ByteBuffer.allocate(64 << 10);
        try (Session session = engine.openSession()) {
            for (int i = 0; i < 1000; i++) {
                session.put(
                        engine.keyspaces().get(0),
                        ByteBuffer.wrap((key + i).getBytes(StandardCharsets.UTF_8)),
                        value,
                        level);
            }
            return "1000 commits were taken";
        } catch (EngineException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
