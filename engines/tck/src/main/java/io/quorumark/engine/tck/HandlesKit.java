package io.quorumark.engine.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorumark.engine.Ability;
import io.quorumark.engine.Cursor;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Session;
import io.quorumark.engine.Snapshot;
import io.quorumark.engine.WriteBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Opening and closing in every order. */
abstract class HandlesKit extends Kit {
    private static final int ROUNDS_OF_CLOSING = 10;

    @Test
    void a_parent_does_not_close_over_its_children() {
        KVEngine engine = open();
        Session session = engine.openSession();
        session.put(ONE, Bytes.of("k"), Bytes.of("v"), weakest());
        WriteBatch batch = session.newBatch();
        Snapshot snapshot = session.openSnapshot();
        Cursor cursor = snapshot.openCursor(ONE);
        assertThatThrownBy(engine::close, "close of an engine with an open session")
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("session");
        assertThatThrownBy(session::close, "close of a session with an open snapshot and batch")
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("snapshot");
        assertThatThrownBy(snapshot::close, "close of a snapshot with an open cursor")
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cursor");
        assertThat(cursor.first())
                .as("first() of a cursor after refused closes of its parents")
                .isTrue();
        cursor.close();
        snapshot.close();
        batch.close();
        session.close();
        engine.close();
    }

    @Test
    void a_closed_handle_answers_closed_and_closing_twice_does_nothing() {
        KVEngine engine = open();
        Session session = engine.openSession();
        WriteBatch batch = session.newBatch();
        Snapshot snapshot = session.openSnapshot();
        Cursor cursor = session.openCursor(ONE);
        cursor.close();
        cursor.close();
        assertClosed("cursor.first()", cursor::first);
        assertClosed("cursor.key()", cursor::key);
        snapshot.close();
        snapshot.close();
        assertClosed("snapshot.openCursor()", () -> snapshot.openCursor(ONE));
        assertClosed("snapshot.get()", () -> snapshot.get(ONE, Bytes.of("k"), ByteBuffer.allocate(1)));
        batch.close();
        batch.close();
        assertClosed("batch.put()", () -> batch.put(ONE, Bytes.of("k"), Bytes.of("v")));
        session.close();
        session.close();
        assertClosed("session.put()", () -> session.put(ONE, Bytes.of("k"), Bytes.of("v"), weakest()));
        assertClosed("session.get()", () -> session.get(ONE, Bytes.of("k"), ByteBuffer.allocate(1)));
        assertClosed("session.newBatch()", session::newBatch);
        assertClosed("session.allocate()", () -> session.allocate(1));
        engine.close();
        engine.close();
        assertClosed("engine.openSession()", engine::openSession);
        assertClosed("engine.stats()", engine::stats);
        assertClosed("engine.sync()", engine::sync);
    }

    @Test
    void every_method_of_a_closed_engine_says_closed() {
        KVEngine engine = open();
        engine.close();
        assertClosed("engine.openSession()", engine::openSession);
        assertClosed("engine.sync()", engine::sync);
        assertClosed("engine.checkpoint()", () -> engine.checkpoint(folder.resolve("copy")));
        assertClosed("engine.compact()", engine::compact);
        assertClosed("engine.backup()", () -> engine.backup(folder.resolve("backups")));
        assertClosed("engine.verify()", engine::verify);
        assertClosed("engine.health()", engine::health);
        assertClosed("engine.stats()", engine::stats);
        assertClosed("engine.effectiveOptions()", engine::effectiveOptions);
        assertThat(engine.keyspaces()).as("keyspaces() of a closed engine").isEqualTo(KEYSPACES);
    }

