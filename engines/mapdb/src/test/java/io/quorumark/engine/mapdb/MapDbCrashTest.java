package io.quorumark.engine.mapdb;

import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.tck.EngineCrashTest;

class MapDbCrashTest extends EngineCrashTest {
    @Override
    protected EngineProvider provider() {
        return new MapDbEngineProvider();
    }
}
