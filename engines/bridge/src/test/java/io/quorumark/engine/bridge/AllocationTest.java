package io.quorumark.engine.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.quorumark.engine.Cursor;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data path across the bridge leaves nothing to the collector. */
class AllocationTest {
    private static final List<Keyspace> KEYSPACES = Keyspace.listOf("one");
    private static final Keyspace ONE = KEYSPACES.get(0);
    private static final int RECORDS = 100;
    private static final int ROUNDS = 100;

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
        try (KVEngine engine = provider.open(config);
                Session session = engine.openSession();
                WriteBatch batch = session.newBatch()) {
            ByteBuffer key = session.allocate(1);
            ByteBuffer value = session.allocate(100);
            for (int i = 0; i < RECORDS; i++) {
                batch.put(ONE, key.put(0, (byte) i), value);
            }
            session.commit(batch, Durability.PROCESS_CRASH);
            try (Cursor cursor = session.openCursor(ONE)) {
                long unused = allocatedBy(session, cursor, key, value);
                assertThat(allocatedBy(session, cursor, key, value))
                        .as("bytes for %d gets and as many steps", ROUNDS * RECORDS)
                        .isLessThan(ROUNDS);
            }
        }
    }

    private static long allocatedBy(Session session, Cursor cursor, ByteBuffer key, ByteBuffer value) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        long found = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < RECORDS; i++) {
                found += session.get(ONE, key.put(0, (byte) i), value.clear());
            }
            for (boolean more = cursor.first(); more; more = cursor.next()) {
                found += cursor.key().remaining() + cursor.value().remaining();
            }
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(found).isEqualTo((long) ROUNDS * RECORDS * (100 + 1 + 100));
        return allocated;
    }
}
