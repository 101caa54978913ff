package io.quorumark.engine.rocksdb;

import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.tck.EngineConformanceTest;

class RocksDbConformanceTest extends EngineConformanceTest {
    @Override
    protected EngineProvider provider() {
        return new RocksDbEngineProvider();
    }
}
