package io.quorumark.engine.mvstore;

import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.tck.EngineCrashTest;

class MvStoreCrashTest extends EngineCrashTest {
    @Override
    protected EngineProvider provider() {
        return new MvStoreEngineProvider();
    }
}
