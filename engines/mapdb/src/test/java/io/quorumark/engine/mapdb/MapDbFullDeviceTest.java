package io.quorumark.engine.mapdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.Health;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import io.quorumark.engine.durability.SmallDevice;
import io.quorumark.engine.tck.Expect;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A device without room, under an engine that promises nothing but must lose nothing while it is closed and opened. */
class MapDbFullDeviceTest {
    private static final int DEVICE_MEBIBYTES = 24;
    private static final int MORE_BATCHES_THAN_FIT = 5_000;
    private static final List<Keyspace> KEYSPACES = Keyspace.listOf("log", "state");
    private static final Keyspace LOG = KEYSPACES.get(0);
    private static final Keyspace STATE = KEYSPACES.get(1);

    @TempDir
    private Path folder;

    private SmallDevice device() throws Exception {
        Optional<SmallDevice> device = SmallDevice.mountAt(folder.resolve("device"), DEVICE_MEBIBYTES);
        assumeTrue(device.isPresent(), SmallDevice.NEEDS);
        return device.get();
    }

    private static KVEngine open(Path directory) {
        return new MapDbEngineProvider().open(EngineConfig.of(directory, KEYSPACES, Durability.NONE));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    private static void put(Session session, String key) {
        session.put(STATE, bytes(key), bytes("value"), Durability.NONE);
    }

    private static int length(Session session, Keyspace keyspace, String key) {
        return session.get(keyspace, bytes(key), ByteBuffer.allocate(0));
    }

    @ParameterizedTest
    @CsvSource({"16384, 1", "100, 500", "3, 3000"})
    void a_device_that_fills_up_loses_nothing_acknowledged_and_nothing_is_torn(int valueBytes, int valuesPerBatch)
            throws Exception {
        try (SmallDevice device = device()) {
            Path data = device.path().resolve("data");
            int acknowledged;
            Path ballast;
            try (KVEngine engine = open(data);
                    Session session = engine.openSession()) {
                put(session, "first");
                ballast = device.fillBut(3 << 20);
                acknowledged = commitUntilFull(session, valueBytes, valuesPerBatch);
                assertWhole(session, acknowledged, valueBytes, valuesPerBatch);
                engine.verify();
            }
            try (KVEngine engine = open(data);
                    Session session = engine.openSession()) {
                assertWhole(session, acknowledged, valueBytes, valuesPerBatch);
            }
            Files.delete(ballast);
            try (KVEngine engine = open(data);
                    Session session = engine.openSession()) {
                engine.verify();
                assertWhole(session, acknowledged, valueBytes, valuesPerBatch);
                put(session, "after");
                assertThat(engine.health()).isEqualTo(Health.GOOD);
            }
        }
    }

    /** @return how many batches were acknowledged before the one that was refused */
    private static int commitUntilFull(Session session, int valueBytes, int valuesPerBatch) {
        ByteBuffer value = ByteBuffer.allocate(valueBytes);
        try (WriteBatch batch = session.newBatch()) {
            for (int i = 0; i < MORE_BATCHES_THAN_FIT; i++) {
                batch.clear();
                batch.put(STATE, bytes("key" + i), bytes("value"));
                for (int j = 0; j < valuesPerBatch; j++) {
                    batch.put(LOG, bytes("key" + i + "-" + j), value);
                }
                try {
                    session.commit(batch, Durability.NONE);
                } catch (EngineException.Full full) {
                    assertThat(full).hasMessageContaining("make room").hasMessageNotContaining("\n");
                    assertThatThrownBy(() -> session.commit(batch, Durability.NONE))
                            .as("the same commit again")
                            .isInstanceOf(EngineException.Full.class);
                    return i;
                }
            }
            throw new AssertionError("the device never was full");
        }
    }

    private static void assertWhole(Session session, int acknowledged, int valueBytes, int valuesPerBatch) {
        assertThat(acknowledged).as("batches before the device was full").isPositive();
        for (int i = 0; i < acknowledged; i++) {
            assertThat(length(session, STATE, "key" + i)).as("batch %d", i).isEqualTo(5);
            for (int j = 0; j < valuesPerBatch; j++) {
                assertThat(length(session, LOG, "key" + i + "-" + j)).isEqualTo(valueBytes);
            }
        }
        assertThat(length(session, STATE, "key" + acknowledged))
                .as("the commit that was refused")
                .isNegative();
        assertThat(length(session, LOG, "key" + acknowledged + "-0")).isNegative();
    }

    /** MapDB writes a leaf anew for each key that goes, so that a deletion needs room, which a full device does not have. */
    @ParameterizedTest
    @CsvSource({"true, 8", "false, 8", "false, 100"})
    void a_deletion_of_more_keys_than_there_is_room_for_is_refused_whole(boolean outsideNodes, int valueBytes)
            throws Exception {
        Optional<SmallDevice> mounted = SmallDevice.mountAt(folder.resolve("device"), DEVICE_MEBIBYTES + 16);
        assumeTrue(mounted.isPresent(), SmallDevice.NEEDS);
        int keys = 50_000;
        EngineConfig config = EngineConfig.of(mounted.get().path().resolve("data"), KEYSPACES, Durability.NONE)
                .withOptions(Map.of(MapDbSettings.VALUES_OUTSIDE_NODES, Boolean.toString(outsideNodes)));
        try (SmallDevice device = mounted.get();
                KVEngine engine = new MapDbEngineProvider().open(config);
                Session session = engine.openSession();
                WriteBatch batch = session.newBatch()) {
            ByteBuffer value = ByteBuffer.allocate(valueBytes);
            for (int i = 0; i < keys; i++) {
                batch.put(LOG, bytes("key%06d".formatted(i)), value);
                if (i % 10_000 == 9_999) {
                    session.commit(batch, Durability.NONE);
                    batch.clear();
                }
            }
            device.fillBut(4 << 20);
            batch.put(STATE, bytes("with it"), bytes("value"));
            batch.deleteRange(LOG, bytes("key"), bytes("kez"));
            assertThatThrownBy(() -> session.commit(batch, Durability.NONE))
                    .isInstanceOf(EngineException.Full.class)
                    .hasMessageContaining("delete fewer keys at a time")
                    .hasMessageNotContaining("\n");
            assertThat(length(session, STATE, "with it")).isNegative();
            // by hundreds it goes, in the room that the store keeps, until that is used up
            int deleted = 0;
            try {
                for (; deleted < keys; deleted += 100) {
                    batch.clear();
                    batch.deleteRange(
                            LOG, bytes("key%06d".formatted(deleted)), bytes("key%06d".formatted(deleted + 100)));
                    session.commit(batch, Durability.NONE);
                }
            } catch (EngineException.Full full) {
                assertThat(full).hasMessageContaining("make room");
            }
            assertThat(deleted).isPositive();
            assertThat(length(session, LOG, "key%06d".formatted(deleted - 1))).isNegative();
            if (deleted < keys) {
                assertThat(length(session, LOG, "key%06d".formatted(deleted))).isEqualTo(valueBytes);
            }
            engine.verify();
        }
    }

    @Test
    void many_keys_are_deleted_at_once_by_an_interrupted_thread_too() {
        try (KVEngine engine = open(folder.resolve("data"));
                Session session = engine.openSession();
                WriteBatch batch = session.newBatch()) {
            for (int i = 0; i < 50_000; i++) {
                batch.put(LOG, bytes("key%06d".formatted(i)), bytes("value"));
            }
            session.commit(batch, Durability.NONE);
            batch.clear();
            batch.deleteRange(LOG, bytes("key"), bytes("kez"));
            Thread.currentThread().interrupt();
            try {
                session.commit(batch, Durability.NONE);
            } finally {
                assertThat(Thread.interrupted()).as("still interrupted").isTrue();
            }
            assertThat(length(session, LOG, "key000000")).isNegative();
            assertThat(length(session, LOG, "key049999")).isNegative();
            put(session, "after");
            engine.verify();
            Expect.nothingWrong(engine);
        }
    }

    @Test
    void a_commit_that_is_refused_gives_back_the_room_that_it_has_tried_to_take() throws Exception {
        try (SmallDevice device = device();
                KVEngine engine = open(device.path().resolve("data"));
                Session session = engine.openSession()) {
            put(session, "first");
            device.fillBut(3 << 20);
            long freeBefore = Files.getFileStore(device.path()).getUsableSpace();
            ByteBuffer tooLarge = ByteBuffer.allocate(2 << 20);
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> session.put(LOG, bytes("large"), tooLarge, Durability.NONE))
                        .isInstanceOf(EngineException.Full.class);
            }
            assertThat(Files.getFileStore(device.path()).getUsableSpace())
                    .as("room on the device")
                    .isEqualTo(freeBefore);
            put(session, "small");
            assertThat(length(session, STATE, "small")).isEqualTo(5);
        }
    }

    @Test
    void a_store_is_closed_and_opened_again_without_any_room() throws Exception {
        try (SmallDevice device = device()) {
            Path data = device.path().resolve("data");
            try (KVEngine engine = open(data);
                    Session session = engine.openSession()) {
                put(session, "key");
                device.fillBut(0);
                engine.sync();
                put(session, "in the room that there is");
            }
            try (KVEngine engine = open(data);
                    Session session = engine.openSession()) {
                assertThat(length(session, STATE, "key")).isEqualTo(5);
                assertThat(length(session, STATE, "in the room that there is")).isEqualTo(5);
                engine.verify();
            }
        }
    }

    @Test
    void a_device_without_room_for_a_store_is_full_and_takes_one_when_there_is_room() throws Exception {
        try (SmallDevice device = device()) {
            Path data = device.path().resolve("data");
            // for nothing at all, for the mark, and for that and a part of the store
            for (long freeBytes : new long[] {0, 8 << 10, 600 << 10, 1 << 20}) {
                Path ballast = device.fillBut(freeBytes);
                assertThatThrownBy(() -> open(data))
                        .as("%d bytes free", freeBytes)
                        .isInstanceOf(EngineException.Full.class)
                        .hasMessageContaining("make room");
                Files.delete(ballast);
            }
            try (KVEngine engine = open(data);
                    Session session = engine.openSession()) {
                put(session, "key");
                assertThat(engine.health()).isEqualTo(Health.GOOD);
            }
        }
    }

    @Test
    void snapshots_and_checkpoints_without_room_are_refused_and_leave_the_store_as_it_is() throws Exception {
        try (SmallDevice device = device();
                KVEngine engine = open(device.path().resolve("data"));
                Session session = engine.openSession()) {
            put(session, "key");
            Path ballast = device.fillBut(64 << 10);
            Path target = device.path().resolve("checkpoint");
            assertThatThrownBy(session::openSnapshot).isInstanceOf(EngineException.Full.class);
            assertThatThrownBy(() -> engine.checkpoint(target)).isInstanceOf(EngineException.Full.class);
            assertThat(target).doesNotExist();
            Files.delete(ballast);
            session.openSnapshot().close();
            assertThat(engine.checkpoint(target).directory()).isEqualTo(target);
            assertThat(length(session, STATE, "key")).isEqualTo(5);
        }
    }

    @Test
    void a_folder_that_cannot_be_written_to_is_an_io_error() throws Exception {
        try (SmallDevice device = device()) {
            Path data = device.path().resolve("data");
            open(data).close();
            device.makeReadOnly();
            assertThatThrownBy(() -> open(data)).isInstanceOf(EngineException.Io.class);
            assertThatThrownBy(() -> open(device.path().resolve("absent"))).isInstanceOf(EngineException.Io.class);
        }
    }
}
