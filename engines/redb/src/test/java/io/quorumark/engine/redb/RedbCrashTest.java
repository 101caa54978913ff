package io.quorumark.engine.redb;

import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.tck.EngineCrashTest;

class RedbCrashTest extends EngineCrashTest {
    @Override
    protected EngineProvider provider() {
        return new RedbEngineProvider();
    }
}
