package io.quorumark.engine.memory;

import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.tck.EngineCrashTest;

class MemoryCrashTest extends EngineCrashTest {
    @Override
    protected EngineProvider provider() {
        return new MemoryEngineProvider();
    }
}
