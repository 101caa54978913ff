package io.quorumark.engine.badger;

import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.tck.EngineConformanceTest;

class BadgerConformanceTest extends EngineConformanceTest {
    @Override
    protected EngineProvider provider() {
        return new BadgerEngineProvider();
    }
}
