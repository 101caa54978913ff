package io.quorumark.engine.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorumark.engine.Ability;
import io.quorumark.engine.Checkpoint;
import io.quorumark.engine.Cursor;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.EngineStats;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Limits;
import io.quorumark.engine.Reader;
import io.quorumark.engine.Session;
import io.quorumark.engine.Snapshot;
import io.quorumark.engine.WriteBatch;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every engine does alike. A subclass names the provider, and nothing else. */
public abstract class EngineConformanceTest {
    private static final List<Keyspace> KEYSPACES = Keyspace.listOf("one", "two");
    private static final Keyspace ONE = KEYSPACES.get(0);
    private static final Keyspace TWO = KEYSPACES.get(1);
    private static final int RANDOM_PROGRAMS = 60;

    @TempDir
    Path folder;

    protected abstract EngineProvider provider();

    private Durability weakest() {
        return Collections.min(provider().capabilities().durabilities());
    }

    private EngineConfig config(Durability durability) {
        return EngineConfig.of(folder.resolve("engine"), KEYSPACES, durability).withMaxDataBytes(1L << 30);
    }

    private KVEngine open() {
        return provider().open(config(weakest()));
    }

    @Test
    void a_value_is_read_back_overwritten_and_deleted() {
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            assertThat(Bytes.get(session, ONE, "k")).isNull();
            session.put(ONE, Bytes.of("k"), Bytes.of("v1"), weakest());
            assertThat(Bytes.get(session, ONE, "k")).isEqualTo("v1");
            assertThat(Bytes.get(session, TWO, "k")).isNull();
            session.put(ONE, Bytes.of("k"), Bytes.of("longer value"), weakest());
            assertThat(Bytes.get(session, ONE, "k")).isEqualTo("longer value");
            session.delete(ONE, Bytes.of("k"), weakest());
            session.delete(ONE, Bytes.of("never there"), weakest());
            assertThat(Bytes.get(session, ONE, "k")).isNull();
        }
    }

    @Test
    void heap_and_direct_buffers_are_taken_and_left_as_they_are() {
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            for (ByteBuffer key : List.of(Bytes.of("..key.."), Bytes.direct("..key.."))) {
                for (ByteBuffer value : List.of(Bytes.of("[value]"), Bytes.direct("[value]"))) {
                    key.position(2).limit(5);
                    value.position(1).limit(6);
                    session.put(ONE, key, value, weakest());
                    assertThat(key.position()).isEqualTo(2);
                    assertThat(key.limit()).isEqualTo(5);
                    assertThat(value.position()).isEqualTo(1);
                    assertThat(value.limit()).isEqualTo(6);
                    for (ByteBuffer target : List.of(ByteBuffer.allocate(16), ByteBuffer.allocateDirect(16))) {
                        target.position(3);
                        assertThat(session.get(ONE, key, target)).isEqualTo(5);
                        assertThat(target.position()).isEqualTo(8);
                        assertThat(Bytes.text(target.flip().position(3))).isEqualTo("value");
                        assertThat(key.position()).isEqualTo(2);
                    }
                }
            }
            assertThat(Bytes.forwards(session, ONE)).containsExactly("key=value");
        }
    }

    @Test
    void a_target_that_is_too_small_is_left_untouched_and_the_length_is_told() {
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            session.put(ONE, Bytes.of("k"), Bytes.of("0123456789"), weakest());
            ByteBuffer target = ByteBuffer.allocate(9);
            assertThat(session.get(ONE, Bytes.of("k"), target)).isEqualTo(10);
            assertThat(target.position()).isZero();
            assertThat(target.array()).containsOnly(0);
        }
    }

    @Test
    void the_portable_sizes_are_taken_and_larger_ones_than_the_limits_refused() {
        Limits limits = provider().capabilities().limits();
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            ByteBuffer longKey = Bytes.repeated(0xfe, Limits.PORTABLE_MAX_KEY_BYTES);
            ByteBuffer longValue = Bytes.repeated(7, Limits.PORTABLE_MAX_VALUE_BYTES);
            session.put(ONE, longKey, longValue, weakest());
            ByteBuffer target = ByteBuffer.allocate(Limits.PORTABLE_MAX_VALUE_BYTES);
            assertThat(session.get(ONE, longKey, target)).isEqualTo(Limits.PORTABLE_MAX_VALUE_BYTES);
            assertThat(target.flip()).isEqualTo(longValue);
            session.put(ONE, Bytes.of("empty"), Bytes.of(""), weakest());
            assertThat(Bytes.get(session, ONE, "empty")).isEmpty();

            if (limits.maxKeyBytes() < 1 << 20) {
                assertThatThrownBy(() ->
                                session.put(ONE, Bytes.repeated(1, limits.maxKeyBytes() + 1), Bytes.of("v"), weakest()))
                        .isInstanceOf(EngineException.LimitExceeded.class);
            }
            if (limits.minKeyBytes() > 0) {
                assertThatThrownBy(() -> session.put(ONE, Bytes.of(""), Bytes.of("v"), weakest()))
                        .isInstanceOf(EngineException.LimitExceeded.class);
            } else {
                session.put(ONE, Bytes.of(""), Bytes.of("nameless"), weakest());
                assertThat(Bytes.get(session, ONE, "")).isEqualTo("nameless");
            }
        }
    }

    @Test
    void keys_are_in_the_order_of_unsigned_bytes() {
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            for (String key : List.of("\u0080", "a", "\u007f", "\u00ff", "\u0001", "aa", "\u00ff\u0001")) {
                session.put(ONE, Bytes.of(key), Bytes.of(""), weakest());
            }
            assertThat(Bytes.forwards(session, ONE))
                    .containsExactly("\u0001=", "a=", "aa=", "\u007f=", "\u0080=", "\u00ff=", "\u00ff\u0001=");
        }
    }

    @Test
    void random_programs_answer_like_sorted_maps() {
        for (int seed = 0; seed < RANDOM_PROGRAMS; seed++) {
            EngineConfig config = config(weakest()).withDirectory(folder.resolve("program-" + seed % 4 + "-" + seed));
            try (KVEngine engine = provider().open(config);
                    Session session = engine.openSession()) {
                new RandomProgram(session, KEYSPACES, weakest(), seed).run();
            }
        }
    }

    @Test
    void a_cursor_on_no_entry_says_so_and_an_absolute_move_revives_it() {
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            session.put(ONE, Bytes.of("b"), Bytes.of("1"), weakest());
            try (Cursor cursor = session.openCursor(ONE)) {
                assertThatThrownBy(cursor::key).isInstanceOf(IllegalStateException.class);
                assertThat(cursor.seekCeiling(Bytes.of("c"))).isFalse();
                assertThatThrownBy(cursor::value).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(cursor::next).isInstanceOf(IllegalStateException.class);
                assertThat(cursor.seekFloor(Bytes.of("c"))).isTrue();
                assertThat(Bytes.text(cursor.key())).isEqualTo("b");
                assertThat(cursor.next()).isFalse();
                assertThatThrownBy(cursor::prev).isInstanceOf(IllegalStateException.class);
                assertThat(cursor.last()).isTrue();
                assertThat(cursor.prev()).isFalse();
            }
        }
    }

    @Test
    void a_batch_shows_whole_or_not_at_all_to_readers_in_other_threads() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        AtomicBoolean stop = new AtomicBoolean();
        try (KVEngine engine = open();
                Session session = engine.openSession();
                WriteBatch batch = session.newBatch()) {
            Future<Integer> torn = threads.submit(() -> {
                int found = 0;
                try (Session reader = engine.openSession()) {
                    while (!stop.get()) {
                        try (Snapshot snapshot = reader.openSnapshot()) {
                            found += Objects.equals(Bytes.get(snapshot, ONE, "k"), Bytes.get(snapshot, TWO, "k"))
                                    ? 0
                                    : 1;
                        }
                    }
                }
                return found;
            });
            for (int i = 0; i < 300; i++) {
                batch.clear();
                batch.put(ONE, Bytes.of("k"), Bytes.of("v" + i));
                batch.put(TWO, Bytes.of("k"), Bytes.of("v" + i));
                session.commit(batch, weakest());
            }
            stop.set(true);
            assertThat(torn.get()).isZero();
        } finally {
            stop.set(true);
            threads.shutdown();
        }
    }

    @Test
    void a_snapshot_stands_still_and_the_session_goes_on() {
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            session.put(ONE, Bytes.of("a"), Bytes.of("1"), weakest());
            session.put(ONE, Bytes.of("b"), Bytes.of("1"), weakest());
            session.put(TWO, Bytes.of("x"), Bytes.of("1"), weakest());
            try (Snapshot snapshot = session.openSnapshot()) {
                session.put(ONE, Bytes.of("a"), Bytes.of("2"), weakest());
                session.delete(ONE, Bytes.of("b"), weakest());
                session.put(ONE, Bytes.of("c"), Bytes.of("2"), weakest());
                session.delete(TWO, Bytes.of("x"), weakest());
                assertThat(Bytes.forwards(snapshot, ONE)).containsExactly("a=1", "b=1");
                assertThat(Bytes.get(snapshot, ONE, "b")).isEqualTo("1");
                assertThat(Bytes.get(snapshot, ONE, "c")).isNull();
                assertThat(Bytes.forwards(snapshot, TWO)).containsExactly("x=1");
                assertThat(Bytes.forwards(session, ONE)).containsExactly("a=2", "c=2");
                try (Snapshot later = session.openSnapshot()) {
                    assertThat(Bytes.forwards(later, ONE)).containsExactly("a=2", "c=2");
                }
            }
        }
    }

    @Test
    void a_write_shows_at_once_to_every_session() {
        try (KVEngine engine = open();
                Session writer = engine.openSession();
                Session reader = engine.openSession()) {
            for (int i = 0; i < 50; i++) {
                writer.put(ONE, Bytes.of("k"), Bytes.of("v" + i), weakest());
                assertThat(Bytes.get(reader, ONE, "k")).isEqualTo("v" + i);
            }
        }
    }

    @Test
    void several_writers_lose_nothing() throws Exception {
        int writers = 4;
        int each = 100;
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try (KVEngine engine = open()) {
            List<Future<?>> done = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                String prefix = "w" + writer + "-";
                done.add(threads.submit(() -> {
                    try (Session session = engine.openSession()) {
                        for (int i = 0; i < each; i++) {
                            session.put(ONE, Bytes.of(prefix + i), Bytes.of("v"), weakest());
                        }
                    }
                }));
            }
            for (Future<?> one : done) {
                one.get();
            }
            try (Session session = engine.openSession()) {
                assertThat(Bytes.forwards(session, ONE)).hasSize(writers * each);
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void everything_is_there_after_sync_close_and_reopening_at_every_level() {
        for (Durability durability : provider().capabilities().durabilities()) {
            EngineConfig config = config(durability).withDirectory(folder.resolve("reopen-" + durability.name()));
            try (KVEngine engine = provider().open(config);
                    Session session = engine.openSession()) {
                for (int i = 0; i < 50; i++) {
                    session.put(ONE, Bytes.of("k" + i), Bytes.of("v" + i), durability);
                }
                session.delete(ONE, Bytes.of("k7"), durability);
                engine.sync();
            }
            try (KVEngine engine = provider().open(config);
                    Session session = engine.openSession()) {
                assertThat(Bytes.forwards(session, ONE))
                        .hasSize(49)
                        .contains("k49=v49")
                        .doesNotContain("k7=v7");
            }
        }
    }

    @Test
    void a_checkpoint_opens_as_an_engine_of_its_own() {
        Path copy = folder.resolve("copy");
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            session.put(ONE, Bytes.of("before"), Bytes.of("1"), weakest());
            session.put(TWO, Bytes.of("too"), Bytes.of("1"), weakest());
            Checkpoint checkpoint = engine.checkpoint(copy);
            session.put(ONE, Bytes.of("after"), Bytes.of("1"), weakest());
            assertThat(checkpoint.directory()).isEqualTo(copy);
            assertThat(checkpoint.bytes()).isPositive();
            assertThatThrownBy(() -> engine.checkpoint(copy)).isInstanceOf(EngineException.Io.class);
        }
        try (KVEngine engine = provider().open(config(weakest()).withDirectory(copy));
                Session session = engine.openSession()) {
            assertThat(Bytes.forwards(session, ONE)).containsExactly("before=1");
            assertThat(Bytes.forwards(session, TWO)).containsExactly("too=1");
        }
    }

    @Test
    void levels_that_are_not_claimed_are_refused() {
        for (Durability durability : Durability.values()) {
            if (!provider().capabilities().durabilities().contains(durability)) {
                assertThatThrownBy(() -> provider().open(config(durability)))
                        .isInstanceOf(EngineException.Unsupported.class);
            }
        }
        Durability strongest = Collections.max(provider().capabilities().durabilities());
        for (Durability opened : provider().capabilities().durabilities()) {
            EngineConfig config = config(opened).withDirectory(folder.resolve("level-" + opened.name()));
            try (KVEngine engine = provider().open(config);
                    Session session = engine.openSession()) {
                session.put(ONE, Bytes.of("k"), Bytes.of("v"), opened);
                if (opened != strongest) {
                    assertThatThrownBy(() -> session.put(ONE, Bytes.of("k"), Bytes.of("v"), strongest))
                            .isInstanceOf(EngineException.Unsupported.class);
                }
                Durability weakest = weakest();
                if (!provider().capabilities().mixedDurability() && opened != weakest) {
                    assertThatThrownBy(() -> session.put(ONE, Bytes.of("k"), Bytes.of("v"), weakest))
                            .isInstanceOf(EngineException.Unsupported.class);
                }
            }
        }
    }

    @Test
    void a_parent_does_not_close_over_its_children() {
        KVEngine engine = open();
        Session session = engine.openSession();
        session.put(ONE, Bytes.of("k"), Bytes.of("v"), weakest());
        WriteBatch batch = session.newBatch();
        Snapshot snapshot = session.openSnapshot();
        Cursor cursor = snapshot.openCursor(ONE);
        assertThatThrownBy(engine::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("session");
        assertThatThrownBy(session::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("snapshot");
        assertThatThrownBy(snapshot::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cursor");
        assertThat(cursor.first()).isTrue();
        cursor.close();
        snapshot.close();
        batch.close();
        session.close();
        engine.close();
    }

    @Test
    void a_closed_handle_answers_closed_and_closing_twice_does_nothing() {
        KVEngine engine = open();
        Session session = engine.openSession();
        WriteBatch batch = session.newBatch();
        Snapshot snapshot = session.openSnapshot();
        Cursor cursor = session.openCursor(ONE);
        cursor.close();
        cursor.close();
        assertClosed(cursor::first);
        assertClosed(cursor::key);
        snapshot.close();
        snapshot.close();
        assertClosed(() -> snapshot.openCursor(ONE));
        assertClosed(() -> snapshot.get(ONE, Bytes.of("k"), ByteBuffer.allocate(1)));
        batch.close();
        batch.close();
        assertClosed(() -> batch.put(ONE, Bytes.of("k"), Bytes.of("v")));
        session.close();
        session.close();
        assertClosed(() -> session.put(ONE, Bytes.of("k"), Bytes.of("v"), weakest()));
        assertClosed(() -> session.get(ONE, Bytes.of("k"), ByteBuffer.allocate(1)));
        assertClosed(session::newBatch);
        engine.close();
        engine.close();
        assertClosed(engine::openSession);
        assertClosed(engine::stats);
        assertClosed(engine::sync);
    }

    private static void assertClosed(ThrowingCallable use) {
        assertThatThrownBy(use).isInstanceOf(EngineException.Closed.class);
    }

    @Test
    void a_folder_is_open_once() {
        try (KVEngine first = open()) {
            assertThatThrownBy(this::open).isInstanceOf(EngineException.Locked.class);
            assertThat(first.stats()).isNotNull();
        }
        open().close();
    }

    @Test
    void a_folder_that_holds_something_else_is_refused() throws Exception {
        Files.createDirectory(folder.resolve("engine"));
        Files.writeString(folder.resolve("engine").resolve("holiday.txt"), "not a database");
        assertThatThrownBy(this::open).isInstanceOf(EngineException.class);
        assertThat(folder.resolve("engine").resolve("holiday.txt")).hasContent("not a database");
    }

    @Test
    void an_unknown_option_is_refused_by_name() {
        assertThatThrownBy(() -> provider().open(config(weakest()).withOptions(Map.of("no_such_option", "1"))))
                .isInstanceOf(EngineException.InvalidOption.class)
                .hasMessageContaining("no_such_option");
    }

    @Test
    void settings_are_read_back_and_figures_have_names_and_units() {
        try (KVEngine engine = open()) {
            assertThat(engine.keyspaces()).isEqualTo(KEYSPACES);
            assertThat(engine.effectiveOptions()).isNotEmpty();
            for (EngineStats.Entry entry : engine.stats().entries()) {
                assertThat(entry.name()).matches("[a-z0-9]+(\\.[a-z0-9]+)*");
                assertThat(entry.unit()).isIn("bytes", "count", "nanoseconds", "ratio");
            }
        }
    }

    @Test
    void compaction_keeps_all_data_or_is_refused() {
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            for (int i = 0; i < 500; i++) {
                session.put(ONE, Bytes.of("k" + i % 50), Bytes.of("v" + i), weakest());
            }
            if (provider().capabilities().has(Ability.COMPACTION)) {
                engine.compact();
            } else {
                assertThatThrownBy(engine::compact).isInstanceOf(EngineException.Unsupported.class);
            }
            assertThat(Bytes.forwards(session, ONE)).hasSize(50).contains("k49=v499");
        }
    }

    @Test
    void handles_do_not_pile_up() throws Exception {
        Path descriptors = Path.of("/proc/self/fd");
        assumeTrue(Files.isDirectory(descriptors), "this system does not show open files");
        open().close();
        long before = count(descriptors);
        for (int i = 0; i < 20; i++) {
            try (KVEngine engine = open();
                    Session session = engine.openSession()) {
                session.put(ONE, Bytes.of("k" + i), Bytes.of("v"), weakest());
                assertThat(session.get(ONE, Bytes.of("k" + i), ByteBuffer.allocate(1)))
                        .isNotEqualTo(Reader.NOT_FOUND);
            }
        }
        assertThat(count(descriptors)).isLessThan(before + 20);
    }

    private static long count(Path descriptors) throws Exception {
        try (var open = Files.list(descriptors)) {
            return open.count();
        }
    }
}
