package io.quorumark.engine.rocksdb;

import static io.quorumark.engine.rocksdb.Fixture.KEYSPACES;
import static io.quorumark.engine.rocksdb.Fixture.LOG;
import static io.quorumark.engine.rocksdb.Fixture.STATE;
import static io.quorumark.engine.rocksdb.Fixture.bytes;
import static io.quorumark.engine.rocksdb.Fixture.get;
import static io.quorumark.engine.rocksdb.Fixture.stat;
import static io.quorumark.engine.rocksdb.Fixture.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.engine.BackgroundWork;
import io.quorumark.engine.Cursor;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import io.quorumark.engine.Snapshot;
import io.quorumark.engine.WriteBatch;
import io.quorumark.engine.tck.Await;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.RocksDB;

/** What is RocksDB's own; what all engines share is in the conformance kit. */
class RocksDbEngineTest {
    private final RocksDbEngineProvider provider = new RocksDbEngineProvider();

    @TempDir
    private Path folder;

    @Test
    void it_is_found_by_the_service_loader_under_its_id() {
        assertThat(ServiceLoader.load(EngineProvider.class))
                .filteredOn(found -> found.id().equals("rocksdb"))
                .singleElement()
                .isInstanceOf(RocksDbEngineProvider.class);
    }

    @Test
    void the_version_in_its_facts_is_the_one_of_the_library_that_loads() {
        RocksDB.loadLibrary();
        assertThat(provider.facts().libraryVersion()).isEqualTo("rocksdbjni " + RocksDB.rocksdbVersion());
    }

    @Test
    void flushes_and_compactions_are_told_with_their_times() {
        try (KVEngine engine = open(Durability.NONE);
                Session session = engine.openSession()) {
            long beforeNanos = System.nanoTime();
            session.put(LOG, bytes("key"), bytes("value"), Durability.NONE);
            engine.sync();
            // RocksDB may return before it has told its listeners
            List<BackgroundWork> flushes = new ArrayList<>();
            Await.until(() -> flushes.addAll(engine.takeBackgroundWork()), "word of the flush");
            long afterNanos = System.nanoTime();
            assertThat(flushes).allSatisfy(work -> {
                assertThat(work.kind()).isEqualTo(BackgroundWork.Kind.FLUSH);
                assertThat(work.startNanos()).isBetween(beforeNanos, afterNanos);
                assertThat(work.endNanos()).isBetween(work.startNanos(), afterNanos);
            });
            assertThat(engine.takeBackgroundWork()).isEmpty();
            engine.compact();
            assertThat(engine.takeBackgroundWork())
                    .extracting(BackgroundWork::kind)
                    .containsOnly(BackgroundWork.Kind.COMPACTION);
        }
    }

    @Test
    void every_commit_at_power_loss_syncs_the_log_and_none_at_process_crash_does() {
        try (KVEngine engine = open(Durability.POWER_LOSS);
                Session session = engine.openSession()) {
            double before = stat(engine, "log.syncs");
            for (int i = 0; i < 10; i++) {
                session.put(LOG, bytes("key" + i), bytes("value"), Durability.PROCESS_CRASH);
            }
            assertThat(stat(engine, "log.syncs")).isEqualTo(before);
            for (int i = 0; i < 10; i++) {
                session.put(LOG, bytes("key" + i), bytes("value"), Durability.POWER_LOSS);
            }
            assertThat(stat(engine, "log.syncs")).isEqualTo(before + 10);
            session.delete(LOG, bytes("key0"), Durability.POWER_LOSS);
            assertThat(stat(engine, "log.syncs")).isEqualTo(before + 11);
            try (WriteBatch batch = session.newBatch()) {
                batch.put(LOG, bytes("a"), bytes("1"));
                batch.put(STATE, bytes("b"), bytes("2"));
                session.commit(batch, Durability.POWER_LOSS);
            }
            assertThat(stat(engine, "log.syncs")).isEqualTo(before + 12);
        }
    }

    @Test
    void a_sync_after_commits_at_process_crash_syncs_the_log_once() {
        try (KVEngine engine = open(Durability.PROCESS_CRASH);
                Session session = engine.openSession()) {
            session.put(LOG, bytes("key"), bytes("value"), Durability.PROCESS_CRASH);
            double before = stat(engine, "log.syncs");
            engine.sync();
            assertThat(stat(engine, "log.syncs")).isEqualTo(before + 1);
        }
    }

