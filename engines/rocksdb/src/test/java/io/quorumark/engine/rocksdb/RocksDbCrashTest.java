package io.quorumark.engine.rocksdb;

import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.tck.EngineCrashTest;

class RocksDbCrashTest extends EngineCrashTest {
    @Override
    protected EngineProvider provider() {
        return new RocksDbEngineProvider();
    }
}
