package io.quorumark.engine.xodus;

import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.tck.EngineConformanceTest;

class XodusConformanceTest extends EngineConformanceTest {
    @Override
    protected EngineProvider provider() {
        return new XodusEngineProvider();
    }
}
