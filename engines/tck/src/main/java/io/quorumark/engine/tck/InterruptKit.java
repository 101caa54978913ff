package io.quorumark.engine.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.engine.Ability;
import io.quorumark.engine.Checkpoint;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Session;
import io.quorumark.engine.Snapshot;
import io.quorumark.engine.Transaction;
import io.quorumark.engine.WriteBatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Interrupted threads: a call does its work or refuses before it has done anything, and the engine stays usable. */
abstract class InterruptKit extends Kit {
    @AfterEach
    void leaveNoInterruptToOtherTests() {
        boolean unused = Thread.interrupted();
    }

    /** A call that may be refused if the thread is interrupted. */
    private interface Call {
        void run() throws Exception;
    }

    @Test
    void calls_on_an_interrupted_thread_complete_or_refuse_and_the_engine_stays_usable() throws Exception {
        for (Durability durability : provider().capabilities().durabilities()) {
            Path own = folder.resolve("interrupted-" + durability);
            try (KVEngine engine = provider().open(config(durability).withDirectory(own));
                    Session session = engine.openSession();
                    WriteBatch batch = session.newBatch()) {
                Map<String, String> expected = new LinkedHashMap<>();
                session.put(ONE, Bytes.of("a"), Bytes.of("0"), durability);
                expected.put("a", "0");
                batch.put(ONE, Bytes.of("c"), Bytes.of("1"));
                if (done("put", () -> session.put(ONE, Bytes.of("b"), Bytes.of("1"), durability))) {
                    expected.put("b", "1");
                }
                usable(engine, "put", expected, durability);
                if (done("commit", () -> session.commit(batch, durability))) {
                    expected.put("c", "1");
                }
                usable(engine, "commit", expected, durability);
                if (done("delete", () -> session.delete(ONE, Bytes.of("a"), durability))) {
                    expected.remove("a");
                }
                usable(engine, "delete", expected, durability);
                for (Map.Entry<String, Call> call : calls(engine, session).entrySet()) {
                    boolean unused = done(call.getKey(), call.getValue());
                    usable(engine, call.getKey(), expected, durability);
                }
            }
        }
    }

    private Map<String, Call> calls(KVEngine engine, Session session) {
        Map<String, Call> calls = new LinkedHashMap<>();
        calls.put("get", () -> Expect.value(session, ONE, "no such key").isNull());
        calls.put("scan", () -> Expect.records(session, ONE).isNotEmpty());
        calls.put("openSession", () -> engine.openSession().close());
        calls.put("openSnapshot", () -> {
            try (Snapshot snapshot = session.openSnapshot()) {
                Expect.records(snapshot, ONE).isNotEmpty();
            }
        });
        if (claims(Ability.TRANSACTIONS)) {
            calls.put("transaction", () -> {
                try (Transaction transaction = session.openTransaction()) {
                    transaction.put(ONE, Bytes.of("rolled back"), Bytes.of("1"));
                }
            });
        }
        calls.put("sync", engine::sync);
        if (claims(Ability.COMPACTION)) {
            calls.put("compact", engine::compact);
        }
        if (claims(Ability.INTEGRITY_CHECK)) {
            calls.put("verify", engine::verify);
        }
        if (claims(Ability.INCREMENTAL_BACKUP)) {
            calls.put("backup", () -> {
                int unused = engine.backup(folder.resolve("backups")).number();
            });
        }
        calls.put("health", engine::health);
        calls.put("stats", engine::stats);
        calls.put("effectiveOptions", engine::effectiveOptions);
        return calls;
    }

    /** @return false if the call was refused */
    private static boolean done(String name, Call call) throws Exception {
        Thread.currentThread().interrupt();
        boolean refused = false;
        try {
            call.run();
        } catch (EngineException.Interrupted e) {
            refused = true;
        } catch (EngineException e) {
            throw new AssertionError(
                    name + " on an interrupted thread must do its work or throw EngineException.Interrupted, but threw "
                            + e,
                    e);
        }
        assertThat(Thread.interrupted())
                .as("whether the thread is still interrupted after %s", name)
                .isTrue();
        return !refused;
    }

