package io.quorumark.engine.pebble;

import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.tck.EngineConformanceTest;

class PebbleConformanceTest extends EngineConformanceTest {
    @Override
    protected EngineProvider provider() {
        return new PebbleEngineProvider();
    }
}
