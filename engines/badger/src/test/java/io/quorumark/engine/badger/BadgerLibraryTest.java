package io.quorumark.engine.badger;

import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.bridge.NativeLibrary;
import io.quorumark.engine.tck.EngineLibraryTest;
import java.util.Map;

class BadgerLibraryTest extends EngineLibraryTest {
    @Override
    protected EngineProvider provider() {
        return new BadgerEngineProvider();
    }

    @Override
    protected Map<String, String> described() {
        return NativeLibrary.GO.describe(BadgerEngineProvider.ID, folder);
    }

    @Override
    protected String version() {
        return BadgerEngineProvider.VERSION;
    }

    @Override
    protected Map<String, String> tuned() {
        return Map.of(
                "compression", "zstd", "memtable_size", "4194304", "gc_threshold", "0.25", "detect_conflicts", "false");
    }

    @Override
    protected Map<String, String> readBack(EngineConfig config) {
        return Map.of(
                "compression",
                "zstd",
                "memtable_size",
                "4194304",
                "gc_threshold",
                "0.25",
                "detect_conflicts",
                "false",
                "sync_writes",
                "true",
                "max_batch_bytes",
                "629145");
    }

    @Override
    protected Map<String, String> refused() {
        return Map.of(
                "compression",
                "lz4",
                "memtable_size",
                "2097151",
                "table_size",
                "1000",
                "cache_size",
                "1001",
                "index_cache_size",
                "1002",
                "value_threshold",
                "1048577",
                "gc_interval",
                "-1",
                "gc_threshold",
                "1.0",
                "detect_conflicts",
                "perhaps",
                "sync_writes",
                "false");
    }
}
