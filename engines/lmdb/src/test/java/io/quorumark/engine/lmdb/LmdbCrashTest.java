package io.quorumark.engine.lmdb;

import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.tck.EngineCrashTest;

class LmdbCrashTest extends EngineCrashTest {
    @Override
    protected EngineProvider provider() {
        return new LmdbEngineProvider();
    }
}
