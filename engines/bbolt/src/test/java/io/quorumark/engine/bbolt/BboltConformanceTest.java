package io.quorumark.engine.bbolt;

import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.tck.EngineConformanceTest;

class BboltConformanceTest extends EngineConformanceTest {
    @Override
    protected EngineProvider provider() {
        return new BboltEngineProvider();
    }
}
