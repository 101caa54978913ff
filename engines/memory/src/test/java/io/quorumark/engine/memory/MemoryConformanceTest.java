package io.quorumark.engine.memory;

import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.tck.EngineConformanceTest;

class MemoryConformanceTest extends EngineConformanceTest {
    @Override
    protected EngineProvider provider() {
        return new MemoryEngineProvider();
    }
}
