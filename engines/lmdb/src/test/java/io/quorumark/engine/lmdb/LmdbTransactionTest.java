package io.quorumark.engine.lmdb;

import static io.quorumark.engine.lmdb.Fixture.LOG;
import static io.quorumark.engine.lmdb.Fixture.STATE;
import static io.quorumark.engine.lmdb.Fixture.bytes;
import static io.quorumark.engine.lmdb.Fixture.get;
import static io.quorumark.engine.lmdb.Fixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Reader;
import io.quorumark.engine.Session;
import io.quorumark.engine.Transaction;
import io.quorumark.engine.WriteBatch;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** LMDB's transactions, which are its one writer: who waits, who is told, and who may end one. */
@Timeout(30)
class LmdbTransactionTest {
    private static final Durability LEVEL = Durability.PROCESS_CRASH;

    private final ExecutorService otherThread = Executors.newSingleThreadExecutor();
    private final AtomicReference<Thread> waiting = new AtomicReference<>();

    @TempDir
    private Path folder;

    private KVEngine engine;
    private Session session;

    @BeforeEach
    void open() {
        engine = new Fixture(folder.resolve("data")).open(LEVEL);
        session = engine.openSession();
    }

    @AfterEach
    void close() {
        session.close();
        engine.close();
        otherThread.shutdown();
    }

    @Test
    void it_reads_its_own_writes_and_others_see_them_when_it_commits() {
        put("a", "1");
        try (Transaction transaction = session.openTransaction()) {
            transaction.put(LOG, bytes("a"), bytes("2"));
            transaction.put(STATE, bytes("b"), bytes("2"));
            assertThat(read(transaction, "a")).isEqualTo("2");
            transaction.delete(LOG, bytes("a"));
            transaction.delete(LOG, bytes("never there"));
            assertThat(read(transaction, "a")).isNull();
            assertThat(get(session, LOG, "a")).isEqualTo("1");
            transaction.commit(LEVEL);
            assertThatThrownBy(() -> transaction.commit(LEVEL))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("has ended; open a new one");
        }
        assertThat(get(session, LOG, "a")).isNull();
        assertThat(get(session, STATE, "b")).isEqualTo("2");
    }

    @Test
    void every_other_write_of_its_thread_conflicts_instead_of_waiting_for_ever() {
        try (Transaction transaction = session.openTransaction();
                Session second = engine.openSession();
                WriteBatch batch = second.newBatch()) {
            transaction.put(LOG, bytes("a"), bytes("1"));
            batch.put(LOG, bytes("a"), bytes("2"));
            assertConflict(session::openTransaction);
            assertConflict(second::openTransaction);
            assertConflict(() -> session.put(LOG, bytes("a"), bytes("2"), LEVEL));
            assertConflict(() -> second.delete(LOG, bytes("a"), LEVEL));
            assertConflict(() -> second.commit(batch, LEVEL));
            transaction.commit(LEVEL);
            second.delete(LOG, bytes("b"), LEVEL);
        }
        session.openTransaction().close();
        assertThat(get(session, LOG, "a")).isEqualTo("1");
    }

    @Test
    void a_writer_in_another_thread_waits_until_it_ends() throws Exception {
        Transaction transaction = session.openTransaction();
        transaction.put(LOG, bytes("a"), bytes("1"));
        Future<@Nullable String> other = otherThread.submit(() -> {
            waiting.set(Thread.currentThread());
            try (Session own = engine.openSession();
                    Transaction second = own.openTransaction()) {
                String found = read(second, "a");
                second.put(LOG, bytes("a"), bytes("2"));
                second.commit(LEVEL);
                return found;
            }
        });
        awaitWaiting();
        assertThat(other.isDone()).isFalse();
        transaction.commit(LEVEL);
        transaction.close();
        assertThat(other.get()).isEqualTo("1");
        assertThat(get(session, LOG, "a")).isEqualTo("2");
    }

    private void awaitWaiting() {
        Thread thread = waiting.get();
        while (thread == null || thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
            thread = waiting.get();
        }
    }

