package io.quorumark.raft.jraft.log;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.sofa.jraft.entity.EnumOutter.EntryType;
import com.alipay.sofa.jraft.entity.LogEntry;
import com.alipay.sofa.jraft.entity.LogId;
import io.quorumark.engine.Ability;
import io.quorumark.engine.Capabilities;
import io.quorumark.engine.Cursor;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import io.quorumark.raft.Await;
import io.quorumark.raft.Engines;
import io.quorumark.raft.StoreSpec;
import io.quorumark.raft.nemesis.WrappedProvider;
import io.quorumark.raft.nemesis.WrappedSession;
import io.quorumark.raft.timing.WriteStages;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A prefix is cut off at once and deleted a while later, in steps that no append has to wait for long. */
class LogCutTest {
    private static final int ENTRIES = 5_000;

    @TempDir
    Path directory;

    /** Those that visit every key of a range that they delete. */
    static Stream<EngineProvider> visiting() {
        return Engines.logEngines().filter(engine -> !engine.capabilities().has(Ability.CONSTANT_TIME_RANGE_DELETE));
    }

    private static LogEntry entry(long index) {
        LogEntry entry = new LogEntry(EntryType.ENTRY_TYPE_DATA);
        entry.setId(new LogId(index, 1));
        entry.setData(ByteBuffer.allocate(100).putLong(0, index));
        return entry;
    }

    static List<LogEntry> entries(long from, long to) {
        return LongStream.rangeClosed(from, to).mapToObj(LogCutTest::entry).toList();
    }

    private KVEngine open(EngineProvider provider) {
        StoreSpec spec = Engines.spec(provider);
        return provider.open(EngineConfig.of(directory.resolve("log"), LogKeyspaces.ALL, spec.durability())
                .withMemoryBudgetBytes(spec.memoryBudgetBytes())
                .withMaxDataBytes(64L << 20));
    }

    private static EngineLogStorage log(KVEngine engine, EngineProvider provider) {
        return log(engine, provider, TimeUnit.MILLISECONDS.toNanos(100));
    }

    private static EngineLogStorage log(KVEngine engine, EngineProvider provider, long cutGraceNanos) {
        return new EngineLogStorage(
                engine,
                provider.capabilities(),
                Engines.spec(provider).durability(),
                new WriteStages(),
                failure -> {
                    throw new AssertionError(failure);
                },
                cutGraceNanos);
    }

    private static void awaitDeleted(EngineLogStorage log) {
        Await.until("what was cut off is deleted", () -> log.undeletedEntries() == 0);
    }

    private static long smallestKey(KVEngine engine) {
        try (Session session = engine.openSession();
                Cursor cursor = session.openCursor(LogKeyspaces.ENTRIES)) {
            return cursor.first() ? cursor.key().getLong(cursor.key().position()) : 0;
        }
    }

    @ParameterizedTest
    @MethodSource("io.quorumark.raft.Engines#logEngines")
    void a_prefix_is_cut_off_at_once_and_deleted_in_the_end(EngineProvider provider) {
        try (KVEngine engine = open(provider);
                EngineLogStorage log = log(engine, provider)) {
            log.appendEntries(entries(1, ENTRIES));
            for (long first : new long[] {11, 4_001}) {
                assertThat(log.truncatePrefix(first)).isTrue();
                assertThat(log.getFirstLogIndex()).isEqualTo(first);
                awaitDeleted(log);
                assertThat(smallestKey(engine)).isEqualTo(first);
                assertThat(log.getEntry(first - 1)).isNull();
                assertThat(log.getLastLogIndex()).isEqualTo(ENTRIES);
            }
        }
    }

