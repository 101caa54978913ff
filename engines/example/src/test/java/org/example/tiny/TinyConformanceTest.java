package org.example.tiny;

import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.tck.EngineConformanceTest;

class TinyConformanceTest extends EngineConformanceTest {
    @Override
    protected EngineProvider provider() {
        return new TinyProvider();
    }
}
