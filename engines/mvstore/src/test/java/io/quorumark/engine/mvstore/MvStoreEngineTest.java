package io.quorumark.engine.mvstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import io.quorumark.engine.Snapshot;
import io.quorumark.engine.WriteBatch;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is MVStore's own: interrupts, pinned versions, options, syncs, damage. */
class MvStoreEngineTest {
    private static final List<Keyspace> KEYSPACES = Keyspace.listOf("one", "two");
    private static final Keyspace ONE = KEYSPACES.get(0);
    private static final int KEYS = 500;

    @TempDir
    private Path folder;

    private EngineConfig config(Durability durability) {
        return EngineConfig.of(folder.resolve("data"), KEYSPACES, durability)
                .withMemoryBudgetBytes(EngineConfig.MIN_MEMORY_BUDGET_BYTES);
    }

    private static KVEngine open(EngineConfig config) {
        return new MvStoreEngineProvider().open(config);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void an_interrupted_thread_reads_and_writes_and_nobody_else_notices(Durability durability) {
        try (KVEngine engine = open(config(durability));
                Session session = engine.openSession()) {
            for (int i = 0; i < 50; i++) {
                Thread.currentThread().interrupt();
                session.put(ONE, bytes("k" + i), bytes("v" + i), durability);
                assertThat(get(session, "k" + i)).isEqualTo("v" + i);
                engine.sync();
                assertThat(Thread.interrupted()).as("still interrupted").isTrue();
            }
            session.put(ONE, bytes("after"), bytes("all"), durability);
        } finally {
            boolean unused = Thread.interrupted();
        }
        try (KVEngine engine = open(config(durability));
                Session session = engine.openSession()) {
            assertThat(get(session, "k49")).isEqualTo("v49");
            assertThat(get(session, "after")).isEqualTo("all");
        }
    }

    @Test
    void a_snapshot_and_a_cursor_keep_their_version_through_compactions() {
        Durability level = Durability.PROCESS_CRASH;
        try (KVEngine engine = open(config(level));
                Session session = engine.openSession()) {
            fill(session, level, "first");
            try (Snapshot snapshot = session.openSnapshot();
                    Cursor cursor = session.openCursor(ONE)) {
                for (int round = 0; round < 20; round++) {
                    fill(session, level, "round " + round);
                    engine.compact();
                }
                int seen = 0;
                for (boolean on = cursor.first(); on; on = cursor.next()) {
                    assertThat(text(cursor.value())).startsWith("first");
                    seen++;
                }
                assertThat(seen).isEqualTo(KEYS);
                assertThat(get(snapshot, "k7")).startsWith("first");
            }
            assertThat(get(session, "k7")).startsWith("round 19");
        }
    }

    @Test
    void compaction_gives_space_back_to_later_commits() {
        Durability level = Durability.PROCESS_CRASH;
        try (KVEngine engine = open(config(level));
                Session session = engine.openSession()) {
            for (int round = 0; round < 30; round++) {
                fill(session, level, "round " + round);
            }
            double before = stat(engine, "data.file.bytes");
            engine.compact();
            for (int round = 0; round < 30; round++) {
                fill(session, level, "again " + round);
            }
            assertThat(stat(engine, "data.file.bytes")).isLessThan(3 * before);
        }
    }

    @Test
    void rounds_of_housekeeping_that_rewrite_are_told() {
        Durability level = Durability.PROCESS_CRASH;
        // what was saved may be rewritten a second later, the least that the engine allows
        EngineConfig config = config(level).withOptions(Map.of("retention_time", "1000"));
        try (KVEngine engine = open(config);
                Session session = engine.openSession()) {
            long beganNanos = System.nanoTime();
            List<BackgroundWork> told = List.of();
            for (int round = 0; told.isEmpty(); round++) {
                assertThat(System.nanoTime() - beganNanos)
                        .as("waiting for a round that rewrites, ns")
                        .isLessThan(60_000_000_000L);
                fill(session, level, "round " + round);
                told = engine.takeBackgroundWork();
            }
            assertThat(told).extracting(BackgroundWork::kind).containsOnly(BackgroundWork.Kind.COMPACTION);
        }
    }

    @Test
    void syncs_are_counted_where_the_file_is_forced() {
        try (KVEngine engine = open(config(Durability.POWER_LOSS));
                Session session = engine.openSession()) {
            double before = stat(engine, "log.syncs");
            for (int i = 0; i < 10; i++) {
                session.put(ONE, bytes("k" + i), bytes("v"), Durability.POWER_LOSS);
            }
            assertThat(stat(engine, "log.syncs") - before).isGreaterThanOrEqualTo(10);
        }
        try (KVEngine engine = open(config(Durability.NONE));
                Session session = engine.openSession()) {
            double written = stat(engine, "log.written.bytes");
            session.put(ONE, bytes("k"), bytes("v"), Durability.NONE);
            assertThat(stat(engine, "log.written.bytes")).isEqualTo(written);
        }
    }

    @Test
    void the_budget_and_the_options_are_read_back() {
        EngineConfig config = config(Durability.PROCESS_CRASH)
                .withMemoryBudgetBytes(64 << 20)
                .withOptions(Map.of("keys_per_page", "20", "page_split_size", "8192", "retention_time", "60000"));
        try (KVEngine engine = open(config)) {
            assertThat(engine.effectiveOptions())
                    .containsEntry("cache_size", Integer.toString(48 << 20))
                    .containsEntry("unsaved_bytes", Integer.toString(16 << 20))
                    .containsEntry("keys_per_page", "20")
                    .containsEntry("page_split_size", "8192")
                    .containsEntry("retention_time", "60000")
                    .containsEntry("auto_compact_fill_rate", "90");
        }
    }

    @ParameterizedTest
    @CsvSource({"retention_time, 0", "compress, lz4", "keys_per_page, many", "cache_size, 1"})
    void options_that_lose_data_or_mean_nothing_are_refused(String name, String value) {
        EngineConfig config = config(Durability.PROCESS_CRASH).withOptions(Map.of(name, value));
        assertThatThrownBy(() -> open(config))
                .isInstanceOf(EngineException.InvalidOption.class)
                .hasMessageContaining(name);
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"none", "lzf", "deflate"})
    void compressed_pages_come_back_and_take_less(String compress) {
        Durability level = Durability.PROCESS_CRASH;
        EngineConfig config = config(level).withOptions(Map.of("compress", compress));
        try (KVEngine engine = open(config);
                Session session = engine.openSession()) {
            double before = stat(engine, "log.written.bytes");
            fill(session, level, "x".repeat(1000));
            double written = stat(engine, "log.written.bytes") - before;
            if (compress.equals("none")) {
                assertThat(written).isGreaterThan(KEYS * 1000.0);
            } else {
                assertThat(written).isLessThan(KEYS * 500.0);
            }
        }
        try (KVEngine engine = open(config);
                Session session = engine.openSession()) {
            assertThat(get(session, "k3")).startsWith("x".repeat(1000));
        }
    }

