package io.quorumark.engine.rocksdb;

import static io.quorumark.engine.rocksdb.Fixture.LOG;
import static io.quorumark.engine.rocksdb.Fixture.PROVIDER;
import static io.quorumark.engine.rocksdb.Fixture.bytes;
import static io.quorumark.engine.rocksdb.Fixture.fill;
import static io.quorumark.engine.rocksdb.Fixture.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.engine.Backup;
import io.quorumark.engine.Checkpoint;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of a database: backups that share files, sealed checkpoints, and what is done about damaged ones. */
class RocksDbBackupTest {
    private static final ByteBuffer VALUE = ByteBuffer.allocate(1 << 10);

    @TempDir
    private Path folder;

    @Test
    void a_second_backup_adds_only_what_is_new_and_each_can_be_restored() throws IOException {
        Path backups = folder.resolve("backups");
        try (KVEngine engine = data().open(Durability.PROCESS_CRASH);
                Session session = engine.openSession()) {
            fill(session, 0, 2_000, VALUE);
            Backup first = engine.backup(backups);
            fill(session, 2_000, 2_010, VALUE);
            Backup second = engine.backup(backups);
            assertThat(first.number()).isEqualTo(1);
            assertThat(first.folder()).isEqualTo(backups);
            assertThat(first.addedBytes()).isGreaterThan(2_000 << 10);
            assertThat(second.number()).isEqualTo(2);
            assertThat(second.addedBytes()).isPositive().isLessThan(100 << 10);
            assertThat(second.totalBytes()).isGreaterThan(first.totalBytes());
        }
        PROVIDER.restoreBackup(backups, 1, folder.resolve("first"));
        PROVIDER.restoreBackup(backups, 2, folder.resolve("second"));
        assertThat(lastKeys("first")).containsExactly(true, false);
        assertThat(lastKeys("second")).containsExactly(true, true);
        assertThat(names()).containsExactlyInAnyOrder("data", "backups", "first", "second");
    }

    private Stream<Boolean> lastKeys(String name) {
        try (KVEngine engine = new Fixture(folder.resolve(name)).open(Durability.PROCESS_CRASH);
                Session session = engine.openSession()) {
            ByteBuffer target = ByteBuffer.allocate(1 << 10);
            return Stream.of("key1999", "key2009")
                    .map(key -> session.get(LOG, bytes(key), target.clear()) == VALUE.capacity())
                    .toList()
                    .stream();
        }
    }

    @Test
    void a_backup_without_a_log_holds_what_was_in_memory_only() {
        try (KVEngine engine = data().open(Durability.NONE);
                Session session = engine.openSession()) {
            session.put(LOG, bytes("key"), bytes("value"), Durability.NONE);
            engine.backup(folder.resolve("backups"));
        }
        PROVIDER.restoreBackup(folder.resolve("backups"), 1, folder.resolve("restored"));
        try (KVEngine engine = new Fixture(folder.resolve("restored")).open(Durability.NONE);
                Session session = engine.openSession()) {
            assertThat(get(session, LOG, "key")).isEqualTo("value");
        }
    }

    @Test
    void a_backup_that_is_damaged_shortened_or_not_there_is_not_restored_and_nothing_is_left() throws IOException {
        Path backups = folder.resolve("backups");
        try (KVEngine engine = data().open(Durability.PROCESS_CRASH);
                Session session = engine.openSession()) {
            fill(session, 0, 500, VALUE);
            engine.backup(backups);
        }
        assertThatThrownBy(() -> PROVIDER.restoreBackup(backups, 7, folder.resolve("restored")))
                .isInstanceOf(EngineException.Corruption.class)
                .hasMessageContaining("no backup 7, expected one of [1]");
        Fixture.changeAByte(Fixture.largestTable(backups), 1_000);
        assertThatThrownBy(() -> PROVIDER.restoreBackup(backups, 1, folder.resolve("restored")))
                .isInstanceOf(EngineException.Corruption.class);
        Files.write(Fixture.largestTable(backups), new byte[10]);
        assertThatThrownBy(() -> PROVIDER.restoreBackup(backups, 1, folder.resolve("restored")))
                .isInstanceOf(EngineException.Corruption.class);
        Files.delete(backups.resolve("meta").resolve("1"));
        Files.writeString(backups.resolve("meta").resolve("1"), "no such thing");
        assertThatThrownBy(() -> PROVIDER.restoreBackup(backups, 1, folder.resolve("restored")))
                .isInstanceOf(EngineException.Corruption.class)
                .hasMessageContaining("backup 1 is damaged");
        assertThatThrownBy(() -> PROVIDER.restoreBackup(folder.resolve("absent"), 1, folder.resolve("restored")))
                .isInstanceOf(EngineException.Corruption.class)
                .hasMessageContaining("expected one of []");
        assertThat(names()).containsExactlyInAnyOrder("data", "backups");
    }

