package io.quorumark.engine.lmdb;

import static io.quorumark.engine.lmdb.Fixture.LOG;
import static io.quorumark.engine.lmdb.Fixture.PROVIDER;
import static io.quorumark.engine.lmdb.Fixture.bytes;
import static io.quorumark.engine.lmdb.Fixture.get;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wrong handles, wrong sizes and wrong folders: each an exception that says what to do, and never the end of the process. */
class LmdbMisuseTest {
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
                WriteBatch batch = session.newBatch()) {
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
                        () -> inTransaction(session, open -> open.get(foreign, bytes("key"), ByteBuffer.allocate(1))),
                        () -> inTransaction(session, open -> open.put(foreign, bytes("key"), bytes("value"))),
                        () -> inTransaction(session, open -> open.delete(foreign, bytes("key"))))) {
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
                WriteBatch batch = session.newBatch()) {
            for (ThrowingCallable use : List.<ThrowingCallable>of(
                    () -> session.put(LOG, longKey, bytes("value"), LEVEL),
                    () -> session.put(LOG, bytes("key"), longValue, LEVEL),
                    () -> session.delete(LOG, longKey, LEVEL),
                    () -> batch.put(LOG, longKey, bytes("value")),
                    () -> batch.put(LOG, bytes("key"), longValue),
                    () -> batch.delete(LOG, longKey),
                    () -> inTransaction(session, open -> open.put(LOG, longKey, bytes("value"))),
                    () -> inTransaction(session, open -> open.put(LOG, bytes("key"), longValue)),
                    () -> inTransaction(session, open -> open.delete(LOG, longKey)))) {
                assertThatThrownBy(use)
                        .isInstanceOf(EngineException.LimitExceeded.class)
                        .hasMessageContaining("expected");
            }
            session.commit(batch, LEVEL);
            assertThat(get(session, LOG, "key")).isNull();
        }
    }

    @Test
    void a_file_in_place_of_the_folder_is_refused() throws IOException {
        Files.writeString(data().directory(), "a file");
        assertThatThrownBy(() -> data().open(LEVEL)).isInstanceOf(EngineException.Io.class);
        assertThat(data().directory()).hasContent("a file");
    }

    private static void inTransaction(Session session, Consumer<Transaction> use) {
        try (Transaction transaction = session.openTransaction()) {
            use.accept(transaction);
        }
    }

    private Fixture data() {
        return new Fixture(folder.resolve("data"));
    }
}
