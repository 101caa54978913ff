package io.quorumark.engine.tck;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.quorumark.engine.Cursor;
import io.quorumark.engine.Durability;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;

/** Whether gets and steps of a cursor leave something to the collector: for adapters that promise that they do not. */
public final class ReadAllocation {
    private static final int RECORDS = 100;
    private static final int ROUNDS = 100;

    private ReadAllocation() {}

    /**
     * Fails if a get or a step allocates on the heap, however little.
     *
     * @param engine empty; open at {@code level}
     */
    public static void assertNone(KVEngine engine, Keyspace keyspace, Durability level) {
        try (Session session = engine.openSession();
                WriteBatch batch = session.newBatch()) {
            ByteBuffer key = session.allocate(1);
            ByteBuffer value = session.allocate(100);
            for (int i = 0; i < RECORDS; i++) {
                batch.put(keyspace, key.put(0, (byte) i), value);
            }
            session.commit(batch, level);
            try (Cursor cursor = session.openCursor(keyspace)) {
                // Buffers grow to their size.
                long unused = allocatedBytes(session, keyspace, cursor, key, value);
                assertThat(allocatedBytes(session, keyspace, cursor, key, value))
                        .as("bytes for %d gets and as many steps", ROUNDS * RECORDS)
                        .isLessThan(ROUNDS);
            }
        }
    }

    private static long allocatedBytes(
            Session session, Keyspace keyspace, Cursor cursor, ByteBuffer key, ByteBuffer value) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        long found = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < RECORDS; i++) {
                found += session.get(keyspace, key.put(0, (byte) i), value.clear());
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
