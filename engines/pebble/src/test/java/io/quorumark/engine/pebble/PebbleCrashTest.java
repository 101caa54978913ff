package io.quorumark.engine.pebble;

import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.tck.EngineCrashTest;

class PebbleCrashTest extends EngineCrashTest {
    @Override
    protected EngineProvider provider() {
        return new PebbleEngineProvider();
    }
}
