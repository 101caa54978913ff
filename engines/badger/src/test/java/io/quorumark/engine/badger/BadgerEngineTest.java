package io.quorumark.engine.badger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorumark.engine.BackgroundWork;
import io.quorumark.engine.Cursor;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.EngineStats;
import io.quorumark.engine.Health;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Reader;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import io.quorumark.engine.durability.SmallDevice;
import io.quorumark.engine.support.BatchRoom;
import io.quorumark.engine.support.Folders;
import io.quorumark.engine.tck.Await;
import io.quorumark.engine.tck.Expect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Badger's own options do, and what is known of its failures. */
class BadgerEngineTest {
    private static final Keyspace ONE = Keyspace.listOf("one").get(0);
    private static final int KIBIBYTE = 1 << 10;
    private static final int MEBIBYTE = 1 << 20;
    private static final ByteBuffer SMALLEST_KEY = bytes("");
    private static final ByteBuffer BEHIND_ALL_KEYS = bytes("z");

    private final BadgerEngineProvider provider = new BadgerEngineProvider();

    @TempDir
    Path folder;

    @BeforeEach
    void requireTheLibrary() {
        assumeTrue(
                provider.unavailable().isEmpty() || Boolean.getBoolean("quorumark.native.required"),
                () -> provider.id() + ": " + provider.unavailable().orElse(""));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private EngineConfig config(Map<String, String> options) {
        return EngineConfig.of(folder.resolve("engine"), Keyspace.listOf("one"), Durability.PROCESS_CRASH)
                .withOptions(options);
    }

    private KVEngine open(String... options) {
        Map<String, String> named = new HashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            named.put(options[i], options[i + 1]);
        }
        return provider.open(config(named));
    }

    private static void fill(KVEngine engine, int records, int valueBytes) {
        try (Session session = engine.openSession()) {
            for (int i = 0; i < records; i++) {
                session.put(ONE, bytes("key" + i), compressible(valueBytes), Durability.PROCESS_CRASH);
            }
        }
    }

    private static ByteBuffer compressible(int length) {
        return bytes("again and ".repeat(length / 10 + 1).substring(0, length));
    }

    private static double figure(KVEngine engine, String name) {
        return engine.stats().entries().stream()
                .filter(entry -> entry.name().equals(name))
                .mapToDouble(EngineStats.Entry::value)
                .sum();
    }

    private static double tables(KVEngine engine) {
        return engine.stats().entries().stream()
                .filter(entry -> entry.name().matches("level\\d+\\.tables"))
                .mapToDouble(EngineStats.Entry::value)
                .sum();
    }

    @Test
    void values_from_the_threshold_on_go_to_the_value_log() {
        try (KVEngine engine = open("value_threshold", "1000")) {
            fill(engine, 500, 999);
            assertThat(figure(engine, "value.log.bytes")).isLessThan(100 * KIBIBYTE);
            fill(engine, 500, 1000);
            assertThat(figure(engine, "value.log.bytes")).isGreaterThan(500 * 1000);
        }
    }

    @Test
    void a_smaller_memtable_is_flushed_sooner() {
        try (KVEngine engine = open("memtable_size", "33554432")) {
            fill(engine, 4 * KIBIBYTE, KIBIBYTE);
            assertThat(tables(engine))
                    .as("tables after 4 MiB, memtables of 32 MiB")
                    .isZero();
        }
        deleteTheFolder();
        try (KVEngine engine = open("memtable_size", "2097152")) {
            fill(engine, 4 * KIBIBYTE, KIBIBYTE);
            Await.until(() -> tables(engine) > 0, "a table after 4 MiB, memtables of 2 MiB");
        }
    }

    @Test
    void smaller_tables_are_more_of_them() {
        double small = tablesAfterCompaction("1048576");
        deleteTheFolder();
        assertThat(small).isGreaterThan(tablesAfterCompaction("16777216"));
    }

    private double tablesAfterCompaction(String tableBytes) {
        try (KVEngine engine = open("table_size", tableBytes, "memtable_size", "2097152")) {
            fill(engine, 20 * KIBIBYTE, KIBIBYTE);
            engine.compact();
            return tables(engine);
        }
    }

    @Test
    void compressed_tables_are_smaller() {
        double plain = bytesOnDevice("none");
        deleteTheFolder();
        assertThat(bytesOnDevice("zstd")).isLessThan(plain / 4);
        deleteTheFolder();
        assertThat(bytesOnDevice("snappy")).isLessThan(plain / 4);
    }

    private double bytesOnDevice(String compression) {
        try (KVEngine engine = open("compression", compression)) {
            fill(engine, 2 * KIBIBYTE, KIBIBYTE);
        }
        try (KVEngine engine = open("compression", compression)) {
            return figure(engine, "data.file.bytes");
        }
    }

