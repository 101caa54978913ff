package io.quorumark.engine.bbolt;

import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.tck.EngineCrashTest;

class BboltCrashTest extends EngineCrashTest {
    @Override
    protected EngineProvider provider() {
        return new BboltEngineProvider();
    }
}
