package io.quorumark.engine.tck;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineProvider;
import java.nio.file.Path;

/** What a test and its child process must agree on. */
final class ChildEngine {
    private static final long MAX_DATA_BYTES = 1L << 30;

    private ChildEngine() {}

    static EngineConfig config(Path directory, Durability durability) {
        return EngineConfig.of(directory, Kit.KEYSPACES, durability).withMaxDataBytes(MAX_DATA_BYTES);
    }

    static EngineProvider provider(String className) throws ReflectiveOperationException {
        return Class.forName(className)
                .asSubclass(EngineProvider.class)
                .getDeclaredConstructor()
                .newInstance();
    }
}
