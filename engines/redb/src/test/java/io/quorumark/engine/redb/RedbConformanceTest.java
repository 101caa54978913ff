package io.quorumark.engine.redb;

import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.tck.EngineConformanceTest;

class RedbConformanceTest extends EngineConformanceTest {
    @Override
    protected EngineProvider provider() {
        return new RedbEngineProvider();
    }
}
