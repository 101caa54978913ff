package io.quorumark.engine.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.engine.Backup;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.Health;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import io.quorumark.engine.Transaction;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What RocksDB can do beyond the shared contract, where the conformance kit cannot look. */
class RocksDbAbilitiesTest {
    private static final List<Keyspace> KEYSPACES = Keyspace.listOf("kv");
    private static final Keyspace KV = KEYSPACES.get(0);

    @TempDir
    Path parent;

    private KVEngine open(String folder, Map<String, String> options) {
        return new RocksDbEngineProvider()
                .open(EngineConfig.of(parent.resolve(folder), KEYSPACES, Durability.PROCESS_CRASH)
                        .withOptions(options));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void fill(Session session, int from, int to) {
        for (int i = from; i < to; i++) {
            session.put(KV, bytes("key" + i), bytes("the same value ".repeat(50)), Durability.PROCESS_CRASH);
        }
    }

    @Test
    void a_second_backup_copies_what_is_new_and_each_can_be_restored() {
        Path backups = parent.resolve("backups");
        try (KVEngine engine = open("engine", Map.of());
                Session session = engine.openSession()) {
            fill(session, 0, 2000);
            Backup first = engine.backup(backups);
            fill(session, 2000, 2010);
            Backup second = engine.backup(backups);
            assertThat(first.number()).isEqualTo(1);
            assertThat(second.number()).isEqualTo(2);
            assertThat(second.addedBytes()).isLessThan(first.addedBytes() / 4);
            assertThat(second.totalBytes()).isGreaterThan(first.totalBytes());
        }
        new RocksDbEngineProvider().restoreBackup(backups, 1, parent.resolve("first"));
        try (KVEngine engine = open("first", Map.of());
                Session session = engine.openSession()) {
            assertThat(session.get(KV, bytes("key1999"), ByteBuffer.allocate(0)))
                    .isPositive();
            assertThat(session.get(KV, bytes("key2000"), ByteBuffer.allocate(0)))
                    .isNegative();
        }
        assertThatThrownBy(() -> new RocksDbEngineProvider().restoreBackup(backups, 1, parent.resolve("first")))
                .isInstanceOf(EngineException.Io.class)
                .hasMessageContaining("exists");
        assertThatThrownBy(() -> new RocksDbEngineProvider().restoreBackup(backups, 7, parent.resolve("seventh")))
                .isInstanceOf(EngineException.Corruption.class)
                .hasMessageContaining("no backup 7, expected one of [1, 2]");
    }

    @Test
    void a_damaged_backup_is_not_restored() throws IOException {
        Path backups = parent.resolve("backups");
        try (KVEngine engine = open("engine", Map.of());
                Session session = engine.openSession()) {
            fill(session, 0, 500);
            engine.backup(backups);
        }
        flipAByteOf(largest(backups));
        assertThatThrownBy(() -> new RocksDbEngineProvider().restoreBackup(backups, 1, parent.resolve("restored")))
                .isInstanceOf(EngineException.Corruption.class);
        assertThat(parent.toFile().list()).doesNotContain("restored", "restored.restoring");
    }

    @Test
    void a_folder_that_holds_no_backups_is_left_alone() throws IOException {
        Path other = Files.createDirectory(parent.resolve("other"));
        Files.writeString(other.resolve("letter"), "dear reader");
        try (KVEngine engine = open("engine", Map.of())) {
            assertThatThrownBy(() -> engine.backup(other))
                    .isInstanceOf(EngineException.Io.class)
                    .hasMessageContaining("something else than backups");
        }
        assertThat(other.toFile().list()).containsExactly("letter");
    }

    @Test
    void a_changed_byte_in_a_table_is_found_by_verifying() throws IOException {
        try (KVEngine engine = open("engine", Map.of());
                Session session = engine.openSession()) {
            fill(session, 0, 500);
            engine.compact();
            engine.verify();
            flipAByteOf(largest(parent.resolve("engine")));
            assertThatThrownBy(engine::verify).isInstanceOf(EngineException.Corruption.class);
        }
    }

    @Test
    void every_compression_makes_repetitive_values_smaller_on_the_device() throws IOException {
        long plain = bytesWith("none");
        for (String compression : List.of("lz4", "snappy", "zstd")) {
            assertThat(bytesWith(compression)).as(compression).isLessThan(plain / 3);
        }
    }

    private long bytesWith(String compression) throws IOException {
        try (KVEngine engine = open(compression, Map.of("compression", compression));
                Session session = engine.openSession()) {
            fill(session, 0, 2000);
            engine.compact();
        }
        return Files.size(largest(parent.resolve(compression)));
    }

    @Test
    void a_transaction_that_read_what_another_commit_changed_conflicts() {
        try (KVEngine engine = open("engine", Map.of());
                Session session = engine.openSession()) {
            session.put(KV, bytes("a"), bytes("1"), Durability.PROCESS_CRASH);
            try (Transaction transaction = session.openTransaction()) {
                assertThat(transaction.get(KV, bytes("a"), ByteBuffer.allocate(8)))
                        .isEqualTo(1);
                transaction.put(KV, bytes("b"), bytes("from a"));
                session.put(KV, bytes("a"), bytes("2"), Durability.PROCESS_CRASH);
                assertThatThrownBy(() -> transaction.commit(Durability.PROCESS_CRASH))
                        .isInstanceOf(EngineException.Conflict.class)
                        .hasMessageContaining("run the transaction again");
            }
            assertThat(session.get(KV, bytes("b"), ByteBuffer.allocate(8))).isNegative();
        }
    }

    @Test
    void an_engine_at_work_is_in_good_health() {
        try (KVEngine engine = open("engine", Map.of())) {
            assertThat(engine.health()).isEqualTo(Health.GOOD);
        }
    }

    private static Path largest(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".sst"))
                    .max((left, right) ->
                            Long.compare(left.toFile().length(), right.toFile().length()))
                    .orElseThrow();
        }
    }

    private static void flipAByteOf(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(100);
            int old = file.read();
            file.seek(100);
            file.write(old ^ 1);
        }
    }
}
