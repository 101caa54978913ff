package io.quorumark.engine.bbolt;

import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.bridge.NativeLibrary;
import io.quorumark.engine.tck.EngineLibraryTest;
import java.util.Map;

class BboltLibraryTest extends EngineLibraryTest {
    @Override
    protected EngineProvider provider() {
        return new BboltEngineProvider();
    }

    @Override
    protected Map<String, String> described() {
        return NativeLibrary.GO.describe(BboltEngineProvider.ID, folder);
    }

    @Override
    protected String version() {
        return BboltEngineProvider.VERSION;
    }

    @Override
    protected Map<String, String> tuned() {
        return Map.of("freelist_type", "array", "no_freelist_sync", "false");
    }

    @Override
    protected Map<String, String> readBack(EngineConfig config) {
        return Map.of(
                "freelist_type",
                "array",
                "no_freelist_sync",
                "false",
                "no_sync",
                "false",
                "max_size",
                Long.toString(config.maxDataBytes()));
    }

    @Override
    protected Map<String, String> refused() {
        return Map.of("freelist_type", "tree", "no_freelist_sync", "true");
    }
}
