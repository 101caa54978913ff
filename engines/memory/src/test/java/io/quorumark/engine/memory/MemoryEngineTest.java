package io.quorumark.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.Health;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Reader;
import io.quorumark.engine.Session;
import io.quorumark.engine.Snapshot;
import io.quorumark.engine.WriteBatch;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the conformance kit cannot know: this engine's files and threads. */
class MemoryEngineTest {
    private static final List<Keyspace> KEYSPACES = Keyspace.listOf("kv");
    private static final Keyspace KV = KEYSPACES.get(0);

    @TempDir
    Path parent;

    private KVEngine open(Map<String, String> options) {
        return new MemoryEngineProvider()
                .open(EngineConfig.of(parent.resolve("engine"), KEYSPACES, Durability.POWER_LOSS)
                        .withOptions(options));
    }

    private KVEngine open() {
        return open(Map.of());
    }

    @Test
    void a_torn_tail_is_cut_off_and_what_came_before_is_kept() throws Exception {
        fill(0, 10, Durability.PROCESS_CRASH);
        Path log = newestLog();
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            file.setLength(file.length() - 3);
        }
        assertThat(keys()).containsExactlyElementsOf(names(0, 9));
        fill(10, 12, Durability.PROCESS_CRASH);
        assertThat(keys()).hasSize(11).contains("k00010", "k00011");
    }

    @Test
    void a_log_that_was_begun_and_holds_nothing_whole_does_not_hinder_opening() throws Exception {
        fill(0, 10, Durability.PROCESS_CRASH);
        Files.write(parent.resolve("engine").resolve(LogNames.log(11)), new byte[] {1, 2, 3});
        assertThat(keys()).hasSize(10);
        fill(10, 12, Durability.PROCESS_CRASH);
        assertThat(keys()).hasSize(12);
    }

    @Test
    void a_log_that_was_begun_after_a_torn_one_and_holds_nothing_does_not_hinder_opening() throws Exception {
        fill(0, 10, Durability.PROCESS_CRASH);
        Path log = newestLog();
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            file.setLength(file.length() - 3);
        }
        Files.write(parent.resolve("engine").resolve(LogNames.log(11)), new byte[0]);
        Files.write(parent.resolve("engine").resolve(LogNames.log(12)), new byte[] {1, 2, 3});
        assertThat(keys()).containsExactlyElementsOf(names(0, 9));
        fill(10, 14, Durability.PROCESS_CRASH);
        assertThat(keys()).hasSize(13).contains("k00010", "k00013");
    }

    @Test
    void damage_before_the_newest_log_is_corruption_not_silence() throws Exception {
        fill(0, 10, Durability.PROCESS_CRASH);
        Path first = newestLog();
        fill(10, 20, Durability.PROCESS_CRASH);
        try (RandomAccessFile file = new RandomAccessFile(first.toFile(), "rw")) {
            file.seek(file.length() / 2);
            int old = file.read();
            file.seek(file.length() / 2);
            file.write(old ^ 0x55);
        }
        assertThatThrownBy(this::open)
                .isInstanceOf(EngineException.Corruption.class)
                .hasMessageContaining(first.getFileName().toString())
                .hasMessageContaining("restore a checkpoint");
    }

    @Test
    void a_damaged_snapshot_is_corruption() throws Exception {
        fill(0, 100, Durability.PROCESS_CRASH);
        try (KVEngine engine = open()) {
            engine.compact();
        }
        Path snapshot = onlyFile(".snapshot");
        byte[] bytes = Files.readAllBytes(snapshot);
        bytes[bytes.length / 2] ^= 1;
        Files.write(snapshot, bytes);
        assertThatThrownBy(this::open).isInstanceOf(EngineException.Corruption.class);
    }

    @Test
    void compaction_replaces_the_log_by_a_snapshot_and_loses_nothing() throws Exception {
        fill(0, 1000, Durability.PROCESS_CRASH);
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            for (int i = 0; i < 500; i++) {
                session.delete(KV, bytes(name(i)), Durability.PROCESS_CRASH);
            }
            engine.compact();
            session.put(KV, bytes("last"), bytes("1"), Durability.PROCESS_CRASH);
        }
        assertThat(onlyFile(".snapshot")).exists();
        assertThat(files(".log")).hasSize(1);
        assertThat(keys()).hasSize(501).contains("last", "k00999").doesNotContain("k00499");
    }

    @Test
    void the_log_does_not_grow_without_bound_while_the_data_stays_small() throws Exception {
        try (KVEngine engine = open(Map.of("log_bytes", "65536"));
                Session session = engine.openSession()) {
            for (int i = 0; i < 20_000; i++) {
                session.put(KV, bytes(name(i % 10)), bytes("value " + i), Durability.PROCESS_CRASH);
            }
            engine.compact();
            assertThat(engine.takeBackgroundWork())
                    .as("replacements of the log, asked for and not")
                    .hasSizeGreaterThan(1);
        }
        long onDisk = 0;
        for (Path file : files("")) {
            onDisk += Files.size(file);
        }
        assertThat(onDisk).isLessThan(500_000);
        assertThat(keys()).hasSize(10);
    }

    @Test
    void an_interrupted_thread_neither_loses_its_write_nor_breaks_the_engine() {
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            Thread.currentThread().interrupt();
            session.put(KV, bytes("interrupted"), bytes("1"), Durability.POWER_LOSS);
            assertThat(Thread.interrupted()).isTrue();
            session.put(KV, bytes("after"), bytes("1"), Durability.POWER_LOSS);
        }
        assertThat(keys()).containsExactly("after", "interrupted");
    }

    @Test
    void a_snapshot_stands_still_while_its_keys_are_overwritten_deleted_and_written_again() {
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            session.put(KV, bytes("a"), bytes("1"), Durability.NONE);
            session.put(KV, bytes("b"), bytes("1"), Durability.NONE);
            try (Snapshot snapshot = session.openSnapshot()) {
                for (int round = 0; round < 100; round++) {
                    session.put(KV, bytes("a"), bytes("x" + round), Durability.NONE);
                    session.delete(KV, bytes("b"), Durability.NONE);
                    session.put(KV, bytes("c" + round), bytes("1"), Durability.NONE);
                }
                assertThat(get(snapshot, "a")).isEqualTo("1");
                assertThat(get(snapshot, "b")).isEqualTo("1");
                assertThat(get(snapshot, "c5")).isNull();
            }
            assertThat(get(session, "a")).isEqualTo("x99");
            assertThat(get(session, "b")).isNull();
        }
    }

    @Test
    void writers_of_several_sessions_share_syncs() throws Exception {
        int writers = 8;
        int commits = 50;
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try (KVEngine engine = open()) {
            CountDownLatch ready = new CountDownLatch(writers);
            List<Future<?>> done = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                String prefix = "w" + writer + "-";
                done.add(threads.submit(() -> {
                    try (Session session = engine.openSession()) {
                        ready.countDown();
                        ready.await();
                        for (int i = 0; i < commits; i++) {
                            session.put(KV, bytes(prefix + i), bytes("1"), Durability.POWER_LOSS);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> each : done) {
                each.get();
            }
            double syncs = engine.stats().entries().stream()
                    .filter(entry -> entry.name().equals("log.syncs"))
                    .findFirst()
                    .orElseThrow()
                    .value();
            assertThat(syncs).isPositive().isLessThan(writers * commits);
        } finally {
            threads.shutdown();
        }
        assertThat(keys()).hasSize(writers * commits);
    }

    @Test
    void all_of_128_keyspaces_come_back_from_log_and_snapshot_and_more_are_refused() {
        EngineConfig most = EngineConfig.of(parent.resolve("most"), numbered(128), Durability.PROCESS_CRASH);
        Keyspace last = most.keyspaces().get(127);
        for (int round = 0; round < 2; round++) {
            try (KVEngine engine = new MemoryEngineProvider().open(most);
                    Session session = engine.openSession()) {
                session.put(last, bytes("k" + round), bytes("1"), Durability.PROCESS_CRASH);
                assertThat(session.get(last, bytes("k0"), ByteBuffer.allocate(1)))
                        .isEqualTo(1);
                engine.compact();
            }
        }
        EngineConfig more = EngineConfig.of(parent.resolve("more"), numbered(129), Durability.PROCESS_CRASH);
        assertThatThrownBy(() -> new MemoryEngineProvider().open(more))
                .isInstanceOf(EngineException.Unsupported.class)
                .hasMessageContaining("128 keyspaces, not 129");
        assertThat(parent.resolve("more")).doesNotExist();
    }

    @Test
    void nothing_is_read_or_committed_after_a_commit_that_failed_half_way() {
        try (KVEngine engine = open();
                Session session = engine.openSession();
                WriteBatch batch = session.newBatch()) {
            session.put(KV, bytes("before"), bytes("1"), Durability.PROCESS_CRASH);
            try (Cursor cursor = session.openCursor(KV)) {
                batch.put(KV, bytes("first"), bytes("1"));
                int second = ((MemoryBatch) batch).length();
                batch.put(KV, bytes("second"), bytes("1"));
                ((MemoryBatch) batch).record()[second] = 99;
                for (Durability durability : List.of(Durability.PROCESS_CRASH, Durability.POWER_LOSS)) {
                    assertHalfWay(() -> session.commit(batch, durability));
                    assertHalfWay(() -> session.put(KV, bytes("after"), bytes("1"), durability));
                }
                assertHalfWay(() -> get(session, "first"));
                assertHalfWay(cursor::first);
                assertHalfWay(() -> session.openSnapshot().close());
                assertHalfWay(() -> engine.checkpoint(parent.resolve("copy")));
                assertHalfWay(engine::compact);
            }
            assertThat(engine.health().status()).isEqualTo(Health.Status.FAILED);
        }
    }

    private static void assertHalfWay(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(EngineException.Io.class)
                .hasMessageContaining("failed half-way")
                .hasMessageContaining("open it again");
    }

    @Test
    void a_commit_after_which_no_new_log_can_be_begun_stands_and_the_health_tells() throws Exception {
        try (KVEngine engine = open(Map.of("log_bytes", "65536"));
                Session session = engine.openSession()) {
            Files.createFile(parent.resolve("engine").resolve(LogNames.log(3)));
            session.put(KV, bytes("k"), ByteBuffer.allocate(40_000), Durability.PROCESS_CRASH);
            session.put(KV, bytes("k"), ByteBuffer.allocate(40_000), Durability.PROCESS_CRASH);
            assertThat(engine.health().findings()).anyMatch(finding -> finding.startsWith("the last snapshot"));
            session.put(KV, bytes("k"), ByteBuffer.allocate(40_000), Durability.PROCESS_CRASH);
            engine.compact();
            assertThat(engine.health().findings()).noneMatch(finding -> finding.startsWith("the last snapshot"));
        }
        assertThat(keys()).containsExactly("k");
    }

    @Test
    void a_close_that_tells_of_a_failed_compaction_keeps_what_waited_for_the_log() throws Exception {
        KVEngine engine = open();
        try (Session session = engine.openSession()) {
            session.put(KV, bytes("k"), bytes("1"), Durability.PROCESS_CRASH);
            Files.createDirectory(parent.resolve("engine").resolve(LogNames.snapshot(1) + LogNames.TEMPORARY_SUFFIX));
            assertThatThrownBy(engine::compact).isInstanceOf(EngineException.Io.class);
            session.put(KV, bytes("last"), bytes("1"), Durability.NONE);
        }
        assertThatThrownBy(engine::close).isInstanceOf(EngineException.Io.class);
        assertThat(keys()).containsExactly("k", "last");
    }

    private static List<Keyspace> numbered(int count) {
        return IntStream.range(0, count)
                .mapToObj(ordinal -> new Keyspace(ordinal, "k" + ordinal))
                .toList();
    }

    private void fill(int from, int to, Durability durability) {
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            for (int i = from; i < to; i++) {
                session.put(KV, bytes(name(i)), bytes("value " + i), durability);
            }
        }
    }

    private List<String> keys() {
        List<String> keys = new ArrayList<>();
        try (KVEngine engine = open();
                Session session = engine.openSession();
                Cursor cursor = session.openCursor(KV)) {
            for (boolean on = cursor.first(); on; on = cursor.next()) {
                keys.add(StandardCharsets.UTF_8.decode(cursor.key()).toString());
            }
        }
        return keys;
    }

    private static @Nullable String get(Reader reader, String key) {
        ByteBuffer target = ByteBuffer.allocate(64);
        int length = reader.get(KV, bytes(key), target);
        return length < 0 ? null : StandardCharsets.UTF_8.decode(target.flip()).toString();
    }

    private Path newestLog() throws Exception {
        List<Path> logs = files(".log");
        return logs.get(logs.size() - 1);
    }

    private Path onlyFile(String suffix) throws Exception {
        List<Path> found = files(suffix);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private List<Path> files(String suffix) throws Exception {
        try (var all = Files.list(parent.resolve("engine"))) {
            return all.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
        }
    }

    private static List<String> names(int from, int to) {
        List<String> names = new ArrayList<>();
        for (int i = from; i < to; i++) {
            names.add(name(i));
        }
        return names;
    }

    private static String name(int i) {
        return String.format(Locale.ROOT, "k%05d", i);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
