package io.quorumark.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import io.quorumark.engine.tck.ReadAllocation;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the engine leaves to a collector. */
class CollectorTest {
    private static final List<Keyspace> KEYSPACES = Keyspace.listOf("kv");
    private static final Keyspace KV = KEYSPACES.get(0);
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+(\\d+)");

    @TempDir
    Path parent;

    private KVEngine open() {
        return new MemoryEngineProvider()
                .open(EngineConfig.of(parent.resolve("engine"), KEYSPACES, Durability.PROCESS_CRASH));
    }

    @Test
    void a_hundred_thousand_records_are_some_hundred_objects() throws Exception {
        try (KVEngine engine = open();
                Session session = engine.openSession();
                WriteBatch batch = session.newBatch()) {
            write(session, batch, 0, 1_000);
            long before = objects();
            write(session, batch, 1_000, 101_000);
            assertThat(objects() - before).as("objects for 100,000 records").isLessThan(1_000);
        }
    }

    private static void write(Session session, WriteBatch batch, int from, int to) {
        ByteBuffer key = ByteBuffer.allocate(Long.BYTES);
        ByteBuffer value = ByteBuffer.allocate(100);
        for (int i = from; i < to; i++) {
            batch.put(KV, key.putLong(0, i * 0x9E3779B97F4A7C15L), value);
            if (batch.operationCount() == 100) {
                session.commit(batch, Durability.NONE);
                batch.clear();
            }
        }
    }

    /** In use on this JVM's heap. */
    private static long objects() throws Exception {
        Object histogram = ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        Matcher total = TOTAL.matcher(histogram.toString());
        assertThat(total.find()).as("the histogram has a total: %s", histogram).isTrue();
        return Long.parseLong(total.group(1));
    }

    @Test
    void gets_and_steps_allocate_nothing() {
        try (KVEngine engine = open()) {
            ReadAllocation.assertNone(engine, KV, Durability.PROCESS_CRASH);
        }
    }

    @Test
    void puts_over_what_is_there_allocate_nothing() {
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            int puts = 50_000;
            long unused = allocatedBytes(session, puts);
            assertThat(allocatedBytes(session, puts))
                    .as("bytes for %d puts", puts)
                    .isLessThan(puts);
        }
    }

    private static long allocatedBytes(Session session, int puts) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ByteBuffer key = ByteBuffer.allocate(Long.BYTES);
        ByteBuffer value = ByteBuffer.allocate(200);
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < puts; i++) {
            session.put(KV, key.putLong(0, i % 2_000), value, Durability.NONE);
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
