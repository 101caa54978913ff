package io.quorumark.engine.rocksdb;

import static io.quorumark.engine.rocksdb.Fixture.LOG;
import static io.quorumark.engine.rocksdb.Fixture.PROVIDER;
import static io.quorumark.engine.rocksdb.Fixture.bytes;
import static io.quorumark.engine.rocksdb.Fixture.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Limits;
import io.quorumark.engine.Session;
import io.quorumark.engine.Snapshot;
import io.quorumark.engine.Transaction;
import io.quorumark.engine.WriteBatch;
import io.quorumark.engine.tck.UnpackedLibrary;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wrong handles, wrong sizes and wrong folders: each an exception that says what to do, and never the end of the process. */
class RocksDbMisuseTest {
    private static final Durability LEVEL = Durability.PROCESS_CRASH;

    @TempDir
    private Path folder;

    @Test
    void keyspaces_of_other_engines_are_refused_everywhere() {
        Keyspace beyond = new Keyspace(2, "third");
        Keyspace renamed = new Keyspace(0, "blog");
        try (KVEngine engine = data().open(LEVEL);
                Session session = engine.openSession();
                Snapshot snapshot = session.openSnapshot();
                WriteBatch batch = session.newBatch();
                Transaction transaction = session.openTransaction()) {
            for (Keyspace foreign : List.of(beyond, renamed)) {
                for (ThrowingCallable use : List.<ThrowingCallable>of(
                        () -> get(session, foreign, "key"),
                        () -> get(snapshot, foreign, "key"),
                        () -> session.put(foreign, bytes("key"), bytes("value"), LEVEL),
                        () -> session.delete(foreign, bytes("key"), LEVEL),
                        () -> session.openCursor(foreign),
                        () -> snapshot.openCursor(foreign),
                        () -> batch.put(foreign, bytes("key"), bytes("value")),
                        () -> batch.delete(foreign, bytes("key")),
                        () -> batch.deleteRange(foreign, bytes("a"), bytes("b")),
                        () -> transaction.get(foreign, bytes("key"), ByteBuffer.allocate(1)),
                        () -> transaction.put(foreign, bytes("key"), bytes("value")),
                        () -> transaction.delete(foreign, bytes("key")))) {
                    assertThatThrownBy(use)
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining("'" + foreign.name() + "'")
                            .hasMessageContaining("take it from keyspaces()");
                }
            }
            assertThat(batch.operationCount()).isZero();
            session.put(new Keyspace(0, "log"), bytes("key"), bytes("value"), LEVEL);
            assertThat(get(session, LOG, "key")).isEqualTo("value");
        }
    }

    @Test
    void a_temporary_folder_that_is_mounted_noexec_is_told_in_one_line() throws Exception {
        UnpackedLibrary.assertNoexecIsTold(PROVIDER, folder);
    }

    @Test
    void a_batch_that_another_kind_of_engine_made_is_refused() {
        WriteBatch foreign = (WriteBatch) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {WriteBatch.class}, (proxy, method, arguments) -> 1);
        try (KVEngine engine = data().open(LEVEL);
                Session session = engine.openSession()) {
            assertThatThrownBy(() -> session.commit(foreign, LEVEL))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("newBatch");
        }
    }

    @Test
    void keys_and_values_over_the_limits_are_refused_everywhere_and_nothing_is_written() {
        Limits limits = PROVIDER.capabilities().limits();
        ByteBuffer longKey = ByteBuffer.allocate(limits.maxKeyBytes() + 1);
        ByteBuffer longValue = ByteBuffer.allocate(limits.maxValueBytes() + 1);
        try (KVEngine engine = data().open(LEVEL);
                Session session = engine.openSession();
                WriteBatch batch = session.newBatch();
                Transaction transaction = session.openTransaction()) {
            for (ThrowingCallable use : List.<ThrowingCallable>of(
                    () -> session.put(LOG, longKey, bytes("value"), LEVEL),
                    () -> session.put(LOG, bytes("key"), longValue, LEVEL),
                    () -> session.delete(LOG, longKey, LEVEL),
                    () -> batch.put(LOG, longKey, bytes("value")),
                    () -> batch.put(LOG, bytes("key"), longValue),
                    () -> batch.delete(LOG, longKey),
                    () -> transaction.put(LOG, longKey, bytes("value")),
                    () -> transaction.put(LOG, bytes("key"), longValue),
                    () -> transaction.delete(LOG, longKey))) {
                assertThatThrownBy(use)
                        .isInstanceOf(EngineException.LimitExceeded.class)
                        .hasMessageContaining("expected at most");
            }
            session.commit(batch, LEVEL);
            transaction.commit(LEVEL);
            assertThat(get(session, LOG, "key")).isNull();
        }
    }

    @Test
    void a_folder_that_another_process_has_open_is_locked() throws Exception {
        try (KVEngine engine = data().open(Durability.POWER_LOSS)) {
            assertThat(engine.keyspaces()).isEqualTo(Fixture.KEYSPACES);
            assertThat(openInAnotherProcess()).startsWith("Locked").contains("close the other engine first");
        }
        assertThat(openInAnotherProcess()).isEqualTo("opened");
    }

    private String openInAnotherProcess() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        OpenAndSay.class.getName(),
                        data().directory().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    /** Opens a folder and prints what came of it: the exception's simple name and message, or {@code opened}. */
    static final class OpenAndSay {
        private OpenAndSay() {}

        public static void main(String[] arguments) {
            try {
                new Fixture(Path.of(arguments[0])).open(Durability.POWER_LOSS).close();
                System.out.print("opened");
            } catch (EngineException e) {
                System.out.print(e.getClass().getSimpleName() + " " + e.getMessage());
            }
        }
    }

    @Test
    void a_file_in_place_of_the_folder_and_a_lost_table_are_refused() throws IOException {
        Files.writeString(data().directory(), "a file");
        assertThatThrownBy(() -> data().open(LEVEL)).isInstanceOf(EngineException.Io.class);
        Files.delete(data().directory());
        try (KVEngine engine = data().open(LEVEL);
                Session session = engine.openSession()) {
            session.put(LOG, bytes("key"), bytes("value"), LEVEL);
            engine.compact();
        }
        for (Path table : Fixture.tables(data().directory())) {
            Files.delete(table);
        }
        assertThatThrownBy(() -> data().open(LEVEL)).isInstanceOf(EngineException.Corruption.class);
        try (Stream<Path> left = Files.list(data().directory())) {
            assertThat(left)
                    .as("nothing was made anew")
                    .noneMatch(file -> file.toString().endsWith(".sst"));
        }
    }

    private Fixture data() {
        return new Fixture(folder.resolve("data"));
    }
}
