package io.quorumark.raft.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Session;
import io.quorumark.raft.Engines;
import io.quorumark.raft.StoreSpec;
import io.quorumark.raft.command.CommandEncoder;
import io.quorumark.raft.store.KillPoints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A process that is killed while it applies, writes a snapshot or installs one, on every engine that survives a kill. What others hold is
 * rebuilt from the log instead.
 */
class StateKillPointTest {
    /** More than one batch of an installation. */
    private static final int RECORDS = 40;

    private static final int LARGE_VALUE_BYTES = 100_000;
    private static final long SNAPSHOT_INDEX = 900;

    @TempDir
    Path directory;

    static Stream<EngineProvider> engines() {
        return Engines.retaining().filter(engine -> engine.capabilities().crashConsistent());
    }

    /** A folder as a kill would leave it, between two states that it may hold. */
    private record Left(Path folder, boolean committed, int commit) {}

    @ParameterizedTest
    @MethodSource("engines")
    void a_killed_state_has_whole_commits_and_knows_which(EngineProvider provider) {
        List<Left> left = new ArrayList<>();
        Path live = directory.resolve("live");
        try (KVEngine engine = open(watched(provider, live, left), live);
                StateStore store = store(engine, provider)) {
            for (int commit = 1; commit <= 5; commit++) {
                for (int i = 1; i <= 10; i++) {
                    long index = (commit - 1) * 10L + i;
                    store.apply(put(index, 20), index);
                }
                store.commit();
            }
        }
        assertThat(left).hasSize(10);
        for (Left one : left) {
            long index = 10L * (one.committed() ? one.commit() : one.commit() - 1);
            try (KVEngine engine = open(provider, one.folder());
                    StateStore store = store(engine, provider)) {
                assertThat(store.appliedIndex()).as(one.toString()).isEqualTo(index);
                assertThat(recordCount(engine)).isEqualTo(index);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void an_installation_that_is_cut_off_is_known_as_such(EngineProvider provider) throws IOException {
        Path snapshot = snapshotOf(provider);
        List<Left> left = new ArrayList<>();
        Path live = directory.resolve("live");
        try (KVEngine engine = open(provider, live);
                StateStore store = store(engine, provider)) {
            store.apply(put(7, 20), 1);
            store.commit();
        }
        try (KVEngine engine = open(watched(provider, live, left), live);
                StateStore store = store(engine, provider)) {
            SnapshotFile.load(snapshot, store);
        }
        int commits = left.get(left.size() - 1).commit();
        assertThat(commits).isGreaterThan(3);
        for (Left one : left) {
            try (KVEngine engine = open(provider, one.folder());
                    StateStore store = store(engine, provider)) {
                boolean begun = one.commit() > 1 || one.committed();
                boolean done = one.commit() == commits && one.committed();
                assertThat(store.isLoading()).as(one.toString()).isEqualTo(begun && !done);
                if (!store.isLoading()) {
                    assertThat(store.appliedIndex()).isEqualTo(done ? SNAPSHOT_INDEX : 1);
                    assertThat(recordCount(engine)).isEqualTo(done ? RECORDS : 1);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void a_snapshot_that_was_cut_off_while_it_was_written_is_refused(EngineProvider provider) throws IOException {
        byte[] whole = Files.readAllBytes(snapshotOf(provider));
        Path cut = directory.resolve("cut");
        for (int length = 0; length < whole.length; length += 1 + whole.length / 50) {
            Files.write(cut, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> SnapshotFile.verify(cut))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("damaged");
        }
    }

    private Path snapshotOf(EngineProvider provider) throws IOException {
        Path other = directory.resolve("other");
        Path snapshot = directory.resolve("snapshot");
        try (KVEngine engine = open(provider, other);
                StateStore store = store(engine, provider)) {
            for (int i = 1; i <= RECORDS; i++) {
                store.apply(put(i, LARGE_VALUE_BYTES), i == RECORDS ? SNAPSHOT_INDEX : i);
            }
            store.commit();
            try (FrozenState frozen = store.freeze()) {
                SnapshotFile.write(snapshot, frozen, false);
            }
        }
        assertThat(SnapshotFile.verify(snapshot)).isEqualTo(SNAPSHOT_INDEX);
        return snapshot;
    }

    private EngineProvider watched(EngineProvider provider, Path live, List<Left> left) {
        return new KillPoints(provider, new ReentrantLock(), committed -> {
            Path copy = directory.resolve("left-" + left.size());
            KillPoints.copy(live, copy);
            left.add(new Left(copy, committed, left.size() / 2 + 1));
        });
    }

    private static ByteBuffer put(long key, int valueBytes) {
        byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(key).array();
        return ByteBuffer.wrap(CommandEncoder.put(bytes, bytes.length, new byte[valueBytes], valueBytes));
    }

    private static long recordCount(KVEngine engine) {
        long count = 0;
        try (Session session = engine.openSession();
                Cursor cursor = session.openCursor(StateStore.STATE)) {
            for (boolean on = cursor.first(); on; on = cursor.next()) {
                count++;
            }
        }
        return count;
    }

    private static KVEngine open(EngineProvider provider, Path folder) {
        StoreSpec spec = Engines.spec(provider);
        return provider.open(EngineConfig.of(folder, StateStore.KEYSPACES, spec.durability())
                .withMemoryBudgetBytes(spec.memoryBudgetBytes())
                .withMaxDataBytes(64L << 20));
    }

    private static StateStore store(KVEngine engine, EngineProvider provider) {
        return new StateStore(engine, Engines.spec(provider).durability());
    }
}