    @Test
    void the_cache_keeps_no_more_blocks_than_its_size() {
        try (KVEngine engine = open()) {
            fill(engine, 6 * KIBIBYTE, KIBIBYTE);
        }
        // what was read is taken in a moment later
        assertCachedAfterReading("1048576", 1, 1.1 * MEBIBYTE);
        assertCachedAfterReading("16777216", 2 * MEBIBYTE, 16 * MEBIBYTE);
    }

    private void assertCachedAfterReading(String cacheBytes, double leastBytes, double mostBytes) {
        try (KVEngine engine = open("cache_size", cacheBytes);
                Session session = engine.openSession()) {
            ByteBuffer value = ByteBuffer.allocate(KIBIBYTE);
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < 6 * KIBIBYTE; i++) {
                    assertThat(session.get(ONE, bytes("key" + i), value.clear()))
                            .isEqualTo(KIBIBYTE);
                }
            }
            Await.until(() -> figure(engine, "cache.bytes") >= leastBytes, "a cache of " + leastBytes + " bytes");
            assertThat(figure(engine, "cache.bytes")).isLessThanOrEqualTo(mostBytes);
        }
    }

    @Test
    void commits_are_synced_at_process_crash_if_asked_for() {
        try (KVEngine engine = open()) {
            fill(engine, 20, 10);
            assertThat(figure(engine, "log.syncs")).isZero();
        }
        try (KVEngine engine = open("sync_writes", "true")) {
            fill(engine, 20, 10);
            assertThat(figure(engine, "log.syncs")).isGreaterThanOrEqualTo(40);
        }
    }

    @Test
    void without_conflict_detection_a_transaction_is_refused() {
        try (KVEngine engine = open("detect_conflicts", "false");
                Session session = engine.openSession()) {
            assertThatThrownBy(session::openTransaction)
                    .isInstanceOf(EngineException.Unsupported.class)
                    .hasMessageContaining("detect_conflicts");
        }
    }

    /** A file of the value log for each opening, with three stale values of a megabyte and one that is not. */
    private void leaveStaleValues() {
        for (int round = 0; round < 10; round++) {
            try (KVEngine engine = open("value_threshold", "1000", "gc_interval", "0");
                    Session session = engine.openSession()) {
                fill(engine, 3, MEBIBYTE);
                session.put(ONE, bytes("only" + round), compressible(MEBIBYTE), Durability.PROCESS_CRASH);
            }
        }
    }

    @Test
    void a_compaction_collects_the_files_of_which_the_threshold_is_stale() {
        leaveStaleValues();
        try (KVEngine engine = open("gc_interval", "0", "gc_threshold", "0.9")) {
            engine.compact();
            assertThat(figure(engine, "value.log.collections")).isZero();
        }
        try (KVEngine engine = open("gc_interval", "0", "gc_threshold", "0.5")) {
            double before = figure(engine, "value.log.bytes");
            engine.compact();
            assertThat(figure(engine, "value.log.collections")).isPositive();
            assertThat(figure(engine, "value.log.bytes")).isLessThan(before - 10 * MEBIBYTE);
            try (Session session = engine.openSession()) {
                for (int i = 0; i < 3; i++) {
                    assertThat(session.get(ONE, bytes("key" + i), ByteBuffer.allocate(MEBIBYTE)))
                            .isEqualTo(MEBIBYTE);
                }
            }
        }
    }

    @Test
    void the_value_log_is_collected_at_every_interval() {
        leaveStaleValues();
        try (KVEngine engine = open("gc_interval", "0", "gc_threshold", "0.9")) {
            engine.compact();
        }
        try (KVEngine engine = open("gc_interval", "1")) {
            Await.until(() -> figure(engine, "value.log.collections") > 0, "a collection of the value log");
            Await.until(
                    () -> engine.takeBackgroundWork().stream()
                            .anyMatch(work -> work.kind() == BackgroundWork.Kind.COMPACTION),
                    "word of the collection");
            Expect.nothingWrong(engine);
        }
    }

    /** Badger itself would answer with an empty value. */
    @Test
    void a_damaged_value_of_the_value_log_is_said() throws Exception {
        try (KVEngine engine = open("value_threshold", "1000")) {
            fill(engine, 20, 10_000);
        }
        damageInTheMiddle(".vlog");
        try (KVEngine engine = open("value_threshold", "1000");
                Session session = engine.openSession()) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 20; i++) {
                            int unused = session.get(ONE, bytes("key" + i), ByteBuffer.allocate(10_000));
                        }
                    })
                    .isInstanceOf(EngineException.Corruption.class)
                    .hasMessageContaining("value log");
            assertThatThrownBy(engine::verify).isInstanceOf(EngineException.Corruption.class);
        }
    }

    /** The loss that stands in its facts. */
    @Test
    void a_damaged_block_reads_as_missing_keys_and_verifying_finds_it() throws Exception {
        try (KVEngine engine = open()) {
            fill(engine, 1000, 1000);
        }
        damageInTheMiddle(".sst");
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            int missing = 0;
            for (int i = 0; i < 1000; i++) {
                missing += session.get(ONE, bytes("key" + i), ByteBuffer.allocate(1000)) == Reader.NOT_FOUND ? 1 : 0;
            }
            assertThat(missing).as("keys that are missing without an error").isBetween(1, 100);
            assertThatThrownBy(engine::verify).isInstanceOf(EngineException.Corruption.class);
            assertThatThrownBy(() -> engine.checkpoint(folder.resolve("copy")))
                    .isInstanceOf(EngineException.Corruption.class);
            assertThat(folder.resolve("copy")).doesNotExist();
        }
    }

    private void damageInTheMiddle(String ending) throws Exception {
        try (Stream<Path> files = Files.list(folder.resolve("engine"))) {
            Path file = files.filter(found -> found.toString().endsWith(ending))
                    .max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
                    .orElseThrow();
            byte[] content = Files.readAllBytes(file);
            Random random = new Random(1);
            for (int i = 0; i < 100; i++) {
                content[content.length / 2 + random.nextInt(100)] ^= 1;
            }
            Files.write(file, content);
        }
    }

    @Test
    void a_range_of_more_keys_than_a_batch_holds_is_refused_whole_and_deleted_in_pieces() {
        int records = 5000;
        try (KVEngine engine = open("memtable_size", "2097152");
                Session session = engine.openSession();
                WriteBatch batch = session.newBatch()) {
            fill(engine, records, 10);
            batch.deleteRange(ONE, SMALLEST_KEY, BEHIND_ALL_KEYS);
            assertThatThrownBy(() -> session.commit(batch, Durability.PROCESS_CRASH))
                    .isInstanceOf(EngineException.LimitExceeded.class)
                    .hasMessageContaining("memtable_size");
            assertThat(count(session)).isEqualTo(records);
            BatchRoom room = new BatchRoom(engine);
            ByteBuffer from = SMALLEST_KEY;
            int pieces = 0;
            while (!from.equals(BEHIND_ALL_KEYS)) {
                ByteBuffer end = room.endOfDeletion(session, ONE, from, BEHIND_ALL_KEYS);
                batch.clear();
                batch.deleteRange(ONE, from, end);
                session.commit(batch, Durability.PROCESS_CRASH);
                from = end;
                pieces++;
            }
            assertThat(pieces).isGreaterThan(2);
            assertThat(count(session)).isZero();
        }
    }

    private static int count(Session session) {
        int found = 0;
        try (Cursor cursor = session.openCursor(ONE)) {
            for (boolean on = cursor.first(); on; on = cursor.next()) {
                found++;
            }
        }
        return found;
    }

    /** If it were not refused, Badger would end this process. */
    @Test
    void a_device_that_fills_up_refuses_commits_while_badger_has_room_for_what_it_does_in_the_background()
            throws Exception {
        Optional<SmallDevice> mounted = SmallDevice.mountAt(folder.resolve("device"), 128);
        assumeTrue(mounted.isPresent(), SmallDevice.NEEDS);
        try (SmallDevice device = mounted.orElseThrow()) {
            EngineConfig config = config(Map.of())
                    .withDirectory(device.path().resolve("engine"))
                    .withMemoryBudgetBytes(EngineConfig.MIN_MEMORY_BUDGET_BYTES);
            int written = 0;
            try (KVEngine engine = provider.open(config);
                    Session session = engine.openSession()) {
                ByteBuffer value = ByteBuffer.allocate(100 * KIBIBYTE);
                new Random(1).nextBytes(value.array());
                int refused = 0;
                // what it does in the background may make room between a refusal and the question
                while (refused == 0 || engine.health().status() != Health.Status.DEGRADED) {
                    try {
                        session.put(ONE, bytes("key" + written), value, Durability.PROCESS_CRASH);
                        written++;
                    } catch (EngineException.Full e) {
                        assertThat(e).hasMessageContaining("bytes free").hasMessageNotContaining("\n");
                        refused++;
                    }
                }
            }
            assertThat(written).isPositive();
            Path ballast = device.fillBut(MEBIBYTE);
            assertThatThrownBy(() -> provider.open(config)).isInstanceOf(EngineException.Full.class);
            Files.delete(ballast);
            Path roomy = folder.resolve("roomy");
            copy(config.directory(), roomy);
            try (KVEngine engine = provider.open(config.withDirectory(roomy));
                    Session session = engine.openSession()) {
                assertThat(count(session)).isEqualTo(written);
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private void deleteTheFolder() {
        try {
            Folders.delete(folder.resolve("engine"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
