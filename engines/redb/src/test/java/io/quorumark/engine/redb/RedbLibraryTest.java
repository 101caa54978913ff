package io.quorumark.engine.redb;

import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.bridge.NativeLibrary;
import io.quorumark.engine.tck.EngineLibraryTest;
import java.util.Map;

class RedbLibraryTest extends EngineLibraryTest {
    @Override
    protected EngineProvider provider() {
        return new RedbEngineProvider();
    }

    @Override
    protected Map<String, String> described() {
        return NativeLibrary.RUST.describe(RedbEngineProvider.ID, folder);
    }

    @Override
    protected String version() {
        return RedbEngineProvider.VERSION;
    }

    @Override
    protected Map<String, String> tuned() {
        return Map.of("quick_repair", "true");
    }

    @Override
    protected Map<String, String> readBack(EngineConfig config) {
        return Map.of(
                "quick_repair",
                "true",
                "two_phase_commit",
                "false",
                "durability",
                "Immediate",
                "cache_size",
                Long.toString(config.memoryBudgetBytes()));
    }

    @Override
    protected Map<String, String> refused() {
        return Map.of("quick_repair", "perhaps");
    }
}
