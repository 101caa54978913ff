package io.quorumark.engine.lmdb;

import static io.quorumark.engine.lmdb.Fixture.KEYSPACES;
import static io.quorumark.engine.lmdb.Fixture.LOG;
import static io.quorumark.engine.lmdb.Fixture.STATE;
import static io.quorumark.engine.lmdb.Fixture.bytes;
import static io.quorumark.engine.lmdb.Fixture.get;
import static io.quorumark.engine.lmdb.Fixture.stat;
import static io.quorumark.engine.lmdb.Fixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.Health;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Reader;
import io.quorumark.engine.Session;
import io.quorumark.engine.Snapshot;
import io.quorumark.engine.WriteBatch;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lmdbjava.Meta;

/** What is LMDB's own; what all engines share is in the conformance kit. */
class LmdbEngineTest {
    private static final long MIN_BYTES = EngineConfig.MIN_MEMORY_BUDGET_BYTES;

    private final LmdbEngineProvider provider = new LmdbEngineProvider();

    @TempDir
    private Path folder;

    @Test
    void it_is_found_by_the_service_loader_under_its_id() {
        assertThat(ServiceLoader.load(EngineProvider.class))
                .filteredOn(found -> found.id().equals("lmdb"))
                .singleElement()
                .isInstanceOf(LmdbEngineProvider.class);
    }

    @Test
    void the_version_in_its_facts_is_the_one_of_the_library_that_loads() {
        Meta.Version loaded = Meta.version();
        assertThat(provider.facts().libraryVersion())
                .startsWith("lmdbjava ")
                .endsWith("(LMDB " + loaded.major + "." + loaded.minor + "." + loaded.patch + ")");
    }