    @Test
    void damage_is_a_typed_error_or_reads_as_what_was_written_never_as_something_else() throws Exception {
        Path data = folder.resolve("data");
        try (KVEngine engine = open(config(Durability.POWER_LOSS));
                Session session = engine.openSession()) {
            fill(session, Durability.POWER_LOSS, "value");
        }
        byte[] whole = Files.readAllBytes(data.resolve(MvStoreFolder.STORE));
        for (int seed = 0; seed < 40; seed++) {
            Files.write(data.resolve(MvStoreFolder.STORE), whole);
            int cut = new Random(seed).nextInt(whole.length);
            try (RandomAccessFile file =
                    new RandomAccessFile(data.resolve(MvStoreFolder.STORE).toFile(), "rw")) {
                if (seed % 2 == 0) {
                    file.setLength(cut);
                } else {
                    file.seek(cut);
                    file.write(new byte[Math.min(4096, whole.length - cut)]);
                }
            }
            try (KVEngine engine = open(config(Durability.POWER_LOSS));
                    Session session = engine.openSession()) {
                engine.verify();
                int ignored = session.get(ONE, bytes("k1"), ByteBuffer.allocate(100));
            } catch (EngineException typed) {
                assertThat(typed).hasMessageContaining("mvstore at");
            }
        }
    }