    /** The library looks at the first index before it reads: an entry that is missing then makes it give the member up. */
    @ParameterizedTest
    @MethodSource("io.quorumark.raft.Engines#logEngines")
    void what_was_cut_off_can_be_read_for_a_while_and_what_is_cut_off_meanwhile_too(EngineProvider provider) {
        try (KVEngine engine = open(provider);
                EngineLogStorage log = log(engine, provider, TimeUnit.HOURS.toNanos(1))) {
            log.appendEntries(entries(1, ENTRIES));
            for (long first : new long[] {11, 4_001, ENTRIES + 1}) {
                assertThat(log.truncatePrefix(first)).isTrue();
                for (long index : new long[] {1, 10, first - 1}) {
                    assertThat(requireNonNull(log.getEntry(index)).getId()).isEqualTo(new LogId(index, 1));
                }
            }
            assertThat(log.undeletedEntries()).isEqualTo(ENTRIES);
        }
    }

    @Test
    void no_commit_of_a_slow_engine_deletes_more_than_a_step_and_none_comes_ahead_of_an_append() throws Exception {
        SlowDeletes slow = new SlowDeletes(Engines.byId("lmdb"));
        try (KVEngine engine = open(slow);
                EngineLogStorage log = log(engine, slow)) {
            log.appendEntries(entries(1, ENTRIES));
            slow.holdSteps();
            assertThat(log.truncatePrefix(ENTRIES + 1)).isTrue();
            for (long index = ENTRIES + 1; index <= ENTRIES + 5; index++) {
                slow.awaitHeldStep();
                // the step is under way, and holds the append up; another one before it would be held for ever
                long next = index;
                CompletableFuture<Boolean> append = CompletableFuture.supplyAsync(() -> log.appendEntry(entry(next)));
                slow.awaitWaiter(log);
                slow.letOneStepGo();
                assertThat(append.get(30, TimeUnit.SECONDS)).isTrue();
            }
            slow.letAllGo();
            awaitDeleted(log);
            assertThat(slow.deleted()).isNotEmpty().allMatch(count -> count <= CutSteps.FIRST_ENTRIES);
            assertThat(slow.deleted().stream().mapToLong(Long::longValue).sum()).isEqualTo(ENTRIES);
        }
    }

    @Test
    void deleting_goes_on_after_a_restart() {
        SlowDeletes slow = new SlowDeletes(Engines.byId("lmdb"));
        try (KVEngine engine = open(slow)) {
            EngineLogStorage log = log(engine, slow);
            log.appendEntries(entries(1, ENTRIES));
            slow.holdSteps();
            log.truncatePrefix(4_001);
            slow.awaitHeldStep();
            CompletableFuture<Void> closed = CompletableFuture.runAsync(log::close);
            slow.awaitWaiter(log);
            slow.letOneStepGo();
            closed.join();
            assertThat(log.undeletedEntries()).isPositive();
            slow.letAllGo();
        }
        EngineProvider lmdb = Engines.byId("lmdb");
        try (KVEngine engine = open(lmdb);
                EngineLogStorage log = log(engine, lmdb)) {
            assertThat(log.getFirstLogIndex()).isEqualTo(4_001);
            awaitDeleted(log);
            assertThat(smallestKey(engine)).isEqualTo(4_001);
        }
    }

    @ParameterizedTest
    @MethodSource("visiting")
    void a_reset_beyond_the_end_deletes_everything_in_steps(EngineProvider provider) {
        try (KVEngine engine = open(provider);
                EngineLogStorage log = log(engine, provider)) {
            log.appendEntries(entries(1, ENTRIES));
            assertThat(log.reset(10_000)).isTrue();
            assertThat(log.getLastLogIndex()).isEqualTo(9_999);
            assertThat(log.appendEntry(entry(10_000))).isTrue();
            awaitDeleted(log);
            assertThat(smallestKey(engine)).isEqualTo(10_000);
            assertThat(log.reset(9_000)).isTrue();
            assertThat(log.getEntry(10_000)).isNull();
            assertThat(smallestKey(engine)).isZero();
        }
    }

