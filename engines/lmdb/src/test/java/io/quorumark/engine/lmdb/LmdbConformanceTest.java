package io.quorumark.engine.lmdb;

import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.tck.EngineConformanceTest;

class LmdbConformanceTest extends EngineConformanceTest {
    @Override
    protected EngineProvider provider() {
        return new LmdbEngineProvider();
    }
}
