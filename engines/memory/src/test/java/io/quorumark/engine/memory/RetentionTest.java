package io.quorumark.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.Health;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Reader;
import io.quorumark.engine.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
    private static final List<Keyspace> KEYSPACES = Keyspace.listOf("kv");
    private static final Keyspace KV = KEYSPACES.get(0);

    @TempDir
    Path parent;

    private KVEngine open(Map<String, String> options) {
        return new MemoryEngineProvider()
                .open(EngineConfig.of(parent.resolve("engine"), KEYSPACES, Durability.PROCESS_CRASH)
                        .withOptions(options));
    }

    private void writeAndSnapshot(KVEngine engine, Session session, int times) {
        for (int i = 0; i < times; i++) {
            session.put(KV, bytes("key" + i), bytes("value"), Durability.PROCESS_CRASH);
            engine.compact();
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private List<Path> snapshots() throws IOException {
        return List.copyOf(LogNames.snapshots(parent.resolve("engine")).values());
    }

    @Test
    void as_many_snapshots_stay_as_asked_and_the_log_since_the_oldest() throws IOException {
        try (KVEngine engine = open(Map.of("snapshot_retain_count", "3"));
                Session session = engine.openSession()) {
            writeAndSnapshot(engine, session, 5);
            assertThat(snapshots()).hasSize(3);
            assertThat(LogNames.logs(parent.resolve("engine")).firstKey()).isEqualTo(4);
            engine.verify();
        }
    }

    @Test
    void young_snapshots_stay_and_old_ones_go() throws IOException {
        Path directory = parent.resolve("engine");
        try (KVEngine engine = open(Map.of("snapshot_retain_age_seconds", "3600"));
                Session session = engine.openSession()) {
            writeAndSnapshot(engine, session, 4);
            assertThat(snapshots()).hasSize(4);
            Files.setLastModifiedTime(
                    LogNames.snapshots(directory).get(2L),
                    FileTime.from(Instant.now().minus(Duration.ofHours(2))));
            session.put(KV, bytes("one more"), bytes("value"), Durability.PROCESS_CRASH);
            engine.compact();
            assertThat(LogNames.snapshots(directory)).containsOnlyKeys(3L, 4L, 5L);
        }
    }

    @Test
    void an_older_snapshot_and_the_log_stand_in_for_a_damaged_one_and_health_says_so() throws IOException {
        Map<String, String> options = Map.of("snapshot_retain_count", "2");
        try (KVEngine engine = open(options);
                Session session = engine.openSession()) {
            writeAndSnapshot(engine, session, 3);
            session.put(KV, bytes("in the log"), bytes("value"), Durability.PROCESS_CRASH);
        }
        Path newest = snapshots().get(1);
        byte[] content = Files.readAllBytes(newest);
        content[content.length / 2] ^= 1;
        Files.write(newest, content);
        try (KVEngine engine = open(options);
                Session session = engine.openSession()) {
            for (String key : List.of("key0", "key1", "key2", "in the log")) {
                assertThat(session.get(KV, bytes(key), ByteBuffer.allocate(10))).isNotEqualTo(Reader.NOT_FOUND);
            }
            assertThat(engine.health().status()).isEqualTo(Health.Status.DEGRADED);
            assertThat(engine.health().findings().get(0))
                    .contains(newest.getFileName().toString(), "recovered from");
            assertThatThrownBy(engine::verify).isInstanceOf(EngineException.Corruption.class);
        }
    }

    @Test
    void a_periodic_sync_promises_no_power_loss_durability_and_forces_by_itself() {
        Map<String, String> periodic = Map.of("log_sync", "periodic", "log_sync_interval_millis", "5");
        assertThatThrownBy(() -> new MemoryEngineProvider()
                        .open(EngineConfig.of(parent.resolve("other"), KEYSPACES, Durability.POWER_LOSS)
                                .withOptions(periodic)))
                .isInstanceOf(EngineException.InvalidOption.class)
                .hasMessageContaining("POWER_LOSS");
        try (KVEngine engine = open(periodic);
                Session session = engine.openSession()) {
            session.put(KV, bytes("key"), bytes("value"), Durability.PROCESS_CRASH);
            long deadlineNanos = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (figure(engine, "log.syncs") == 0) {
                assertThat(System.nanoTime()).as("time to sync").isLessThan(deadlineNanos);
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void a_sync_per_commit_is_one_force_for_each() {
        try (KVEngine engine = new MemoryEngineProvider()
                        .open(EngineConfig.of(parent.resolve("engine"), KEYSPACES, Durability.POWER_LOSS)
                                .withOptions(Map.of("log_sync", "commit")));
                Session session = engine.openSession()) {
            for (int i = 0; i < 10; i++) {
                session.put(KV, bytes("key"), bytes("value"), Durability.POWER_LOSS);
            }
            assertThat(figure(engine, "log.syncs")).isEqualTo(10);
        }
    }

    private static double figure(KVEngine engine, String name) {
        return engine.stats().entries().stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }
}
