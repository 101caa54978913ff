package io.quorumark.engine.xodus;

import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.tck.EngineCrashTest;

class XodusCrashTest extends EngineCrashTest {
    @Override
    protected EngineProvider provider() {
        return new XodusEngineProvider();
    }
}