    /** From another thread, with a session of its own. */
    private void usable(KVEngine engine, String after, Map<String, String> expected, Durability durability)
            throws Exception {
        onAnotherThread(after, () -> {
            try (Session session = engine.openSession()) {
                session.put(TWO, Bytes.of("after"), Bytes.of(after), durability);
                Expect.value(session, TWO, "after").isEqualTo(after);
                List<String> records = new ArrayList<>();
                expected.forEach((key, value) -> records.add(key + "=" + value));
                Collections.sort(records);
                Expect.records(session, ONE).isEqualTo(records);
            }
        });
    }

    private static void onAnotherThread(String after, Call call) throws Exception {
        CompletableFuture<Void> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                call.run();
                result.complete(null);
            } catch (Exception | AssertionError e) {
                result.completeExceptionally(e);
            }
        });
        thread.start();
        try {
            result.get();
        } catch (ExecutionException e) {
            throw new AssertionError(
                    "after " + after + " on an interrupted thread, another thread could not go on: " + e.getCause(), e);
        }
    }

    @Test
    void a_checkpoint_on_an_interrupted_thread_is_whole_or_absent() throws Exception {
        Path copy = folder.resolve("copy");
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            session.put(ONE, Bytes.of("k"), Bytes.of("v"), weakest());
            boolean made = done("checkpoint", () -> {
                Checkpoint unused = engine.checkpoint(copy);
            });
            assertThat(folder.toFile().list())
                    .as("what is beside the engine's folder after a checkpoint on an interrupted thread")
                    .containsExactlyInAnyOrder(made ? new String[] {"engine", "copy"} : new String[] {"engine"});
            if (!made) {
                Checkpoint unused = engine.checkpoint(copy);
            }
        }
        Checkpoint unused = Checkpoint.verify(provider().id(), copy);
    }

    @Test
    void an_interrupted_thread_opens_and_closes() throws Exception {
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            session.put(ONE, Bytes.of("k"), Bytes.of("v"), weakest());
            engine.sync();
        }
        boolean opened = done("open and close", () -> {
            try (KVEngine engine = open()) {
                assertThat(engine.keyspaces()).as("keyspaces()").isEqualTo(KEYSPACES);
            }
        });
        assertThat(Files.isDirectory(folder.resolve("engine")))
                .as("whether the folder is there, opened: %s", opened)
                .isTrue();
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            Expect.value(session, ONE, "k").isEqualTo("v");
        }
    }

    @Test
    void a_writer_that_is_interrupted_again_and_again_loses_nothing_that_was_acknowledged() throws Exception {
        int batches = 200;
        Durability strongest = Collections.max(provider().capabilities().durabilities());
        AtomicInteger acknowledged = new AtomicInteger();
        try (KVEngine engine = provider().open(config(strongest))) {
            CompletableFuture<Void> result = new CompletableFuture<>();
            Thread writer = new Thread(() -> {
                try (Session session = engine.openSession()) {
                    for (int i = 0; i < batches; i++) {
                        awaitInterrupt();
                        putUntilDone(session, "k" + i, strongest);
                        acknowledged.incrementAndGet();
                    }
                    result.complete(null);
                } catch (RuntimeException e) {
                    result.completeExceptionally(e);
                }
            });
            writer.start();
            while (!result.isDone()) {
                writer.interrupt();
                Thread.onSpinWait();
            }
            try {
                result.get();
            } catch (ExecutionException e) {
                throw new AssertionError(
                        "put " + acknowledged + " of " + batches + " at " + strongest
                                + " by a thread that is interrupted: " + e.getCause(),
                        e);
            }
            onAnotherThread(batches + " interrupted puts", () -> {
                try (Session session = engine.openSession()) {
                    Expect.records(session, ONE).hasSize(batches);
                }
            });
        }
    }

    /** However long the thread that interrupts is kept from it. */
    private static void awaitInterrupt() {
        while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
    }

    private static void putUntilDone(Session session, String key, Durability durability) {
        while (true) {
            try {
                session.put(ONE, Bytes.of(key), Bytes.of("v"), durability);
                return;
            } catch (EngineException.Interrupted e) {
                boolean unused = Thread.interrupted();
            }
        }
    }
}
