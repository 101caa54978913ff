package io.quorumark.raft.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.KVEngine;
import io.quorumark.raft.Await;
import io.quorumark.raft.Engines;
import io.quorumark.raft.FailingReads;
import io.quorumark.raft.StoreSpec;
import io.quorumark.raft.command.Command;
import io.quorumark.raft.command.CommandEncoder;
import io.quorumark.raft.command.WriteResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the state must do on every engine that keeps data. */
class StateStoreTest {
    @TempDir
    Path directory;

    static Stream<EngineProvider> engines() {
        return Engines.retaining();
    }

    private static KVEngine open(EngineProvider engine, Path folder) {
        StoreSpec spec = Engines.spec(engine);
        return engine.open(EngineConfig.of(folder, StateStore.KEYSPACES, spec.durability())
                .withMemoryBudgetBytes(spec.memoryBudgetBytes())
                .withMaxDataBytes(spec.maxDataBytes()));
    }

    private static StateStore store(KVEngine engine, EngineProvider provider) {
        return new StateStore(engine, Engines.spec(provider).durability());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void random_commands_leave_what_a_model_says_and_survive_reopening(EngineProvider provider) throws IOException {
        SortedMap<Long, Long> model = new TreeMap<>();
        SplittableRandom random = new SplittableRandom(11);
        long index = 0;
        for (int run = 0; run < 3; run++) {
            try (KVEngine engine = open(provider, directory.resolve("engine"));
                    StateStore store = store(engine, provider)) {
                assertThat(store.appliedIndex()).isEqualTo(index);
                assertContent(store, model);
                for (int batch = 0; batch < 40; batch++) {
                    for (int i = random.nextInt(20); i >= 0; i--) {
                        applyRandom(store, ++index, random, model);
                    }
                    store.commit();
                    assertThat(store.appliedIndex()).isEqualTo(index);
                }
                assertContent(store, model);
            }
        }
    }

    private static void applyRandom(StateStore store, long index, SplittableRandom random, Map<Long, Long> model) {
        long key = random.nextInt(50);
        long version = 1L + random.nextInt(1000);
        byte[] keyBytes = bytes(key);
        byte[] value = bytes(version);
        switch (random.nextInt(5)) {
            case 0, 1 -> {
                apply(store, CommandEncoder.put(keyBytes, 8, value, 8), index, WriteResult.APPLIED);
                model.put(key, version);
            }
            case 2 -> {
                apply(store, CommandEncoder.delete(keyBytes, 8), index, WriteResult.APPLIED);
                model.remove(key);
            }
            case 3 -> {
                long current = model.getOrDefault(key, Command.ABSENT);
                long expected = random.nextBoolean() ? current : current + 1;
                WriteResult result = expected == current ? WriteResult.APPLIED : WriteResult.CONFLICT;
                apply(store, CommandEncoder.compareAndSet(keyBytes, 8, expected, value, 8), index, result);
                if (result.isApplied()) {
                    model.put(key, version);
                }
            }
            default -> {
                byte[] to = bytes(key + 5);
                apply(store, CommandEncoder.deleteRange(keyBytes, 8, to, 8), index, WriteResult.APPLIED);
                for (long removed = key; removed < key + 5; removed++) {
                    model.remove(removed);
                }
            }
        }
    }

    private static void apply(StateStore store, byte[] command, long index, WriteResult expected) {
        assertThat(store.apply(ByteBuffer.wrap(command), index)).isEqualTo(expected);
    }

    private static ByteBuffer content(StateStore store) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(1 << 20);
        try (FrozenState frozen = store.freeze()) {
            RecordWriter writer = new RecordWriter(content::put);
            frozen.writeTo(writer);
            writer.flush();
        }
        return content.flip();
    }