    @Test
    void another_thread_can_neither_use_nor_end_it() throws Exception {
        try (Transaction transaction = session.openTransaction()) {
            for (ThrowingCallable use : new ThrowingCallable[] {
                () -> read(transaction, "a"),
                () -> transaction.put(LOG, bytes("a"), bytes("1")),
                () -> transaction.commit(LEVEL),
                transaction::rollback,
                transaction::close
            }) {
                otherThread
                        .submit(() -> assertThatThrownBy(use)
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessageContaining("use and close it there"))
                        .get();
            }
            transaction.put(LOG, bytes("a"), bytes("1"));
            transaction.commit(LEVEL);
        }
        assertThat(get(session, LOG, "a")).isEqualTo("1");
    }

    @Test
    void one_that_is_rolled_back_or_closed_leaves_no_trace_and_lets_others_write() {
        try (Transaction transaction = session.openTransaction()) {
            transaction.put(LOG, bytes("a"), bytes("1"));
            transaction.rollback();
            transaction.rollback();
            put("b", "1");
        }
        Transaction closed = session.openTransaction();
        closed.put(LOG, bytes("a"), bytes("1"));
        assertThatThrownBy(session::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("transaction");
        closed.close();
        closed.close();
        assertThatThrownBy(() -> closed.delete(LOG, bytes("a"))).isInstanceOf(EngineException.Closed.class);
        assertThatThrownBy(closed::rollback).isInstanceOf(EngineException.Closed.class);
        put("c", "1");
        assertThat(get(session, LOG, "a")).isNull();
        assertThat(get(session, LOG, "b")).isEqualTo("1");
    }

    @Test
    void one_that_finds_the_map_full_ends_and_lets_others_write() {
        long bytes = 8 << 20;
        Fixture small = new Fixture(folder.resolve("small"));
        try (KVEngine full = Fixture.PROVIDER.open(
                        small.config(LEVEL).withMemoryBudgetBytes(bytes).withMaxDataBytes(bytes));
                Session writer = full.openSession();
                Transaction transaction = writer.openTransaction()) {
            transaction.put(LOG, bytes("first"), bytes("value"));
            assertThatThrownBy(() -> transaction.put(LOG, bytes("large"), ByteBuffer.allocate((int) bytes)))
                    .isInstanceOf(EngineException.Full.class);
            assertThatThrownBy(() -> transaction.commit(LEVEL)).isInstanceOf(IllegalStateException.class);
            writer.put(LOG, bytes("after"), bytes("value"), LEVEL);
            assertThat(get(writer, LOG, "first")).isNull();
            assertThat(get(writer, LOG, "after")).isEqualTo("value");
        }
    }

    @Test
    void a_level_that_the_environment_was_not_opened_at_is_refused_and_the_transaction_goes_on() {
        try (Transaction transaction = session.openTransaction()) {
            transaction.put(LOG, bytes("a"), bytes("1"));
            assertThatThrownBy(() -> transaction.commit(Durability.POWER_LOSS))
                    .isInstanceOf(EngineException.Unsupported.class);
            transaction.commit(LEVEL);
        }
        assertThat(get(session, LOG, "a")).isEqualTo("1");
    }

    @Test
    void a_checkpoint_and_a_sync_do_not_wait_for_it_and_do_not_hold_its_writes() {
        put("a", "1");
        try (Transaction transaction = session.openTransaction()) {
            transaction.put(LOG, bytes("b"), bytes("1"));
            engine.sync();
            engine.checkpoint(folder.resolve("copy"));
            engine.verify();
            transaction.commit(LEVEL);
        }
        try (KVEngine copy = new Fixture(folder.resolve("copy")).open(LEVEL);
                Session reader = copy.openSession()) {
            assertThat(get(reader, LOG, "a")).isEqualTo("1");
            assertThat(get(reader, LOG, "b")).isNull();
        }
    }

    private static void assertConflict(ThrowingCallable write) {
        assertThatThrownBy(write)
                .isInstanceOf(EngineException.Conflict.class)
                .hasMessageContaining("commit or close it first");
    }

    private void put(String key, String value) {
        session.put(LOG, bytes(key), bytes(value), LEVEL);
    }

    private static @Nullable String read(Transaction transaction, String key) {
        ByteBuffer target = ByteBuffer.allocate(64);
        int length = transaction.get(LOG, bytes(key), target);
        return length == Reader.NOT_FOUND ? null : text(target.flip());
    }
}