    @Test
    void an_engine_opened_at_none_writes_no_log_and_syncs_by_flushing_all_keyspaces() {
        try (KVEngine engine = open(Durability.NONE);
                Session session = engine.openSession()) {
            session.put(LOG, bytes("key"), bytes("value"), Durability.NONE);
            session.put(STATE, bytes("key"), bytes("value"), Durability.NONE);
            assertThat(stat(engine, "log.written.bytes")).isZero();
            assertThat(stat(engine, "data.file.bytes")).isZero();
            engine.sync();
            assertThat(stat(engine, "data.file.bytes")).isPositive();
            assertThat(engine.effectiveOptions()).containsEntry("atomic_flush", "true");
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void commits_survive_a_clean_close_at_every_level(Durability durability) {
        try (KVEngine engine = open(durability);
                Session session = engine.openSession()) {
            session.put(STATE, bytes("key"), bytes("value"), durability);
        }
        try (KVEngine engine = open(durability);
                Session session = engine.openSession()) {
            assertThat(get(session, STATE, "key")).isEqualTo("value");
        }
    }

    @Test
    void a_commit_without_a_log_is_refused_between_commits_with_one() {
        try (KVEngine engine = open(Durability.PROCESS_CRASH);
                Session session = engine.openSession()) {
            assertThatThrownBy(() -> session.put(LOG, bytes("key"), bytes("value"), Durability.NONE))
                    .isInstanceOf(EngineException.Unsupported.class)
                    .hasMessageContaining("open it at NONE");
            assertThatThrownBy(() -> session.put(LOG, bytes("key"), bytes("value"), Durability.POWER_LOSS))
                    .isInstanceOf(EngineException.Unsupported.class);
            assertThat(get(session, LOG, "key")).isNull();
        }
    }

    @Test
    void the_default_budget_is_split_as_documented_and_read_back() {
        try (KVEngine engine = open(Durability.POWER_LOSS)) {
            assertThat(engine.effectiveOptions())
                    .containsEntry("block_cache_capacity", Long.toString(64L << 20))
                    .containsEntry("write_buffer_size", Long.toString(16L << 20))
                    .containsEntry("cache_index_and_filter_blocks", "true")
                    .containsEntry("compression", "kNoCompression")
                    .containsEntry("max_background_jobs", "2")
                    .containsEntry("rocksdb_version", RocksDB.rocksdbVersion().toString())
                    .containsEntry("max_write_buffer_size_to_maintain", "1")
                    .containsEntry("atomic_flush", "false");
        }
    }

    @Test
    void tuned_options_are_read_back_from_the_engine() {
        EngineConfig config = config(Durability.POWER_LOSS)
                .withOptions(Map.of(
                        "compression", "lz4",
                        "write_buffer_bytes", "1048576",
                        "block_bytes", "16384",
                        "bloom_bits", "12"));
        try (KVEngine engine = provider.open(config)) {
            assertThat(engine.effectiveOptions())
                    .containsEntry("compression", "kLZ4Compression")
                    .containsEntry("write_buffer_size", "1048576")
                    .containsEntry("block_size", "16384")
                    .hasEntrySatisfying(
                            "filter_policy", value -> assertThat(value).contains("12"));
        }
    }

    @Test
    void write_buffers_and_cache_together_stay_within_the_budget() {
        EngineConfig config =
                config(Durability.PROCESS_CRASH).withMemoryBudgetBytes(EngineConfig.MIN_MEMORY_BUDGET_BYTES);
        try (KVEngine engine = provider.open(config);
                Session session = engine.openSession()) {
            ByteBuffer value = ByteBuffer.allocateDirect(4 << 10);
            for (int i = 0; i < 8_000; i++) {
                session.put(i % 2 == 0 ? LOG : STATE, bytes("key" + i), value, Durability.PROCESS_CRASH);
            }
            ByteBuffer target = ByteBuffer.allocateDirect(4 << 10);
            for (int i = 0; i < 8_000; i++) {
                session.get(i % 2 == 0 ? LOG : STATE, bytes("key" + i), target.clear());
            }
            assertThat(stat(engine, "flush.written.bytes")).isPositive();
            // The memtables are charged to the cache, so its use is the whole use; one memtable may be in the making
            // beside it.
            double mostBytes = config.memoryBudgetBytes() + config.memoryBudgetBytes() / 4.0;
            Await.until(
                    () -> stat(engine, "cache.bytes") <= mostBytes,
                    "a cache within the budget, once what is full is flushed");
            assertThat(stat(engine, "cache.bytes")).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lz4", "snappy", "zstd"})
    void each_compression_makes_values_smaller_on_the_device_and_gives_them_back(String compression) throws Exception {
        ByteBuffer value =
                ByteBuffer.wrap("a value that says the same again. ".repeat(30).getBytes(UTF_8));
        long plainBytes = tableBytes("none", value);
        assertThat(tableBytes(compression, value)).isLessThan(plainBytes / 3);
    }

    private long tableBytes(String compression, ByteBuffer value) throws Exception {
        Fixture data = new Fixture(folder.resolve(compression));
        try (KVEngine engine = data.open(Map.of("compression", compression));
                Session session = engine.openSession()) {
            Fixture.fill(session, 0, 2_000, value);
            engine.compact();
            ByteBuffer target = ByteBuffer.allocate(value.capacity());
            assertThat(session.get(LOG, bytes("key1999"), target)).isEqualTo(value.capacity());
            assertThat(target.flip()).isEqualTo(value);
        }
        return Files.size(Fixture.largestTable(data.directory()));
    }

    @Test
    void figures_that_other_engines_know_too_have_the_common_names() {
        try (KVEngine engine = open(Durability.POWER_LOSS);
                Session session = engine.openSession()) {
            for (int round = 0; round < 3; round++) {
                session.put(LOG, bytes("key" + round), ByteBuffer.allocate(100_000), Durability.POWER_LOSS);
                engine.compact();
            }
            session.put(LOG, bytes("in the log"), ByteBuffer.allocate(100_000), Durability.POWER_LOSS);
            assertThat(stat(engine, "data.keys")).isEqualTo(4);
            assertThat(stat(engine, "data.live.bytes")).isGreaterThan(300_000);
            assertThat(stat(engine, "data.file.bytes")).isGreaterThan(300_000);
            assertThat(stat(engine, "log.file.bytes")).isGreaterThan(100_000);
            assertThat(stat(engine, "log.syncs")).isGreaterThanOrEqualTo(4);
            assertThat(stat(engine, "tree.levels")).isEqualTo(1);
            assertThat(stat(engine, "compaction.count")).isGreaterThanOrEqualTo(2);
            assertThat(stat(engine, "compaction.nanos")).isPositive();
            assertThat(stat(engine, "compaction.read.bytes")).isPositive();
            assertThat(stat(engine, "compaction.written.bytes")).isPositive();
            assertThat(stat(engine, "compaction.pending.bytes")).isZero();
            assertThat(stat(engine, "stall.count")).isZero();
            assertThat(stat(engine, "stall.nanos")).isZero();
            assertThat(stat(engine, "memory.bytes")).isGreaterThanOrEqualTo(stat(engine, "cache.bytes"));
            assertThat(session.get(LOG, bytes("key0"), ByteBuffer.allocate(0))).isEqualTo(100_000);
            assertThat(stat(engine, "cache.hits") + stat(engine, "cache.misses"))
                    .isPositive();
        }
    }

    @Test
    void a_second_opening_is_refused_even_through_a_symbolic_link() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("data"));
        try (KVEngine engine = open(Durability.POWER_LOSS)) {
            assertThat(engine.keyspaces()).isEqualTo(KEYSPACES);
            assertThatThrownBy(() -> open(Durability.POWER_LOSS)).isInstanceOf(EngineException.Locked.class);
            assertThatThrownBy(() -> provider.open(EngineConfig.of(link, KEYSPACES, Durability.POWER_LOSS)))
                    .isInstanceOf(EngineException.Locked.class);
        }
        open(Durability.POWER_LOSS).close();
    }

    @Test
    void a_folder_with_other_things_or_other_keyspaces_in_it_is_refused() throws Exception {
        Path foreign = Files.createDirectory(folder.resolve("foreign"));
        Files.writeString(foreign.resolve("data.mdb"), "not RocksDB's");
        assertThatThrownBy(() -> provider.open(EngineConfig.of(foreign, KEYSPACES, Durability.NONE)))
                .isInstanceOf(EngineException.Corruption.class)
                .hasMessageContaining("data.mdb");
        open(Durability.POWER_LOSS).close();
        assertThatThrownBy(() ->
                        provider.open(EngineConfig.of(folder.resolve("data"), Keyspace.listOf("log"), Durability.NONE)))
                .isInstanceOf(EngineException.Corruption.class)
                .hasMessageContaining("state");
    }

    @Test
    void a_damaged_database_is_reported_as_corruption() throws Exception {
        open(Durability.POWER_LOSS).close();
        Files.writeString(folder.resolve("data").resolve("CURRENT"), "damaged");
        assertThatThrownBy(() -> open(Durability.POWER_LOSS)).isInstanceOf(EngineException.Corruption.class);
    }

    @Test
    void an_absent_parent_folder_is_an_io_error() {
        EngineConfig config = EngineConfig.of(folder.resolve("absent/data"), KEYSPACES, Durability.NONE);
        assertThatThrownBy(() -> provider.open(config)).isInstanceOf(EngineException.Io.class);
    }

    @Test
    void a_keyspace_may_have_the_name_of_the_column_family_that_always_exists() {
        List<Keyspace> keyspaces = Keyspace.listOf("default", "other");
        EngineConfig config = EngineConfig.of(folder.resolve("data"), keyspaces, Durability.POWER_LOSS);
        try (KVEngine engine = provider.open(config);
                Session session = engine.openSession()) {
            session.put(keyspaces.get(0), bytes("key"), bytes("value"), Durability.POWER_LOSS);
            assertThat(get(session, keyspaces.get(0), "key")).isEqualTo("value");
            assertThat(get(session, keyspaces.get(1), "key")).isNull();
        }
    }

    @Test
    void closing_in_the_wrong_order_is_refused_and_leaves_everything_usable() {
        KVEngine engine = open(Durability.POWER_LOSS);
        Session session = engine.openSession();
        session.put(LOG, bytes("key"), bytes("value"), Durability.POWER_LOSS);
        Snapshot snapshot = session.openSnapshot();
        Cursor cursor = snapshot.openCursor(LOG);
        WriteBatch batch = session.newBatch();

        assertThatThrownBy(engine::close).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(session::close).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(snapshot::close).isInstanceOf(IllegalStateException.class);
        assertThat(cursor.first()).isTrue();
        assertThat(text(cursor.key())).isEqualTo("key");

        cursor.close();
        snapshot.close();
        batch.close();
        session.close();
        engine.close();
        engine.close();

        assertThatThrownBy(cursor::next).isInstanceOf(EngineException.Closed.class);
        assertThatThrownBy(cursor::key).isInstanceOf(EngineException.Closed.class);
        assertThatThrownBy(() -> get(snapshot, LOG, "key")).isInstanceOf(EngineException.Closed.class);
        assertThatThrownBy(() -> batch.put(LOG, bytes("a"), bytes("b"))).isInstanceOf(EngineException.Closed.class);
        assertThatThrownBy(() -> get(session, LOG, "key")).isInstanceOf(EngineException.Closed.class);
        assertThatThrownBy(engine::openSession).isInstanceOf(EngineException.Closed.class);
        assertThatThrownBy(engine::sync).isInstanceOf(EngineException.Closed.class);
        assertThatThrownBy(engine::stats).isInstanceOf(EngineException.Closed.class);
        assertThatThrownBy(engine::compact).isInstanceOf(EngineException.Closed.class);
        assertThatThrownBy(engine::effectiveOptions).isInstanceOf(EngineException.Closed.class);
        assertThatThrownBy(() -> engine.checkpoint(folder.resolve("copy"))).isInstanceOf(EngineException.Closed.class);
    }

    @Test
    void a_batch_of_another_engine_is_refused() {
        EngineConfig other = EngineConfig.of(folder.resolve("other"), KEYSPACES, Durability.POWER_LOSS);
        try (KVEngine engine = open(Durability.POWER_LOSS);
                KVEngine otherEngine = provider.open(other);
                Session session = engine.openSession();
                Session otherSession = otherEngine.openSession();
                WriteBatch batch = otherSession.newBatch()) {
            batch.put(LOG, bytes("key"), bytes("value"));
            assertThatThrownBy(() -> session.commit(batch, Durability.POWER_LOSS))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void compaction_gives_back_the_space_of_a_deleted_range() {
        try (KVEngine engine = open(Durability.PROCESS_CRASH);
                Session session = engine.openSession();
                WriteBatch batch = session.newBatch()) {
            ByteBuffer value = ByteBuffer.allocateDirect(1 << 10);
            for (int i = 0; i < 4_000; i++) {
                batch.put(LOG, bytes("key" + i), value);
            }
            session.commit(batch, Durability.PROCESS_CRASH);
            engine.compact();
            double before = stat(engine, "data.file.bytes");
            batch.clear();
            batch.deleteRange(LOG, bytes("key"), bytes("l"));
            session.commit(batch, Durability.PROCESS_CRASH);
            engine.compact();
            assertThat(before).isGreaterThan(4_000_000);
            assertThat(stat(engine, "data.file.bytes")).isLessThan(before / 10);
        }
    }

    private KVEngine open(Durability durability) {
        return provider.open(config(durability));
    }

    private EngineConfig config(Durability durability) {
        return EngineConfig.of(folder.resolve("data"), KEYSPACES, durability);
    }
}