    @Test
    void a_store_that_lost_its_file_says_so_in_its_health() throws Exception {
        Durability level = Durability.PROCESS_CRASH;
        EngineConfig config = config(level);
        MvStoreEngine engine = MvStoreEngine.open(config);
        try (Session session = engine.openSession()) {
            session.put(ONE, bytes("k"), bytes("v"), level);
            engine.store().file().close();
            assertThatThrownBy(() -> session.put(ONE, bytes("k"), bytes("w"), level))
                    .isInstanceOf(EngineException.class);
            assertThatThrownBy(() -> session.put(ONE, bytes("k"), bytes("w"), level))
                    .isInstanceOf(EngineException.Io.class)
                    .hasMessageContaining("open it again");
            assertThat(engine.health().status()).isEqualTo(io.quorumark.engine.Health.Status.FAILED);
        }
        engine.close();
        try (KVEngine again = open(config);
                Session session = again.openSession()) {
            assertThat(get(session, "k")).isEqualTo("v");
        }
    }

    @Test
    void a_commit_that_ends_in_an_error_half_way_is_never_seen_and_the_next_one_is_refused() {
        EngineConfig config = config(Durability.PROCESS_CRASH);
        try (KVEngine engine = open(config);
                Session session = engine.openSession()) {
            assertThatThrownBy(() ->
                            ((MvStoreEngine) engine).store().commit(new FirstOfTwoChanges(), Durability.PROCESS_CRASH))
                    .isInstanceOf(EngineException.Io.class)
                    .hasMessageContaining("open it again");
            assertThatThrownBy(() -> session.put(ONE, bytes("after"), bytes("1"), Durability.PROCESS_CRASH))
                    .isInstanceOf(EngineException.Io.class);
            assertThat(session.get(ONE, bytes("first"), ByteBuffer.allocate(1))).isEqualTo(Reader.NOT_FOUND);
            assertThat(engine.health().status()).isEqualTo(Health.Status.FAILED);
        }
        try (KVEngine engine = open(config);
                Session session = engine.openSession()) {
            assertThat(session.get(ONE, bytes("first"), ByteBuffer.allocate(1))).isEqualTo(Reader.NOT_FOUND);
            session.put(ONE, bytes("after"), bytes("1"), Durability.PROCESS_CRASH);
        }
    }

    /** Memory ends before the second one. */
    private static final class FirstOfTwoChanges extends AbstractList<Change> {
        @Override
        public Change get(int index) {
            if (index > 0) {
                throw new OutOfMemoryError("thrown by a test");
            }
            return new Change.Put(0, "first".getBytes(UTF_8), "1".getBytes(UTF_8));
        }

        @Override
        public int size() {
            return 2;
        }
    }

    private static void fill(Session session, Durability level, String value) {
        try (WriteBatch batch = session.newBatch()) {
            for (int i = 0; i < KEYS; i++) {
                batch.put(ONE, bytes("k" + i), bytes(value + " " + i));
            }
            session.commit(batch, level);
        }
    }

    private static double stat(KVEngine engine, String name) {
        return engine.stats().entries().stream()
                .filter(entry -> entry.name().equals(name))
                .mapToDouble(EngineStats.Entry::value)
                .findFirst()
                .orElseThrow();
    }

    private static String get(Reader reader, String key) {
        ByteBuffer target = ByteBuffer.allocate(2000);
        assertThat(reader.get(ONE, bytes(key), target)).as(key).isNotNegative();
        return text(target.flip());
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    private static String text(ByteBuffer buffer) {
        return UTF_8.decode(buffer.duplicate()).toString();
    }
}
