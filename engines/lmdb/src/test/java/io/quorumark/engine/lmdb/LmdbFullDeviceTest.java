package io.quorumark.engine.lmdb;

import static io.quorumark.engine.lmdb.Fixture.LOG;
import static io.quorumark.engine.lmdb.Fixture.STATE;
import static io.quorumark.engine.lmdb.Fixture.bytes;
import static io.quorumark.engine.lmdb.Fixture.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.Health;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Session;
import io.quorumark.engine.Snapshot;
import io.quorumark.engine.WriteBatch;
import io.quorumark.engine.durability.SmallDevice;
import io.quorumark.engine.tck.Expect;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A map or a device without room, and a device that cannot be written to. */
class LmdbFullDeviceTest {
    private static final int DEVICE_MEBIBYTES = 16;
    private static final int MORE_BATCHES_THAN_FIT = 2_000;
    private static final long MAP_BYTES = 8 << 20;
    private static final ByteBuffer VALUE = ByteBuffer.allocate(16 << 10);

    @TempDir
    private Path folder;

    private SmallDevice device() throws Exception {
        Optional<SmallDevice> device = SmallDevice.mountAt(folder.resolve("device"), DEVICE_MEBIBYTES);
        assumeTrue(device.isPresent(), SmallDevice.NEEDS);
        return device.get();
    }

    @ParameterizedTest
    @EnumSource(names = {"PROCESS_CRASH", "POWER_LOSS"})
    void a_device_that_fills_up_within_a_batch_loses_nothing_acknowledged_and_nothing_is_torn(Durability durability)
            throws Exception {
        try (SmallDevice device = device()) {
            Fixture data = new Fixture(device.path().resolve("data"));
            int acknowledged;
            Path ballast;
            try (KVEngine engine = data.open(durability);
                    Session session = engine.openSession()) {
                assertThat(engine.health()).isEqualTo(Health.GOOD);
                ballast = device.fillBut(2 << 20);
                acknowledged = commitUntilFull(session, durability, "make room on the device");
                assertThat(engine.health().findings())
                        .anySatisfy(finding -> assertThat(finding).contains("make room"));
                assertPrefix(session, acknowledged);
            }
            try (KVEngine engine = data.open(durability);
                    Session session = engine.openSession()) {
                assertPrefix(session, acknowledged);
                Files.delete(ballast);
                session.put(STATE, bytes("after"), bytes("value"), durability);
                engine.verify();
                assertThat(engine.health()).isEqualTo(Health.GOOD);
            }
        }
    }

    @Test
    void a_map_that_fills_up_within_a_batch_loses_nothing_and_shows_in_the_health_before() {
        Durability durability = Durability.PROCESS_CRASH;
        Fixture data = new Fixture(folder.resolve("data"));
        int acknowledged;
        try (KVEngine engine = Fixture.PROVIDER.open(
                        data.config(durability).withMemoryBudgetBytes(MAP_BYTES).withMaxDataBytes(MAP_BYTES));
                Session session = engine.openSession()) {
            acknowledged = commitUntilFull(session, durability, "raise maxDataBytes");
            assertPrefix(session, acknowledged);
            assertThat(engine.health().status()).isEqualTo(Health.Status.DEGRADED);
            assertThat(engine.health().findings()).anyMatch(finding -> finding.contains("the map is nearly full"));
        }
        try (KVEngine engine = data.open(durability);
                Session session = engine.openSession()) {
            assertPrefix(session, acknowledged);
            session.put(STATE, bytes("after"), bytes("value"), durability);
            Expect.nothingWrong(engine);
        }
    }

    @Test
    void readers_can_be_opened_on_a_full_device() throws Exception {
        try (SmallDevice device = device();
                KVEngine engine = new Fixture(device.path().resolve("data")).open(Durability.PROCESS_CRASH);
                Session session = engine.openSession()) {
            session.put(STATE, bytes("key"), bytes("value"), Durability.PROCESS_CRASH);
            device.fillBut(0);
            // More than the first page of the reader table has room for: the others must have their room already, as a
            // page of a map that finds none ends the process.
            Deque<Snapshot> snapshots = new ArrayDeque<>();
            for (int i = 0; i < 500; i++) {
                snapshots.push(session.openSnapshot());
                assertThat(get(snapshots.getFirst(), STATE, "key")).isEqualTo("value");
            }
            snapshots.forEach(Snapshot::close);
        }
    }

    @Test
    void a_device_without_room_for_an_environment_is_full_and_not_the_end_of_the_process() throws Exception {
        try (SmallDevice device = device()) {
            Fixture data = new Fixture(device.path().resolve("data"));
            // For nothing at all, for a part of the reader table, and for that but no data.
            for (long freeBytes : new long[] {0, 8 << 10, 60 << 10}) {
                Path ballast = device.fillBut(freeBytes);
                assertThatThrownBy(() -> data.open(Durability.PROCESS_CRASH))
                        .isInstanceOf(EngineException.Full.class)
                        .hasMessageContaining("make room");
                Files.delete(ballast);
            }
            data.open(Durability.PROCESS_CRASH).close();
        }
    }

    @Test
    void a_folder_that_cannot_be_written_to_is_an_io_error() throws Exception {
        try (SmallDevice device = device()) {
            Fixture data = new Fixture(device.path().resolve("data"));
            data.open(Durability.POWER_LOSS).close();
            device.makeReadOnly();
            assertThatThrownBy(() -> data.open(Durability.POWER_LOSS))
                    .isInstanceOf(EngineException.Io.class)
                    .hasMessageContaining("permissions");
            Fixture absent = new Fixture(device.path().resolve("absent"));
            assertThatThrownBy(() -> absent.open(Durability.POWER_LOSS)).isInstanceOf(EngineException.Io.class);
        }
    }

    /** @return how many batches were acknowledged before the one that was refused */
    private static int commitUntilFull(Session session, Durability durability, String remedy) {
        try (WriteBatch batch = session.newBatch()) {
            for (int i = 0; i < MORE_BATCHES_THAN_FIT; i++) {
                batch.clear();
                batch.put(STATE, bytes("key" + i), bytes("value"));
                batch.put(LOG, bytes("key" + i), VALUE);
                try {
                    session.commit(batch, durability);
                } catch (EngineException.Full full) {
                    assertThat(full).hasMessageContaining(remedy);
                    return i;
                }
            }
            throw new AssertionError("it never was full");
        }
    }

    private static void assertPrefix(Session session, int acknowledged) {
        for (int i = 0; i < acknowledged; i++) {
            assertThat(session.get(LOG, bytes("key" + i), ByteBuffer.allocate(0)))
                    .isEqualTo(VALUE.capacity());
            assertThat(get(session, STATE, "key" + i)).isEqualTo("value");
        }
        assertThat(get(session, STATE, "key" + acknowledged))
                .as("the commit that was refused")
                .isNull();
        assertThat(session.get(LOG, bytes("key" + acknowledged), ByteBuffer.allocate(0)))
                .isNegative();
    }
}