    @Test
    void calls_of_other_threads_that_meet_a_close_do_their_work_or_say_closed() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            for (int round = 0; round < ROUNDS_OF_CLOSING; round++) {
                List<Future<?>> callers = new ArrayList<>();
                KVEngine engine = open();
                try (Session session = engine.openSession()) {
                    session.put(ONE, Bytes.of("k" + round), Bytes.of("v"), weakest());
                    Map<String, ThrowingCallable> calls = callsThatMayMeetAClose(engine, round);
                    CountDownLatch begun = new CountDownLatch(calls.size());
                    calls.forEach(
                            (name, call) -> callers.add(threads.submit(() -> callUntilClosed(name, call, begun))));
                    begun.await();
                } finally {
                    engine.close();
                }
                for (Future<?> caller : callers) {
                    caller.get();
                }
            }
        } finally {
            threads.shutdown();
        }
    }

    private Map<String, ThrowingCallable> callsThatMayMeetAClose(KVEngine engine, int round) {
        Map<String, ThrowingCallable> calls = new HashMap<>();
        AtomicInteger copies = new AtomicInteger();
        calls.put("sync", engine::sync);
        calls.put("stats", engine::stats);
        calls.put("health", engine::health);
        calls.put(
                "checkpoint",
                () -> engine.checkpoint(folder.resolve("copy-" + round + "-" + copies.incrementAndGet())));
        if (claims(Ability.COMPACTION)) {
            calls.put("compact", engine::compact);
        }
        if (claims(Ability.INTEGRITY_CHECK)) {
            calls.put("verify", engine::verify);
        }
        return calls;
    }

    /** @param begun told when the first call has ended */
    private static void callUntilClosed(String name, ThrowingCallable call, CountDownLatch begun) {
        try {
            call.call();
        } catch (Throwable e) {
            throw new AssertionError(name + " of an open engine must do its work, but threw " + e, e);
        } finally {
            begun.countDown();
        }
        try {
            while (true) {
                call.call();
            }
        } catch (EngineException.Closed e) {
            assertThat(e).as("message of %s of a closed engine", name).hasMessageContaining("closed");
        } catch (Throwable e) {
            throw new AssertionError(
                    name + " that met the close of its engine must do its work or throw Closed, but threw " + e, e);
        }
    }

    private static void assertClosed(String call, ThrowingCallable use) {
        Expect.refusal(EngineException.Closed.class, call + " after its close", use);
    }

    private static final List<String> KINDS = List.of("engine", "session", "snapshot", "cursor");

    @Test
    void closing_with_a_batch_in_any_order_neither_crashes_nor_loses_track() {
        Permutations.of(with("batch")).forEach(this::closeInOrder);
    }

    @Test
    void closing_with_a_transaction_in_any_order_neither_crashes_nor_loses_track() {
        assumeTrue(claims(Ability.TRANSACTIONS), "no transactions claimed");
        Permutations.of(with("transaction")).forEach(this::closeInOrder);
    }

    @Test
    @Tag("long")
    void closing_everything_in_any_order_neither_crashes_nor_loses_track() {
        Permutations.of(claims(Ability.TRANSACTIONS) ? with("batch", "transaction") : with("batch"))
                .forEach(this::closeInOrder);
    }

    private static List<String> with(String... more) {
        List<String> kinds = new ArrayList<>(KINDS);
        kinds.addAll(List.of(more));
        return kinds;
    }

    private void closeInOrder(List<String> order) {
        Map<String, AutoCloseable> handles = new HashMap<>();
        KVEngine engine = open();
        Session session = engine.openSession();
        Snapshot snapshot = session.openSnapshot();
        Cursor cursor = snapshot.openCursor(ONE);
        WriteBatch batch = session.newBatch();
        handles.put("engine", engine);
        handles.put("session", session);
        handles.put("snapshot", snapshot);
        handles.put("cursor", cursor);
        handles.put("batch", batch);
        if (order.contains("transaction")) {
            handles.put("transaction", session.openTransaction());
        }
        for (String kind : order) {
            closeOrBeRefused(order, kind, handles.get(kind));
            useEach(session, snapshot, cursor, batch);
        }
        for (String kind : List.of("cursor", "batch", "transaction", "snapshot", "session", "engine")) {
            AutoCloseable handle = handles.get(kind);
            if (handle != null) {
                assertThatCode(handle::close)
                        .as("closing the %s at last, after %s", kind, order)
                        .doesNotThrowAnyException();
            }
        }
        assertClosed("engine.openSession()", engine::openSession);
    }

    private static void closeOrBeRefused(List<String> order, String kind, @Nullable AutoCloseable handle) {
        try {
            Objects.requireNonNull(handle).close();
        } catch (IllegalStateException e) {
            assertThat(e).as("closing the %s in the order %s", kind, order).hasMessageContaining("open handles");
        } catch (Exception e) {
            throw new AssertionError("closing the " + kind + " in the order " + order + " threw " + e, e);
        }
    }

    /** Each answers, or says that it is closed. */
    private void useEach(Session session, Snapshot snapshot, Cursor cursor, WriteBatch batch) {
        worksOrIsClosed(() -> session.get(ONE, Bytes.of("k"), ByteBuffer.allocate(1)));
        worksOrIsClosed(() -> snapshot.get(ONE, Bytes.of("k"), ByteBuffer.allocate(1)));
        worksOrIsClosed(cursor::first);
        worksOrIsClosed(() -> batch.put(ONE, Bytes.of("k"), Bytes.of("v")));
    }

    private static void worksOrIsClosed(Runnable use) {
        try {
            use.run();
        } catch (EngineException.Closed e) {
            assertThat(e).as("message of the refusal of a closed handle").hasMessageContaining("closed");
        }
    }
}