    @Test
    void there_is_no_level_below_process_crash() {
        assertThatThrownBy(() -> open(Durability.NONE))
                .isInstanceOf(EngineException.Unsupported.class)
                .hasMessageContaining("NONE");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void levels_do_not_mix_in_one_environment() {
        try (KVEngine engine = open(Durability.PROCESS_CRASH);
                Session session = engine.openSession()) {
            assertThatThrownBy(() -> session.put(LOG, bytes("key"), bytes("value"), Durability.POWER_LOSS))
                    .isInstanceOf(EngineException.Unsupported.class)
                    .hasMessageContaining("open it at POWER_LOSS");
            assertThat(get(session, LOG, "key")).isNull();
            assertThat(engine.effectiveOptions()).containsEntry("flags", "MDB_NOSYNC|MDB_NOTLS");
        }
        try (KVEngine engine = open(Durability.POWER_LOSS);
                Session session = engine.openSession()) {
            assertThatThrownBy(() -> session.delete(LOG, bytes("key"), Durability.PROCESS_CRASH))
                    .isInstanceOf(EngineException.Unsupported.class);
            assertThat(engine.effectiveOptions()).containsEntry("flags", "MDB_NOTLS");
        }
    }

    @Test
    void sizes_and_tuned_options_are_read_back_from_the_environment() {
        EngineConfig config = config(Durability.POWER_LOSS)
                .withOptions(Map.of("max_readers", "33", "nordahead", "true", "nomeminit", "true"));
        try (KVEngine engine = provider.open(config)) {
            assertThat(engine.effectiveOptions())
                    .containsEntry("mapsize", Long.toString(EngineConfig.DEFAULT_MAX_DATA_BYTES))
                    .containsEntry("maxreaders", "33")
                    .containsEntry("maxkeysize", "511")
                    .containsEntry("flags", "MDB_NOTLS|MDB_NORDAHEAD|MDB_NOMEMINIT");
        }
    }

    @Test
    void a_full_map_is_reported_as_full_and_the_commit_did_not_happen() {
        EngineConfig config = config(Durability.PROCESS_CRASH)
                .withMemoryBudgetBytes(MIN_BYTES)
                .withMaxDataBytes(MIN_BYTES);
        try (KVEngine engine = provider.open(config);
                Session session = engine.openSession();
                WriteBatch batch = session.newBatch()) {
            session.put(LOG, bytes("before"), bytes("value"), Durability.PROCESS_CRASH);
            batch.put(LOG, bytes("first"), bytes("value"));
            batch.put(LOG, bytes("large"), ByteBuffer.allocate((int) MIN_BYTES));
            assertThatThrownBy(() -> session.commit(batch, Durability.PROCESS_CRASH))
                    .isInstanceOf(EngineException.Full.class)
                    .hasMessageContaining("raise maxDataBytes");
            assertThat(get(session, LOG, "first")).isNull();

            session.put(LOG, bytes("after"), bytes("value"), Durability.PROCESS_CRASH);
            assertThat(get(session, LOG, "before")).isEqualTo("value");
            assertThat(get(session, LOG, "after")).isEqualTo("value");
        }
    }

    @Test
    void figures_that_other_engines_know_too_have_the_common_names() {
        try (KVEngine engine = open(Durability.PROCESS_CRASH);
                Session session = engine.openSession()) {
            for (int i = 0; i < 1_000; i++) {
                session.put(
                        i % 2 == 0 ? LOG : STATE, bytes("key" + i), ByteBuffer.allocate(100), Durability.PROCESS_CRASH);
            }
            assertThat(stat(engine, "data.keys")).isEqualTo(1_000);
            assertThat(stat(engine, "data.live.bytes")).isGreaterThan(100_000);
            assertThat(stat(engine, "data.file.bytes"))
                    .isEqualTo(stat(engine, "data.live.bytes") + stat(engine, "data.free.bytes"));
            assertThat(stat(engine, "tree.levels")).isEqualTo(2);
            assertThat(stat(engine, "tree.pages")).isBetween(30.0, 120.0);
        }
    }

    @Test
    void reader_slots_that_are_used_up_are_reported_as_a_stall_and_come_back() {
        EngineConfig config = config(Durability.POWER_LOSS).withOptions(Map.of("max_readers", "2"));
        try (KVEngine engine = provider.open(config);
                Session session = engine.openSession()) {
            try (Snapshot second = session.openSnapshot()) {
                assertThat(get(session, LOG, "key")).isNull();
                assertThat(get(second, LOG, "key")).isNull();
                assertThatThrownBy(session::openSnapshot)
                        .isInstanceOf(EngineException.Stalled.class)
                        .hasMessageContaining("max_readers");
                assertThat(engine.health().status()).isEqualTo(Health.Status.DEGRADED);
                assertThat(engine.health().findings()).anyMatch(finding -> finding.contains("max_readers"));
                session.put(LOG, bytes("written"), bytes("all the same"), Durability.POWER_LOSS);
            }
            session.openSnapshot().close();
            session.openCursor(LOG).close();
        }
    }

    @Test
    void a_session_that_has_read_keeps_no_pages_from_being_reused() {
        try (KVEngine engine = open(Durability.PROCESS_CRASH);
                Session reader = engine.openSession();
                Session writer = engine.openSession()) {
            writer.put(LOG, bytes("key"), bytes("value"), Durability.PROCESS_CRASH);
            assertThat(get(reader, LOG, "key")).isEqualTo("value");
            for (int i = 0; i < 100; i++) {
                writer.put(LOG, bytes("key"), bytes("value" + i), Durability.PROCESS_CRASH);
            }
            assertThat(stat(engine, "data.file.bytes")).isLessThan(50 * 4096);
            assertThat(get(reader, LOG, "key")).isEqualTo("value99");
        }
    }

    @Test
    void a_second_opening_in_this_process_is_refused_even_through_a_symbolic_link() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("data"));
        try (KVEngine engine = open(Durability.POWER_LOSS)) {
            assertThat(engine.keyspaces()).isEqualTo(KEYSPACES);
            assertThatThrownBy(() -> open(Durability.POWER_LOSS))
                    .isInstanceOf(EngineException.Locked.class)
                    .hasMessageContaining("this process");
            assertThatThrownBy(() -> provider.open(EngineConfig.of(link, KEYSPACES, Durability.POWER_LOSS)))
                    .isInstanceOf(EngineException.Locked.class);
        }
        open(Durability.POWER_LOSS).close();
    }

    @Test
    void another_process_is_refused_even_after_a_refused_second_opening_here() throws Exception {
        try (KVEngine engine = open(Durability.POWER_LOSS)) {
            assertThat(engine.keyspaces()).isEqualTo(KEYSPACES);
            assertThatThrownBy(() -> open(Durability.POWER_LOSS)).isInstanceOf(EngineException.Locked.class);
            assertThat(OpenInAnotherProcess.andSay(folder.resolve("data"), provider.requiredJvmFlags()))
                    .startsWith("Locked")
                    .contains("another process");
        }
        assertThat(OpenInAnotherProcess.andSay(folder.resolve("data"), provider.requiredJvmFlags()))
                .isEqualTo("opened");
    }

    @Test
    void without_the_jvm_flags_that_it_requires_it_says_so_before_it_touches_anything() throws Exception {
        assertThat(OpenInAnotherProcess.andSay(folder.resolve("data"), List.of()))
                .startsWith("Unsupported")
                .contains("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void a_folder_with_other_things_or_other_keyspaces_in_it_is_refused_and_given_back() throws Exception {
        Path foreign = Files.createDirectory(folder.resolve("foreign"));
        Files.writeString(foreign.resolve("CURRENT"), "not LMDB's");
        assertThatThrownBy(() -> provider.open(EngineConfig.of(foreign, KEYSPACES, Durability.POWER_LOSS)))
                .isInstanceOf(EngineException.Corruption.class)
                .hasMessageContaining("CURRENT");
        open(Durability.POWER_LOSS).close();
        EngineConfig fewer = EngineConfig.of(folder.resolve("data"), Keyspace.listOf("log"), Durability.POWER_LOSS);
        assertThatThrownBy(() -> provider.open(fewer))
                .isInstanceOf(EngineException.Corruption.class)
                .hasMessageContaining("'state'");
        open(Durability.POWER_LOSS).close();
    }

    @Test
    void a_damaged_data_file_is_reported_as_corruption() throws Exception {
        open(Durability.POWER_LOSS).close();
        Files.write(folder.resolve("data").resolve("data.mdb"), new byte[64 << 10]);
        assertThatThrownBy(() -> open(Durability.POWER_LOSS)).isInstanceOf(EngineException.Corruption.class);
    }

    @Test
    void an_absent_parent_folder_is_an_io_error() {
        EngineConfig config = EngineConfig.of(folder.resolve("absent/data"), KEYSPACES, Durability.POWER_LOSS);
        assertThatThrownBy(() -> provider.open(config)).isInstanceOf(EngineException.Io.class);
    }

    @Test
    void seeks_and_range_deletes_take_keys_that_lmdb_itself_refuses() {
        byte[] longest = new byte[511];
        byte[] tooLong = new byte[600];
        try (KVEngine engine = open(Durability.POWER_LOSS);
                Session session = engine.openSession();
                WriteBatch batch = session.newBatch()) {
            batch.put(LOG, ByteBuffer.wrap(longest), bytes("longest"));
            batch.put(LOG, bytes("a"), bytes("a"));
            session.commit(batch, Durability.POWER_LOSS);
            assertThat(session.get(LOG, ByteBuffer.wrap(tooLong), ByteBuffer.allocate(8)))
                    .isEqualTo(Reader.NOT_FOUND);
            assertThat(session.get(LOG, ByteBuffer.allocate(0), ByteBuffer.allocate(8)))
                    .isEqualTo(Reader.NOT_FOUND);
            try (Cursor cursor = session.openCursor(LOG)) {
                assertThat(cursor.seekCeiling(ByteBuffer.allocate(0))).isTrue();
                assertThat(text(cursor.value())).isEqualTo("longest");
                assertThat(cursor.seekFloor(ByteBuffer.allocate(0))).isFalse();
                assertThat(cursor.seekCeiling(ByteBuffer.wrap(tooLong))).isTrue();
                assertThat(text(cursor.value())).isEqualTo("a");
                assertThat(cursor.seekFloor(ByteBuffer.wrap(tooLong))).isTrue();
                assertThat(text(cursor.value())).isEqualTo("longest");
            }
            batch.clear();
            batch.deleteRange(LOG, ByteBuffer.wrap(tooLong), bytes("b"));
            session.commit(batch, Durability.POWER_LOSS);
            assertThat(get(session, LOG, "a")).isNull();
            assertThat(session.get(LOG, ByteBuffer.wrap(longest), ByteBuffer.allocate(8)))
                    .isEqualTo(7);
            batch.clear();
            batch.deleteRange(LOG, ByteBuffer.allocate(0), ByteBuffer.wrap(tooLong));
            session.commit(batch, Durability.POWER_LOSS);
            try (Cursor cursor = session.openCursor(LOG)) {
                assertThat(cursor.first()).isFalse();
            }
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
        assertThatThrownBy(() -> cursor.seekFloor(ByteBuffer.allocate(0))).isInstanceOf(EngineException.Closed.class);
        assertThatThrownBy(() -> get(snapshot, LOG, "key")).isInstanceOf(EngineException.Closed.class);
        assertThatThrownBy(() -> batch.put(LOG, bytes("a"), bytes("b"))).isInstanceOf(EngineException.Closed.class);
        assertThatThrownBy(() -> get(session, LOG, "key")).isInstanceOf(EngineException.Closed.class);
        assertThatThrownBy(engine::openSession).isInstanceOf(EngineException.Closed.class);
        assertThatThrownBy(engine::sync).isInstanceOf(EngineException.Closed.class);
        assertThatThrownBy(engine::stats).isInstanceOf(EngineException.Closed.class);
        assertThatThrownBy(engine::effectiveOptions).isInstanceOf(EngineException.Closed.class);
        assertThatThrownBy(() -> engine.checkpoint(folder.resolve("copy"))).isInstanceOf(EngineException.Closed.class);
    }

    @Test
    void a_checkpoint_leaves_nothing_beside_its_target_and_is_compact() throws Exception {
        try (KVEngine engine = open(Durability.PROCESS_CRASH);
                Session session = engine.openSession();
                WriteBatch batch = session.newBatch()) {
            for (int i = 0; i < 1_000; i++) {
                batch.put(LOG, bytes("key" + i), ByteBuffer.allocate(1 << 10));
            }
            session.commit(batch, Durability.PROCESS_CRASH);
            batch.clear();
            batch.deleteRange(LOG, bytes("key"), bytes("l"));
            batch.put(STATE, bytes("key"), bytes("value"));
            session.commit(batch, Durability.PROCESS_CRASH);

            assertThat(engine.checkpoint(folder.resolve("copy")).bytes()).isLessThan(64 << 10);
            assertThat(stat(engine, "data.file.bytes")).isGreaterThan(1 << 20);
            assertThat(stat(engine, "data.free.bytes")).isGreaterThan(1 << 20);
            assertThatThrownBy(() -> engine.checkpoint(folder.resolve("copy"))).isInstanceOf(EngineException.Io.class);
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactlyInAnyOrder(folder.resolve("data"), folder.resolve("copy"));
        }
        EngineConfig copy = EngineConfig.of(folder.resolve("copy"), KEYSPACES, Durability.POWER_LOSS);
        try (KVEngine engine = provider.open(copy);
                Session session = engine.openSession()) {
            assertThat(get(session, STATE, "key")).isEqualTo("value");
            assertThat(get(session, LOG, "key1")).isNull();
        }
    }

    private KVEngine open(Durability durability) {
        return provider.open(config(durability));
    }

    private EngineConfig config(Durability durability) {
        return EngineConfig.of(folder.resolve("data"), KEYSPACES, durability);
    }
}
