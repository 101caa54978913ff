package io.quorumark.engine.rocksdb;

import static io.quorumark.engine.rocksdb.Fixture.LOG;
import static io.quorumark.engine.rocksdb.Fixture.STATE;
import static io.quorumark.engine.rocksdb.Fixture.bytes;
import static io.quorumark.engine.rocksdb.Fixture.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.Health;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import io.quorumark.engine.durability.SmallDevice;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A device without room, and one that cannot be written to. */
class RocksDbFullDeviceTest {
    private static final int DEVICE_MEBIBYTES = 24;
    private static final int MORE_BATCHES_THAN_FIT = 1_000;
    private static final ByteBuffer VALUE = ByteBuffer.allocate(32 << 10);

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
            KVEngine full = data.open(durability);
            assertThat(full.health()).isEqualTo(Health.GOOD);
            Path ballast = device.fillBut(4 << 20);
            int acknowledged = commitUntilFull(full, durability);
            assertThat(full.health().status()).isEqualTo(Health.Status.FAILED);
            assertThat(full.health().findings())
                    .anySatisfy(finding ->
                            assertThat(finding).contains("commits are refused").contains("open it again"))
                    .anySatisfy(finding -> assertThat(finding).contains("make room"));
            assertThatThrownBy(full::close)
                    .isInstanceOf(EngineException.Io.class)
                    .hasMessageContaining("it is closed and keeps what was acknowledged");
            full.close();
            Files.delete(ballast);
            try (KVEngine engine = data.open(durability);
                    Session session = engine.openSession()) {
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
                session.put(STATE, bytes("after"), bytes("value"), durability);
                assertThat(engine.health()).isEqualTo(Health.GOOD);
            }
        }
    }

    /** @return how many batches were acknowledged before the one that was refused */
    private static int commitUntilFull(KVEngine engine, Durability durability) {
        try (Session session = engine.openSession();
                WriteBatch batch = session.newBatch()) {
            for (int i = 0; i < MORE_BATCHES_THAN_FIT; i++) {
                batch.clear();
                batch.put(LOG, bytes("key" + i), VALUE);
                batch.put(STATE, bytes("key" + i), bytes("value"));
                try {
                    session.commit(batch, durability);
                } catch (EngineException.Full full) {
                    assertThat(full).hasMessageContaining("make room on the device");
                    assertThatThrownBy(() -> session.commit(batch, durability)).isInstanceOf(EngineException.class);
                    assertThat(get(session, STATE, "key" + (i - 1)))
                            .as("reads go on")
                            .isEqualTo("value");
                    return i;
                }
            }
            throw new AssertionError("the device never was full");
        }
    }

    @Test
    void a_nearly_full_device_shows_in_the_health_before_commits_fail() throws Exception {
        try (SmallDevice device = device();
                KVEngine engine = new Fixture(device.path().resolve("data")).open(Durability.PROCESS_CRASH)) {
            Path ballast = device.fillBut(1 << 20);
            assertThat(engine.health().status()).isEqualTo(Health.Status.DEGRADED);
            assertThat(engine.health().findings()).singleElement().asString().contains("less than 5 %");
            Files.delete(ballast);
            assertThat(engine.health()).isEqualTo(Health.GOOD);
        }
    }

    @Test
    void a_folder_that_cannot_be_written_to_is_an_io_error_and_is_left_as_it_was() throws Exception {
        try (SmallDevice device = device()) {
            Fixture data = new Fixture(device.path().resolve("data"));
            data.open(Durability.POWER_LOSS).close();
            device.makeReadOnly();
            assertThatThrownBy(() -> data.open(Durability.POWER_LOSS))
                    .isInstanceOf(EngineException.Io.class)
                    .hasMessageContaining("Read-only file system");
            Fixture absent = new Fixture(device.path().resolve("absent"));
            assertThatThrownBy(() -> absent.open(Durability.POWER_LOSS)).isInstanceOf(EngineException.Io.class);
        }
    }
}
