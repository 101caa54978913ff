package io.quorumark.engine.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Session;
import io.quorumark.engine.Snapshot;
import io.quorumark.engine.WriteBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Views that stand still. */
abstract class SnapshotKit extends Kit {
    @Test
    void a_snapshot_stands_still_and_the_session_goes_on() {
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            session.put(ONE, Bytes.of("a"), Bytes.of("1"), weakest());
            session.put(ONE, Bytes.of("b"), Bytes.of("1"), weakest());
            session.put(TWO, Bytes.of("x"), Bytes.of("1"), weakest());
            try (Snapshot snapshot = session.openSnapshot()) {
                session.put(ONE, Bytes.of("a"), Bytes.of("2"), weakest());
                session.delete(ONE, Bytes.of("b"), weakest());
                session.put(ONE, Bytes.of("c"), Bytes.of("2"), weakest());
                session.delete(TWO, Bytes.of("x"), weakest());
                assertThat(Bytes.forwards(snapshot, ONE)).containsExactly("a=1", "b=1");
                assertThat(Bytes.get(snapshot, ONE, "b")).isEqualTo("1");
                assertThat(Bytes.get(snapshot, ONE, "c")).isNull();
                assertThat(Bytes.forwards(snapshot, TWO)).containsExactly("x=1");
                assertThat(Bytes.forwards(session, ONE)).containsExactly("a=2", "c=2");
                try (Snapshot later = session.openSnapshot()) {
                    assertThat(Bytes.forwards(later, ONE)).containsExactly("a=2", "c=2");
                }
            }
        }
    }

    @Test
    void snapshots_stand_still_while_writers_run() throws Exception {
        int keys = 50;
        ExecutorService threads = Executors.newFixedThreadPool(2);
        AtomicBoolean stop = new AtomicBoolean();
        try (KVEngine engine = open();
                Session session = engine.openSession();
                WriteBatch batch = session.newBatch()) {
            writeRound(session, batch, keys, 0);
            List<Future<?>> readers = new ArrayList<>();
            for (int reader = 0; reader < 2; reader++) {
                readers.add(threads.submit(() -> {
                    try (Session own = engine.openSession()) {
                        while (!stop.get()) {
                            try (Snapshot snapshot = own.openSnapshot()) {
                                List<String> once = Bytes.forwards(snapshot, ONE);
                                assertThat(once).as("all keys are of one round").hasSize(keys);
                                String round = once.get(0).substring(once.get(0).indexOf('='));
                                assertThat(once).allMatch(record -> record.endsWith(round));
                                assertThat(Bytes.forwards(snapshot, ONE)).isEqualTo(once);
                            }
                        }
                    }
                }));
            }
            for (int round = 1; round <= 60; round++) {
                writeRound(session, batch, keys, round);
            }
            stop.set(true);
            for (Future<?> reader : readers) {
                reader.get();
            }
        } finally {
            stop.set(true);
            threads.shutdown();
        }
    }

    private void writeRound(Session session, WriteBatch batch, int keys, int round) {
        batch.clear();
        for (int key = 0; key < keys; key++) {
            batch.put(ONE, Bytes.of("k" + key), Bytes.of("round " + round));
        }
        session.commit(batch, weakest());
    }

    @Test
    void a_cursor_on_a_snapshot_does_not_see_later_writes() {
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            session.put(ONE, Bytes.of("b"), Bytes.of("1"), weakest());
            try (Snapshot snapshot = session.openSnapshot();
                    Cursor cursor = snapshot.openCursor(ONE)) {
                session.put(ONE, Bytes.of("a"), Bytes.of("2"), weakest());
                session.put(ONE, Bytes.of("c"), Bytes.of("2"), weakest());
                assertThat(cursor.first()).isTrue();
                assertThat(Bytes.text(cursor.key())).isEqualTo("b");
                session.put(ONE, Bytes.of("ba"), Bytes.of("2"), weakest());
                assertThat(cursor.next()).isFalse();
            }
        }
    }
}
