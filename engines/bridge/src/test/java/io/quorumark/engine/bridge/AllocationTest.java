package io.quorumark.engine.bridge;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.tck.ReadAllocation;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data path across the bridge leaves nothing to the collector. */
class AllocationTest {
    private static final List<Keyspace> KEYSPACES = Keyspace.listOf("one");

    @TempDir
    Path folder;

    @AfterEach
    void forgetTheFolder() {
        System.clearProperty(LibraryFile.DIRECTORY_PROPERTY);
    }

    @Test
    void reads_and_steps_allocate_nothing() throws Exception {
        CLibrary.compile(Path.of("src/test/c/sample.c"), folder.resolve("allocation.so"));
        System.setProperty(LibraryFile.DIRECTORY_PROPERTY, folder.toString());
        NativeProvider provider = CLibrary.provider(NativeLibrary.of("allocation.so", ""), "sample");
        EngineConfig config = EngineConfig.of(folder.resolve("engine"), KEYSPACES, Durability.PROCESS_CRASH);
        try (KVEngine engine = provider.open(config)) {
            ReadAllocation.assertNone(engine, KEYSPACES.get(0), config.durability());
        }
    }
}
