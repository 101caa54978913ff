package io.quorumark.engine.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Limits;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Batches and writers that meet. */
abstract class AtomicityKit extends Kit {
    @Test
    void a_batch_shows_whole_or_not_at_all_to_readers_in_other_threads() throws Exception {
        AtomicInteger torn = new AtomicInteger();
        try (KVEngine engine = open();
                Session session = engine.openSession();
                WriteBatch batch = session.newBatch();
                Onlookers onlookers = new Onlookers(engine, 1, snapshot -> {
                    if (!Objects.equals(Bytes.get(snapshot, ONE, "k"), Bytes.get(snapshot, TWO, "k"))) {
                        torn.incrementAndGet();
                    }
                })) {
            for (int i = 0; i < 300; i++) {
                batch.clear();
                batch.put(ONE, Bytes.of("k"), Bytes.of("v" + i));
                batch.put(TWO, Bytes.of("k"), Bytes.of("v" + i));
                session.commit(batch, weakest());
                onlookers.awaitLook();
            }
            onlookers.end();
            assertThat(torn.get())
                    .as("snapshots in which one/'k' and two/'k', always written in one batch, differed")
                    .isZero();
        }
    }

    @Test
    void several_writers_lose_nothing() throws Exception {
        int writers = 4;
        int each = 100;
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try (KVEngine engine = open()) {
            CyclicBarrier together = new CyclicBarrier(writers);
            List<Future<?>> done = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                String prefix = "w" + writer + "-";
                done.add(threads.submit(() -> {
                    together.await();
                    try (Session session = engine.openSession()) {
                        for (int i = 0; i < each; i++) {
                            session.put(ONE, Bytes.of(prefix + i), Bytes.of("v"), weakest());
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> one : done) {
                one.get();
            }
            try (Session session = engine.openSession()) {
                Expect.records(session, ONE).hasSize(writers * each);
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void a_batch_takes_its_changes_in_their_order() {
        try (KVEngine engine = open();
                Session session = engine.openSession();
                WriteBatch batch = session.newBatch()) {
            session.put(ONE, Bytes.of("b"), Bytes.of("old"), weakest());
            batch.put(ONE, Bytes.of("a"), Bytes.of("1"));
            batch.put(ONE, Bytes.of("a"), Bytes.of("2"));
            batch.delete(ONE, Bytes.of("b"));
            batch.put(ONE, Bytes.of("c"), Bytes.of("1"));
            batch.delete(ONE, Bytes.of("c"));
            batch.put(ONE, Bytes.of("d"), Bytes.of("before the range"));
            batch.deleteRange(ONE, Bytes.of("d"), Bytes.of("f"));
            batch.put(ONE, Bytes.of("e"), Bytes.of("after the range"));
            assertThat(batch.operationCount())
                    .as("operationCount() after 8 changes")
                    .isEqualTo(8);
            session.commit(batch, weakest());
            Expect.records(session, ONE).containsExactly("a=2", "e=after the range");
        }
    }

    @Test
    void a_batch_of_another_engine_is_refused_and_changes_nothing() {
        EngineConfig elsewhere = config(weakest()).withDirectory(folder.resolve("elsewhere"));
        try (KVEngine engine = open();
                KVEngine other = provider().open(elsewhere);
                Session session = engine.openSession();
                Session foreign = other.openSession();
                WriteBatch batch = foreign.newBatch()) {
            batch.put(ONE, Bytes.of("foreign"), Bytes.of("v"));
            Expect.refusal(
                    IllegalArgumentException.class,
                    "commit of a batch of another open engine",
                    () -> session.commit(batch, weakest()));
            session.put(ONE, Bytes.of("own"), Bytes.of("v"), weakest());
            Expect.records(session, ONE).containsExactly("own=v");
            foreign.commit(batch, weakest());
            Expect.records(foreign, ONE).containsExactly("foreign=v");
        }
    }

    @Test
    void a_range_ends_before_its_end_and_an_empty_one_deletes_nothing() {
        try (KVEngine engine = open();
                Session session = engine.openSession();
                WriteBatch batch = session.newBatch()) {
            putFourKeysInBoth(session);
            batch.deleteRange(ONE, Bytes.of("b"), Bytes.of("d"));
            batch.deleteRange(TWO, Bytes.of("c"), Bytes.of("b"));
            batch.deleteRange(TWO, Bytes.of("c"), Bytes.of("c"));
            session.commit(batch, weakest());
            Expect.records(session, ONE).containsExactly("a=1", "d=1");
            Expect.records(session, TWO).hasSize(4);
        }
    }

    @Test
    void the_bounds_of_a_range_may_be_empty_and_longer_than_a_key() {
        int longerThanAKey = provider().capabilities().limits().maxKeyBytes() + 1;
        ByteBuffer longest = Bytes.repeated('b', Math.min(longerThanAKey - 1, 1 << 16));
        try (KVEngine engine = open();
                Session session = engine.openSession();
                WriteBatch batch = session.newBatch()) {
            putFourKeysInBoth(session);
            session.put(ONE, longest, Bytes.of("1"), weakest());
            batch.deleteRange(ONE, Bytes.repeated('b', longerThanAKey), Bytes.repeated('c', longerThanAKey));
            batch.deleteRange(TWO, Bytes.of(""), Bytes.repeated('b', longerThanAKey));
            session.commit(batch, weakest());
            Expect.records(session, ONE).containsExactly("a=1", "b=1", Bytes.text(longest) + "=1", "d=1");
            Expect.records(session, TWO).containsExactly("c=1", "d=1");
        }
    }

    @Test
    void a_batch_of_the_size_that_is_promised_is_taken_and_one_too_large_leaves_nothing() {
        int valueBytes = 1000;
        try (KVEngine engine = open();
                Session session = engine.openSession();
                WriteBatch batch = session.newBatch()) {
            assertThat(engine.maxBatchBytes())
                    .as("maxBatchBytes() of an open engine, against that of its limits")
                    .isGreaterThanOrEqualTo(provider().capabilities().limits().maxBatchBytes());
            long promised = Math.min(engine.maxBatchBytes(), 4 << 20);
            int changes = 0;
            for (long bytes = 0; bytes < promised; changes++) {
                ByteBuffer key = Bytes.of("promised" + changes);
                bytes += Limits.changeBytes(key.remaining(), valueBytes);
                if (bytes <= promised) {
                    batch.put(ONE, key, ByteBuffer.allocate(valueBytes));
                }
            }
            session.commit(batch, weakest());
            Expect.records(session, ONE).hasSize(batch.operationCount());

            int promisedRecords = batch.operationCount();
            for (int i = 0; i < 2 * changes; i++) {
                batch.put(ONE, Bytes.of("more" + i), ByteBuffer.allocate(valueBytes));
            }
            try {
                session.commit(batch, weakest());
                Expect.records(session, ONE).hasSize(promisedRecords + 2 * changes);
            } catch (EngineException.LimitExceeded tooLarge) {
                Expect.records(session, ONE).hasSize(promisedRecords);
            }
        }
    }

    @Test
    void a_batch_can_be_committed_again_and_cleared() {
        try (KVEngine engine = open();
                Session session = engine.openSession();
                WriteBatch batch = session.newBatch()) {
            batch.put(ONE, Bytes.of("k"), Bytes.of("v"));
            session.commit(batch, weakest());
            session.delete(ONE, Bytes.of("k"), weakest());
            session.commit(batch, weakest());
            Expect.value(session, ONE, "k").isEqualTo("v");
            batch.clear();
            assertThat(batch.operationCount())
                    .as("operationCount() after clear()")
                    .isZero();
            session.delete(ONE, Bytes.of("k"), weakest());
            session.commit(batch, weakest());
            Expect.value(session, ONE, "k").isNull();
        }
    }

    @Test
    void what_was_added_to_a_batch_was_copied() {
        try (KVEngine engine = open();
                Session session = engine.openSession();
                WriteBatch batch = session.newBatch()) {
            ByteBuffer key = Bytes.of("k1");
            ByteBuffer value = Bytes.of("v1");
            batch.put(ONE, key, value);
            key.put(1, (byte) '2');
            value.put(1, (byte) '2');
            batch.put(ONE, key, value);
            session.commit(batch, weakest());
            Expect.records(session, ONE).containsExactly("k1=v1", "k2=v2");
        }
    }

    private void putFourKeysInBoth(Session session) {
        for (String key : List.of("a", "b", "c", "d")) {
            session.put(ONE, Bytes.of(key), Bytes.of("1"), weakest());
            session.put(TWO, Bytes.of(key), Bytes.of("1"), weakest());
        }
    }
}
