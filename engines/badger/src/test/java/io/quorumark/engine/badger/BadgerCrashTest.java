package io.quorumark.engine.badger;

import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.tck.EngineCrashTest;

class BadgerCrashTest extends EngineCrashTest {
    @Override
    protected EngineProvider provider() {
        return new BadgerEngineProvider();
    }
}
