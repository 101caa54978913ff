package io.quorumark.engine.mvstore;

import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.tck.EngineConformanceTest;

class MvStoreConformanceTest extends EngineConformanceTest {
    @Override
    protected EngineProvider provider() {
        return new MvStoreEngineProvider();
    }
}