    private static void assertContent(StateStore store, SortedMap<Long, Long> model) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(1 << 20);
        try (FrozenState frozen = store.freeze()) {
            assertThat(frozen.appliedIndex()).isEqualTo(store.appliedIndex());
            RecordWriter writer = new RecordWriter(content::put);
            assertThat(frozen.writeTo(writer)).isEqualTo(model.size());
            writer.flush();
        }
        ByteBuffer expected = ByteBuffer.allocate(1 << 20);
        model.forEach(
                (key, version) -> expected.putInt(8).putLong(key).putInt(8).putLong(version));
        assertThat(content.flip()).isEqualTo(expected.flip());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void conditions_see_committed_and_pending_values_whole(EngineProvider provider) {
        try (KVEngine engine = open(provider, directory.resolve("engine"));
                StateStore store = store(engine, provider)) {
            byte[] key = {7};
            byte[] longer = "a long value, 1".getBytes(StandardCharsets.UTF_8);
            byte[] other = "a long value, 2".getBytes(StandardCharsets.UTF_8);
            long index = 0;
            byte[] create = CommandEncoder.batch()
                    .require(false, key, 1)
                    .put(key, 1, longer, longer.length)
                    .toCommand();
            apply(store, create, ++index, WriteResult.APPLIED);
            apply(store, create, ++index, WriteResult.CONFLICT);
            byte[] change = CommandEncoder.batch()
                    .requireEqual(key, 1, longer, longer.length)
                    .put(key, 1, other, other.length)
                    .toCommand();
            apply(store, change, ++index, WriteResult.APPLIED);
            // the first eight bytes are the same: the version would not tell
            apply(store, change, ++index, WriteResult.CONFLICT);
            store.commit();
            apply(store, change, ++index, WriteResult.CONFLICT);
            byte[] remove = CommandEncoder.batch()
                    .require(true, key, 1)
                    .requireEqual(key, 1, other, other.length)
                    .delete(key, 1)
                    .toCommand();
            apply(store, remove, ++index, WriteResult.APPLIED);
            apply(store, remove, ++index, WriteResult.CONFLICT);
            apply(store, create, ++index, WriteResult.APPLIED);
            apply(store, CommandEncoder.put(key, 1, new byte[0], 0), ++index, WriteResult.APPLIED);
            apply(store, remove, ++index, WriteResult.CONFLICT);
            store.commit();
            assertThat(store.appliedIndex()).isEqualTo(index);
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void additions_see_committed_and_pending_values(EngineProvider provider) {
        try (KVEngine engine = open(provider, directory.resolve("engine"));
                StateStore store = store(engine, provider)) {
            byte[] key = {7};
            byte[] other = {8};
            byte[] text = "41".getBytes(StandardCharsets.UTF_8);
            byte[] ten = CommandEncoder.add(key, 1, 10);
            long index = 0;
            // a change that the batch has not tracked comes first
            apply(store, CommandEncoder.put(key, 1, text, 2), ++index, WriteResult.APPLIED);
            apply(store, ten, ++index, WriteResult.applied(51));
            apply(store, ten, ++index, WriteResult.applied(61));
            store.commit();
            apply(store, ten, ++index, WriteResult.applied(71));
            apply(store, CommandEncoder.add(key, 1, Long.MAX_VALUE), ++index, WriteResult.OVERFLOW);
            apply(store, CommandEncoder.delete(key, 1), ++index, WriteResult.APPLIED);
            apply(store, ten, ++index, WriteResult.applied(10));
            apply(store, CommandEncoder.add(other, 1, Long.MIN_VALUE), ++index, WriteResult.applied(Long.MIN_VALUE));
            apply(store, CommandEncoder.add(other, 1, -1), ++index, WriteResult.OVERFLOW);
            byte[] sum = "10".getBytes(StandardCharsets.UTF_8);
            byte[] replace = CommandEncoder.batch()
                    .requireEqual(key, 1, sum, 2)
                    .put(key, 1, "x".getBytes(StandardCharsets.UTF_8), 1)
                    .toCommand();
            apply(store, replace, ++index, WriteResult.APPLIED);
            apply(store, ten, ++index, WriteResult.NOT_A_NUMBER);
            store.commit();
            apply(store, ten, ++index, WriteResult.NOT_A_NUMBER);
            assertThat(store.apply(ByteBuffer.wrap(CommandEncoder.add(other, 1, 1)), ++index, false))
                    .as("nobody waits for the sum")
                    .isEqualTo(WriteResult.APPLIED);
            store.commit();
            assertThat(store.appliedIndex()).isEqualTo(index);
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void reads_and_removals_tell_what_was_there(EngineProvider provider) {
        try (KVEngine engine = open(provider, directory.resolve("engine"));
                StateStore store = store(engine, provider)) {
            byte[] key = {7};
            byte[] other = {8};
            byte[] removeBoth = CommandEncoder.batch()
                    .remove(key, 1)
                    .remove(other, 1)
                    .remove(key, 1)
                    .toCommand();
            long index = 0;
            assertPrevious(store, exchange(key, "a"), ++index, true, null);
            assertPrevious(store, exchange(key, "b"), ++index, true, "a");
            apply(store, CommandEncoder.add(other, 1, 5), ++index, WriteResult.applied(5));
            assertPrevious(store, exchange(other, "c"), ++index, true, "5");
            store.commit();
            assertPrevious(store, exchange(key, ""), ++index, true, "b");
            byte[] create = CommandEncoder.batch()
                    .read(key, 1)
                    .require(false, key, 1)
                    .put(key, 1, key, 1)
                    .toCommand();
            assertPrevious(store, create, ++index, false, "");
            apply(store, removeBoth, ++index, WriteResult.applied(2));
            apply(store, removeBoth, ++index, WriteResult.APPLIED);
            assertPrevious(store, create, ++index, true, null);
            store.commit();
            apply(store, removeBoth, ++index, WriteResult.applied(1));
        }
    }

    private static byte[] exchange(byte[] key, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return CommandEncoder.batch()
                .read(key, key.length)
                .put(key, key.length, bytes, bytes.length)
                .toCommand();
    }

    private static void assertPrevious(
            StateStore store, byte[] command, long index, boolean applied, @Nullable String expected) {
        WriteResult result = store.apply(ByteBuffer.wrap(command), index);
        assertThat(result.isApplied()).isEqualTo(applied);
        byte[] previous = result.previous();
        assertThat(previous == null ? null : new String(previous, StandardCharsets.UTF_8))
                .isEqualTo(expected);
    }

    /** Members cut the log into batches each in its own way. */
    @ParameterizedTest
    @MethodSource("engines")
    void results_do_not_depend_on_where_batches_end(EngineProvider provider) throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        try (KVEngine one = open(provider, directory.resolve("one"));
                KVEngine two = open(provider, directory.resolve("two"));
                StateStore often = store(one, provider);
                StateStore seldom = store(two, provider)) {
            for (long index = 1; index <= 600; index++) {
                byte[] command = anyCommand(random);
                WriteResult first = often.apply(ByteBuffer.wrap(command), index);
                WriteResult second = seldom.apply(ByteBuffer.wrap(command), index);
                assertThat(second.encode()).as("entry %d", index).isEqualTo(first.encode());
                often.commit();
                if (index % 40 == 0) {
                    seldom.commit();
                }
            }
            assertThat(content(seldom)).isEqualTo(content(often));
        }
    }

    private static byte[] anyCommand(SplittableRandom random) {
        byte[] key = {(byte) (1 + random.nextInt(3))};
        byte[][] values = {{}, new byte[8], bytes(7), {'1', '2'}, {'x'}};
        byte[] value = values[random.nextInt(values.length)];
        return switch (random.nextInt(9)) {
            case 0, 1 -> CommandEncoder.put(key, 1, value, value.length);
            case 2 -> CommandEncoder.delete(key, 1);
            case 3 -> CommandEncoder.compareAndSet(key, 1, random.nextInt(2) * 7L, value, value.length);
            case 4 ->
                CommandEncoder.batch()
                        .read(key, 1)
                        .requireEqual(key, 1, value, value.length)
                        .put(key, 1, bytes(7), 8)
                        .toCommand();
            case 5 -> CommandEncoder.batch().remove(key, 1).toCommand();
            case 6 -> CommandEncoder.deleteRange(new byte[] {2}, 1, new byte[] {3}, 1);
            default -> CommandEncoder.add(key, 1, random.nextInt(100) - 50L);
        };
    }

    @ParameterizedTest
    @MethodSource("engines")
    void what_was_not_committed_is_not_there_after_reopening(EngineProvider provider) throws IOException {
        SortedMap<Long, Long> committed = new TreeMap<>(Map.of(1L, 5L));
        try (KVEngine engine = open(provider, directory.resolve("engine"));
                StateStore store = store(engine, provider)) {
            apply(store, CommandEncoder.put(bytes(1), 8, bytes(5), 8), 1, WriteResult.APPLIED);
            store.commit();
            apply(store, CommandEncoder.put(bytes(1), 8, bytes(6), 8), 2, WriteResult.APPLIED);
            store.discardPending();
            assertContent(store, committed);
        }
        try (KVEngine engine = open(provider, directory.resolve("engine"));
                StateStore store = store(engine, provider)) {
            assertThat(store.appliedIndex()).isEqualTo(1);
            assertContent(store, committed);
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void a_snapshot_file_replaces_every_record_and_the_applied_index(EngineProvider provider) throws IOException {
        Path file = directory.resolve("snapshot");
        SortedMap<Long, Long> model = new TreeMap<>();
        try (KVEngine engine = open(provider, directory.resolve("source"));
                StateStore source = store(engine, provider)) {
            for (long key = 0; key < 3000; key++) {
                apply(source, CommandEncoder.put(bytes(key), 8, bytes(key + 1), 8), key + 1, WriteResult.APPLIED);
                model.put(key, key + 1);
            }
            source.commit();
            try (FrozenState frozen = source.freeze()) {
                apply(source, CommandEncoder.delete(bytes(0), 8), 3001, WriteResult.APPLIED);
                source.commit();
                SnapshotFile.write(file, frozen, true);
            }
        }
        try (KVEngine engine = open(provider, directory.resolve("target"));
                StateStore target = store(engine, provider)) {
            byte[] largest = new byte[511];
            Arrays.fill(largest, (byte) 0xff);
            apply(target, CommandEncoder.put(largest, 511, bytes(1), 8), 1, WriteResult.APPLIED);
            apply(target, CommandEncoder.put(new byte[1], 1, bytes(1), 8), 2, WriteResult.APPLIED);
            target.commit();
            assertThat(SnapshotFile.verify(file)).isEqualTo(3000);
            SnapshotFile.load(file, target);
            assertThat(target.appliedIndex()).isEqualTo(3000);
            assertContent(target, model);
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void a_replacement_that_was_cut_off_counts_as_no_state_at_all(EngineProvider provider) {
        try (KVEngine engine = open(provider, directory.resolve("engine"));
                StateStore store = store(engine, provider)) {
            apply(store, CommandEncoder.put(bytes(1), 8, bytes(5), 8), 1, WriteResult.APPLIED);
            store.commit();
            store.beginLoad();
            store.load(ByteBuffer.wrap(bytes(2)), ByteBuffer.wrap(bytes(2)));
            store.flushLoad();
        }
        try (KVEngine engine = open(provider, directory.resolve("engine"));
                StateStore store = store(engine, provider)) {
            assertThat(store.isLoading()).isTrue();
            assertThat(store.appliedIndex()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void a_snapshot_file_with_any_byte_changed_is_refused(EngineProvider provider) throws IOException {
        Path file = directory.resolve("snapshot");
        try (KVEngine engine = open(provider, directory.resolve("engine"));
                StateStore store = store(engine, provider)) {
            apply(store, CommandEncoder.put(bytes(1), 8, bytes(5), 8), 1, WriteResult.APPLIED);
            store.commit();
            try (FrozenState frozen = store.freeze()) {
                SnapshotFile.write(file, frozen, false);
            }
        }
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 0x10;
            Files.write(file, damaged);
            assertThatThrownBy(() -> SnapshotFile.verify(file)).as("byte " + i).isInstanceOf(IOException.class);
        }
    }

    private static byte[] bytes(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    @Test
    void a_state_that_cannot_be_read_leaves_nothing_open_in_its_engine() {
        FailingReads provider = new FailingReads(Engines.byId("rocksdb"));
        try (KVEngine engine = open(provider, directory.resolve("engine"))) {
            provider.damage();
            assertThatThrownBy(() -> store(engine, provider)).isInstanceOf(EngineException.Corruption.class);
        }
        provider.heal();
        try (KVEngine engine = open(provider, directory.resolve("engine"));
                StateStore store = store(engine, provider)) {
            assertThat(store.appliedIndex()).isZero();
        }
    }

    @Test
    void closing_waits_for_the_last_frozen_state_and_freezes_nothing_more() throws InterruptedException {
        EngineProvider provider = Engines.byId("rocksdb");
        try (KVEngine engine = open(provider, directory.resolve("engine"))) {
            StateStore store = store(engine, provider);
            FrozenState frozen = store.freeze();
            Thread closer = new Thread(store::close);
            closer.start();
            Await.until("nothing is frozen any more", () -> {
                try (FrozenState late = store.freeze()) {
                    return late.appliedIndex() < 0;
                } catch (IllegalStateException e) {
                    return true;
                }
            });
            assertThat(closer.isAlive()).isTrue();
            frozen.close();
            closer.join(10_000);
            assertThat(closer.isAlive()).isFalse();
            store.close();
        }
    }
}