    @Test
    void steps_follow_what_the_engine_shows() {
        CutSteps steps = CutSteps.of(Engines.byId("lmdb").capabilities(), Durability.PROCESS_CRASH);
        assertThat(steps.entries()).isEqualTo(256);
        steps.took(CutSteps.BOUND_NANOS + 1);
        assertThat(steps.entries()).isEqualTo(128);
        steps.took(CutSteps.BOUND_NANOS / 2);
        assertThat(steps.entries()).isEqualTo(128);
        for (int i = 0; i < 20; i++) {
            steps.took(1);
        }
        assertThat(steps.entries()).isEqualTo(1 << 14);
        for (int i = 0; i < 20; i++) {
            steps.took(TimeUnit.SECONDS.toNanos(1));
        }
        assertThat(steps.entries()).isEqualTo(64);
    }

    @Test
    void steps_ask_for_the_weakest_level_that_the_engine_takes_beside_the_logs() {
        for (String mixing : List.of("memory", "rocksdb")) {
            Capabilities mixed = Engines.byId(mixing).capabilities();
            assertThat(CutSteps.of(mixed, Durability.POWER_LOSS).durability()).isEqualTo(Durability.PROCESS_CRASH);
            assertThat(CutSteps.of(mixed, Durability.NONE).durability()).isEqualTo(Durability.NONE);
        }
        Capabilities one = Engines.byId("lmdb").capabilities();
        assertThat(CutSteps.of(one, Durability.POWER_LOSS).durability()).isEqualTo(Durability.POWER_LOSS);
    }

    /** Counts what each commit deletes, takes longer than a step may, and holds commits that delete until it is told. */
    private static final class SlowDeletes extends WrappedProvider {
        private final List<Long> deleted = Collections.synchronizedList(new ArrayList<>());
        private final Semaphore held = new Semaphore(0);
        private final Semaphore permits = new Semaphore(0);
        private volatile boolean holding;

        SlowDeletes(EngineProvider real) {
            super(real);
        }

        List<Long> deleted() {
            return List.copyOf(deleted);
        }

        void holdSteps() {
            holding = true;
        }

        void awaitHeldStep() {
            held.acquireUninterruptibly();
        }

        void awaitWaiter(EngineLogStorage log) {
            Await.until("somebody waits for the step", log::isAwaited);
        }

        void letOneStepGo() {
            permits.release();
        }

        void letAllGo() {
            holding = false;
            permits.release(1_000_000);
        }

        @Override
        protected Session wrap(Session session, EngineConfig config) {
            return new WrappedSession(session) {
                private final List<Long> ranges = new ArrayList<>();

                @Override
                public WriteBatch newBatch() {
                    return new CountingBatch(super.newBatch(), ranges);
                }

                @Override
                public void commit(WriteBatch batch, Durability durability) {
                    long entries = ranges.stream().mapToLong(Long::longValue).sum();
                    if (entries > 0) {
                        if (holding) {
                            held.release();
                            permits.acquireUninterruptibly();
                        }
                        long beganNanos = System.nanoTime();
                        while (System.nanoTime() - beganNanos < CutSteps.BOUND_NANOS) {
                            Thread.onSpinWait();
                        }
                        deleted.add(entries);
                    }
                    super.commit(((CountingBatch) batch).real(), durability);
                }
            };
        }
    }

    /** @param ranges how many entries are deleted by the ranges since the last clear */
    private record CountingBatch(WriteBatch real, List<Long> ranges) implements WriteBatch {
        @Override
        public void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value) {
            real.put(keyspace, key, value);
        }

        @Override
        public void delete(Keyspace keyspace, ByteBuffer key) {
            real.delete(keyspace, key);
        }

        @Override
        public void deleteRange(Keyspace keyspace, ByteBuffer fromInclusive, ByteBuffer toExclusive) {
            if (keyspace.equals(LogKeyspaces.ENTRIES)) {
                ranges.add(
                        toExclusive.getLong(toExclusive.position()) - fromInclusive.getLong(fromInclusive.position()));
            }
            real.deleteRange(keyspace, fromInclusive, toExclusive);
        }

        @Override
        public int operationCount() {
            return real.operationCount();
        }

        @Override
        public void clear() {
            ranges.clear();
            real.clear();
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
