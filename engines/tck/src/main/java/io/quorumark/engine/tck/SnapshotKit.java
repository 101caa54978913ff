package io.quorumark.engine.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.engine.Ability;
import io.quorumark.engine.Cursor;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Session;
import io.quorumark.engine.Snapshot;
import io.quorumark.engine.WriteBatch;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Views that stand still. */
abstract class SnapshotKit extends Kit {
    private static final int VALUE_BYTES = 4 << 10;

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
                Expect.records(snapshot, ONE).containsExactly("a=1", "b=1");
                Expect.value(snapshot, ONE, "b").isEqualTo("1");
                Expect.value(snapshot, ONE, "c").isNull();
                Expect.records(snapshot, TWO).containsExactly("x=1");
                Expect.records(session, ONE).containsExactly("a=2", "c=2");
                try (Snapshot later = session.openSnapshot()) {
                    Expect.records(later, ONE).containsExactly("a=2", "c=2");
                }
            }
        }
    }

    @Test
    void snapshots_stand_still_while_writers_run() throws Exception {
        int keys = 50;
        try (KVEngine engine = open();
                Session session = engine.openSession();
                WriteBatch batch = session.newBatch()) {
            writeRound(session, batch, keys, 0);
            try (Onlookers onlookers = new Onlookers(engine, 2, snapshot -> showsOneRound(snapshot, keys))) {
                for (int round = 1; round <= 60; round++) {
                    writeRound(session, batch, keys, round);
                    onlookers.awaitLook();
                }
                onlookers.end();
            }
        }
    }

    private static void showsOneRound(Snapshot snapshot, int keys) {
        List<String> once = Bytes.forwards(snapshot, ONE);
        assertThat(once).as("all keys are of one round").hasSize(keys);
        String round = once.get(0).substring(once.get(0).indexOf('='));
        assertThat(once)
                .as("records of a snapshot, written in one batch a round, against the round of the first one")
                .allMatch(record -> record.endsWith(round));
        Expect.records(snapshot, ONE).isEqualTo(once);
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
                Expect.entry("first() of a snapshot over 'b', 'a' written since", cursor.first(), cursor, "b");
                session.put(ONE, Bytes.of("ba"), Bytes.of("2"), weakest());
                Expect.noEntry("next() of a snapshot from 'b', 'ba' and 'c' written since", cursor.next());
            }
        }
    }

    @Test
    void a_snapshot_reads_every_record_after_all_were_overwritten_many_times_and_compacted() {
        int keys = 200;
        int rounds = 20;
        EngineConfig config = config(weakest()).withMemoryBudgetBytes(EngineConfig.MIN_MEMORY_BUDGET_BYTES);
        try (KVEngine engine = provider().open(config);
                Session session = engine.openSession();
                WriteBatch batch = session.newBatch()) {
            overwrite(session, batch, keys, 0);
            engine.sync();
            try (Snapshot snapshot = session.openSnapshot();
                    Cursor cursor = snapshot.openCursor(ONE)) {
                // Twice the memory budget: what the snapshot reads does not come from a cache.
                for (int round = 1; round <= rounds; round++) {
                    overwrite(session, batch, keys, round);
                    if (claims(Ability.COMPACTION) && round % (rounds / 2) == 0) {
                        engine.sync();
                        engine.compact();
                    }
                }
                String step = "snapshot after " + rounds + " overwritings of everything and compaction, ";
                ByteBuffer target = ByteBuffer.allocate(VALUE_BYTES);
                boolean on = cursor.first();
                for (int key = 0; key < keys; key++) {
                    String name = keyOf(key);
                    Expect.entry(step + "the walk's move " + key, on, cursor, name);
                    assertThat(Bytes.text(cursor.value()))
                            .as("%sthe walk's value of one/'%s'", step, name)
                            .startsWith("round 0 of " + name);
                    assertThat(snapshot.get(ONE, Bytes.of(name), target.clear()))
                            .as("%slength of one/'%s'", step, name)
                            .isEqualTo(VALUE_BYTES);
                    assertThat(Bytes.text(target.flip()))
                            .as("%svalue of one/'%s'", step, name)
                            .startsWith("round 0 of " + name);
                    on = cursor.next();
                }
                Expect.noEntry(step + "the walk's move beyond the last key", on);
            }
            Expect.value(session, ONE, keyOf(0)).startsWith("round " + rounds);
        }
    }

    private void overwrite(Session session, WriteBatch batch, int keys, int round) {
        for (int key = 0; key < keys; key++) {
            String value = "round " + round + " of " + keyOf(key) + " ";
            batch.put(ONE, Bytes.of(keyOf(key)), Bytes.of(value + "x".repeat(VALUE_BYTES - value.length())));
            if (key % 20 == 19) {
                session.commit(batch, weakest());
                batch.clear();
            }
        }
        session.commit(batch, weakest());
        batch.clear();
    }

    private static String keyOf(int key) {
        return "k" + (1000 + key);
    }
}
