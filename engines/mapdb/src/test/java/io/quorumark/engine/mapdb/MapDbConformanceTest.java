package io.quorumark.engine.mapdb;

import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.tck.EngineConformanceTest;

class MapDbConformanceTest extends EngineConformanceTest {
    @Override
    protected EngineProvider provider() {
        return new MapDbEngineProvider();
    }
}
