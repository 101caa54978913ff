package io.quorumark.engine.redb;

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
import io.quorumark.engine.durability.SmallDevice;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a write that failed, redb refuses everything until the file is opened again, whether there is room again or not. */
class RedbFullDeviceTest {
    private static final List<Keyspace> KEYSPACES = Keyspace.listOf("one");
    private static final int MEBIBYTES = 32;

    private final RedbEngineProvider provider = new RedbEngineProvider();

    @TempDir
    Path folder;

    @Test
    void an_engine_that_met_a_full_device_has_failed_until_it_is_opened_again() throws Exception {
        assumeTrue(provider.unavailable().isEmpty(), provider.unavailable().orElse(""));
        Optional<SmallDevice> mounted = SmallDevice.mountAt(folder.resolve("device"), MEBIBYTES);
        assumeTrue(mounted.isPresent(), SmallDevice.NEEDS);
        try (SmallDevice device = mounted.get()) {
            EngineConfig config = EngineConfig.of(device.path().resolve("engine"), KEYSPACES, Durability.POWER_LOSS);
            KVEngine failed = provider.open(config);
            try (Session session = failed.openSession()) {
                Path ballast = device.fillBut(1 << 20);
                assertThatThrownBy(() -> fill(session))
                        .isInstanceOf(EngineException.Full.class)
                        .hasMessageContaining("closed and opened again");
                Files.delete(ballast);
                assertThat(failed.health().status()).isEqualTo(Health.Status.FAILED);
            }
            assertThatThrownBy(failed::close).isInstanceOf(EngineException.Io.class);
            try (KVEngine engine = provider.open(config);
                    Session session = engine.openSession()) {
                put(session, 0);
                assertThat(engine.health()).isEqualTo(Health.GOOD);
            }
        }
    }

    private static void fill(Session session) {
        for (int i = 0; i < MEBIBYTES; i++) {
            put(session, i);
        }
    }

    private static void put(Session session, int key) {
        session.put(
                KEYSPACES.get(0),
                ByteBuffer.allocate(4).putInt(0, key),
                ByteBuffer.allocate(1 << 20),
                Durability.POWER_LOSS);
    }
}