    @Test
    void folders_that_hold_other_things_are_left_alone() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("letter"), "dear reader");
        try (KVEngine engine = data().open(Durability.PROCESS_CRASH)) {
            assertThatThrownBy(() -> engine.backup(other))
                    .isInstanceOf(EngineException.Io.class)
                    .hasMessageContaining("letter");
            engine.backup(folder.resolve("backups"));
        }
        assertThatThrownBy(() -> PROVIDER.restoreBackup(folder.resolve("backups"), 1, other))
                .isInstanceOf(EngineException.Io.class)
                .hasMessageContaining("exists");
        assertThat(other.toFile().list()).containsExactly("letter");
    }

    @Test
    void a_checkpoint_is_sealed_can_be_restored_and_opens_where_it_is() throws IOException {
        Path copy = folder.resolve("copy");
        try (KVEngine engine = data().open(Durability.PROCESS_CRASH);
                Session session = engine.openSession()) {
            fill(session, 0, 100, VALUE);
            Checkpoint checkpoint = engine.checkpoint(copy);
            assertThat(checkpoint.directory()).isEqualTo(copy);
            assertThat(Checkpoint.verify("rocksdb", copy).bytes()).isEqualTo(checkpoint.bytes());
            assertThatThrownBy(() -> engine.checkpoint(copy)).isInstanceOf(EngineException.Io.class);
            assertThatThrownBy(() -> engine.checkpoint(folder.resolve("absent/copy")))
                    .isInstanceOf(EngineException.Io.class);
        }
        Checkpoint.restore("rocksdb", copy, folder.resolve("restored"));
        assertThat(lastKeyOf100("restored")).isTrue();
        assertThat(lastKeyOf100("copy")).isTrue();
        assertThat(names()).containsExactlyInAnyOrder("data", "copy", "restored");
        assertThatThrownBy(() -> Checkpoint.verify("rocksdb", copy))
                .as("opened, so no longer what was sealed")
                .isInstanceOf(EngineException.Corruption.class);
    }

    private boolean lastKeyOf100(String name) {
        try (KVEngine engine = new Fixture(folder.resolve(name)).open(Durability.PROCESS_CRASH);
                Session session = engine.openSession()) {
            return session.get(LOG, bytes("key99"), ByteBuffer.allocate(1 << 10)) == VALUE.capacity();
        }
    }

    @Test
    void verifying_finds_a_changed_byte_in_any_keyspaces_tables() throws IOException {
        try (KVEngine engine = data().open(Durability.PROCESS_CRASH);
                Session session = engine.openSession()) {
            session.put(Fixture.STATE, bytes("key"), bytes("value"), Durability.PROCESS_CRASH);
            fill(session, 0, 500, VALUE);
            engine.compact();
            engine.verify();
            List<Path> tables = Fixture.tables(folder.resolve("data"));
            assertThat(tables).hasSize(2);
            for (Path table : tables) {
                Fixture.changeAByte(table, 3);
                assertThatThrownBy(engine::verify)
                        .isInstanceOf(EngineException.Corruption.class)
                        .hasMessageContaining(table.getFileName().toString());
                Fixture.changeAByte(table, 3);
                engine.verify();
            }
        }
    }

    private Fixture data() {
        return new Fixture(folder.resolve("data"));
    }

    private String[] names() {
        return folder.toFile().list();
    }
}
