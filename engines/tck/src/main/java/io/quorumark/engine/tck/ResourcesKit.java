package io.quorumark.engine.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Reader;
import io.quorumark.engine.Session;
import io.quorumark.engine.Snapshot;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is left behind. */
abstract class ResourcesKit extends Kit {
    @Test
    void nothing_piles_up_over_openings() throws Exception {
        openAndClose(30);
    }

    @Test
    @Tag("long")
    void nothing_piles_up_over_a_thousand_openings() throws Exception {
        openAndClose(1000);
    }

    @Test
    void data_is_on_the_java_heap_where_the_engine_says_so_and_nowhere_else() {
        // Four times the budget: what is no more than a cache cannot be taken for the data.
        EngineConfig config = config(weakest()).withMemoryBudgetBytes(EngineConfig.MIN_MEMORY_BUDGET_BYTES);
        int valueBytes = 256 << 10;
        long dataBytes = 4 * EngineConfig.MIN_MEMORY_BUDGET_BYTES;
        ByteBuffer value = ByteBuffer.allocateDirect(valueBytes);
        try (KVEngine engine = provider().open(config);
                Session session = engine.openSession()) {
            long before = heapAfterCollection();
            for (int i = 0; i < dataBytes / valueBytes; i++) {
                session.put(ONE, Bytes.of("k" + i), value, weakest());
            }
            long grown = heapAfterCollection() - before;
            if (provider().capabilities().dataOnHeap()) {
                assertThat(grown).as("growth of the heap").isGreaterThan(dataBytes / 4 * 3);
            } else {
                assertThat(grown).as("growth of the heap").isLessThan(dataBytes / 2);
            }
        }
    }

    private static long heapAfterCollection() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    private void openAndClose(int times) throws Exception {
        Path descriptors = Path.of("/proc/self/fd");
        assumeTrue(Files.isDirectory(descriptors), "this system does not show open files");
        // The first openings load classes, native libraries and code.
        cycle(10);
        long descriptorsBefore = count(descriptors);
        long temporaryBefore = temporaryFiles();
        long residentBefore = residentBytes();
        long threadsBefore = Thread.getAllStackTraces().size();
        cycle(times);
        assertThat(count(descriptors)).as("open files").isLessThan(descriptorsBefore + 10);
        // One an opening would be a leak; the folder is shared, and other programs come and go in it.
        assertThat(temporaryFiles()).as("temporary files").isLessThan(temporaryBefore + 10 + times / 2);
        assertThat(Thread.getAllStackTraces().size()).as("threads").isLessThan((int) threadsBefore + 10);
        // Half a megabyte an opening would be a leak of any of the larger native objects: caches, maps, buffers.
        assertThat(residentBytes())
                .as("resident memory")
                .isLessThan(residentBefore + (64L << 20) + times * (512L << 10));
        assertThat(folder.toFile().list())
                .as("what is beside the engine's folder")
                .containsExactly("engine");
    }

    private void cycle(int times) {
        for (int i = 0; i < times; i++) {
            try (KVEngine engine = open();
                    Session session = engine.openSession();
                    Snapshot snapshot = session.openSnapshot();
                    Cursor cursor = snapshot.openCursor(ONE)) {
                boolean unused = cursor.first();
                session.put(ONE, Bytes.of("k" + i), Bytes.of("v"), weakest());
                assertThat(session.get(ONE, Bytes.of("k" + i), ByteBuffer.allocate(1)))
                        .as("length that get of one/'k%s' returns after its put", i)
                        .isNotEqualTo(Reader.NOT_FOUND);
            }
        }
    }

    private static long residentBytes() throws Exception {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
            }
        }
        throw new AssertionError("/proc/self/status has no VmRSS");
    }

    private static long count(Path descriptors) throws Exception {
        try (var open = Files.list(descriptors)) {
            return open.count();
        }
    }

    /** Without the folders of tests, which may run beside this one in other JVMs. */
    private static long temporaryFiles() throws Exception {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> !file.getFileName().toString().startsWith("junit"))
                    .count();
        }
    }
}
