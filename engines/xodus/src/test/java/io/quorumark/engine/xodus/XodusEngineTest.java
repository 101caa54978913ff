package io.quorumark.engine.xodus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.engine.BackgroundWork;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.EngineStats;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Limits;
import io.quorumark.engine.Reader;
import io.quorumark.engine.Session;
import io.quorumark.engine.Snapshot;
import io.quorumark.engine.WriteBatch;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import jetbrains.exodus.env.EnvironmentConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XodusEngineTest {
    private static final List<Keyspace> KEYSPACES = Keyspace.listOf("data", "index");
    private static final Keyspace DATA = KEYSPACES.get(0);
    private static final Keyspace INDEX = KEYSPACES.get(1);
    private static final Durability LEVEL = Durability.POWER_LOSS;

    @TempDir
    Path folder;

    private EngineConfig config;
    private KVEngine engine;
    private Session session;

    @BeforeEach
    void open() {
        config = EngineConfig.of(folder.resolve("engine"), KEYSPACES, LEVEL);
        engine = new XodusEngineProvider().open(config);
        session = engine.openSession();
    }

    @AfterEach
    void close() {
        session.close();
        engine.close();
    }

    @Test
    void a_commit_at_another_level_is_refused() {
        assertThatThrownBy(() -> session.put(DATA, number(1), number(1), Durability.PROCESS_CRASH))
                .isInstanceOf(EngineException.Unsupported.class)
                .hasMessageContaining("POWER_LOSS");
        assertThat(read(session, DATA, 1)).isEqualTo(Reader.NOT_FOUND);
    }

    @Test
    void an_interrupted_thread_commits_and_keeps_its_interrupt() {
        Thread.currentThread().interrupt();
        try {
            overwriteUntilTheLogHasFiles(3);
            engine.sync();
            engine.checkpoint(folder.resolve("copy"));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        session.put(DATA, number(9), number(9), LEVEL);
        reopen(config);
        assertThat(read(session, DATA, 9)).isEqualTo(9);
    }

    @Test
    void the_longest_keys_and_values_survive_collection_and_reopening() {
        byte[] longKey = new byte[XodusEngineProvider.MAX_KEY_BYTES];
        byte[] longValue = new byte[Limits.PORTABLE_MAX_VALUE_BYTES];
        longKey[longKey.length - 1] = 7;
        longValue[longValue.length - 1] = 8;
        session.put(DATA, ByteBuffer.wrap(longKey), ByteBuffer.wrap(longValue), LEVEL);
        overwriteUntilTheLogHasFiles(5);
        engine.compact();
        reopen(config);

        ByteBuffer target = ByteBuffer.allocateDirect(longValue.length);
        assertThat(session.get(DATA, ByteBuffer.wrap(longKey), target)).isEqualTo(longValue.length);
        assertThat(target.flip()).isEqualTo(ByteBuffer.wrap(longValue));
    }

    @Test
    void compaction_gives_space_back_although_a_session_has_read_and_lies_idle() {
        try (Session idle = engine.openSession()) {
            session.put(DATA, number(1), number(1), LEVEL);
            assertThat(read(idle, DATA, 1)).isEqualTo(1);
            overwriteUntilTheLogHasFiles(8);
            double before = stat("log.file.bytes");
            engine.compact();
            assertThat(stat("log.file.bytes")).isLessThan(before / 2);
            assertThat(read(idle, DATA, 1)).isEqualTo(1);
        }
    }

    @Test
    void a_collection_that_nobody_asked_for_is_told_with_its_times() {
        reopen(config.withOptions(Map.of(EnvironmentConfig.GC_START_IN, "0")));
        long beforeNanos = System.nanoTime();
        overwriteUntilTheLogHasFiles(8);
        List<BackgroundWork> told = engine.takeBackgroundWork();
        while (told.isEmpty()) {
            assertThat(System.nanoTime() - beforeNanos)
                    .as("waiting for a collection, ns")
                    .isLessThan(60_000_000_000L);
            LockSupport.parkNanos(10_000_000);
            told = engine.takeBackgroundWork();
        }
        assertThat(told).allSatisfy(work -> {
            assertThat(work.kind()).isEqualTo(BackgroundWork.Kind.COMPACTION);
            assertThat(work.startNanos()).isGreaterThanOrEqualTo(beforeNanos);
            assertThat(work.endNanos()).isBetween(work.startNanos(), System.nanoTime());
        });
    }

    @Test
    void compaction_leaves_an_open_snapshot_what_it_needs() {
        byte[] old = new byte[100_000];
        old[99_999] = 1;
        session.put(INDEX, number(5), ByteBuffer.wrap(old), LEVEL);
        try (Snapshot snapshot = session.openSnapshot()) {
            session.put(INDEX, number(5), number(6), LEVEL);
            overwriteUntilTheLogHasFiles(5);
            engine.compact();
            ByteBuffer target = ByteBuffer.allocate(old.length);
            assertThat(snapshot.get(INDEX, number(5), target)).isEqualTo(old.length);
            assertThat(target.array()).isEqualTo(old);
        }
    }

    @Test
    void a_checkpoint_under_writes_and_collection_holds_whole_commits() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong acknowledged = new AtomicLong();
        CountDownLatch writing = new CountDownLatch(20);
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            try (Session own = engine.openSession();
                    WriteBatch batch = own.newBatch()) {
                for (long n = 1; !stop.get(); n++) {
                    batch.clear();
                    batch.put(DATA, number(0), number(n));
                    batch.put(DATA, number(2), ByteBuffer.allocate(300_000));
                    batch.put(INDEX, number(0), number(n));
                    own.commit(batch, LEVEL);
                    acknowledged.set(n);
                    writing.countDown();
                }
            }
        });
        writing.await();
        long before = acknowledged.get();
        Path copy = engine.checkpoint(folder.resolve("copy")).directory();
        engine.compact();
        stop.set(true);
        writer.get();

        reopen(config.withDirectory(copy));
        long copied = read(session, DATA, 0);
        assertThat(copied).isGreaterThanOrEqualTo(before).isEqualTo(read(session, INDEX, 0));
    }

    @Test
    void a_checkpoint_does_not_overwrite() {
        assertThatThrownBy(() -> engine.checkpoint(config.directory()))
                .isInstanceOf(EngineException.Io.class)
                .hasMessageContaining("exists");
    }

    @Test
    void a_session_sees_what_another_has_just_committed() {
        try (Session other = engine.openSession()) {
            for (long n = 1; n <= 100; n++) {
                other.put(DATA, number(0), number(n), LEVEL);
                assertThat(read(session, DATA, 0)).isEqualTo(n);
            }
        }
    }

    private void overwriteUntilTheLogHasFiles(int files) {
        ByteBuffer value = ByteBuffer.allocate(1 << 20);
        for (long n = 0; stat("log.files") < files; n++) {
            session.put(DATA, number(100 + n % 2), value, LEVEL);
        }
    }

    private void reopen(EngineConfig next) {
        close();
        engine = new XodusEngineProvider().open(next);
        session = engine.openSession();
    }

    private double stat(String name) {
        return engine.stats().entries().stream()
                .filter(entry -> entry.name().equals(name))
                .mapToDouble(EngineStats.Entry::value)
                .findFirst()
                .orElseThrow();
    }

    private static long read(Session session, Keyspace keyspace, long key) {
        ByteBuffer target = ByteBuffer.allocate(Long.BYTES);
        return session.get(keyspace, number(key), target) == Reader.NOT_FOUND ? Reader.NOT_FOUND : target.getLong(0);
    }

    private static ByteBuffer number(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(0, number);
    }
}
