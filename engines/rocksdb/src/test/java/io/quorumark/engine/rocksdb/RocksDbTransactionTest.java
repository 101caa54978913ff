package io.quorumark.engine.rocksdb;

import static io.quorumark.engine.rocksdb.Fixture.LOG;
import static io.quorumark.engine.rocksdb.Fixture.STATE;
import static io.quorumark.engine.rocksdb.Fixture.bytes;
import static io.quorumark.engine.rocksdb.Fixture.get;
import static io.quorumark.engine.rocksdb.Fixture.text;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RocksDB's optimistic transactions: what counts as a conflict, and what is left of one. */
class RocksDbTransactionTest {
    private static final Durability LEVEL = Durability.PROCESS_CRASH;

    @TempDir
    private Path folder;

    private KVEngine engine;
    private Session session;
    private Session other;

    @BeforeEach
    void open() {
        engine = new Fixture(folder.resolve("data")).open(LEVEL);
        session = engine.openSession();
        other = engine.openSession();
    }

    @AfterEach
    void close() {
        session.close();
        other.close();
        engine.close();
    }

    @Test
    void it_reads_the_state_at_its_opening_and_its_own_writes_over_it() {
        put(session, "a", "1");
        try (Transaction transaction = session.openTransaction()) {
            put(other, "a", "2");
            put(other, "b", "2");
            assertThat(read(transaction, "b")).isNull();
            transaction.put(LOG, bytes("c"), bytes("3"));
            assertThat(read(transaction, "c")).isEqualTo("3");
            transaction.delete(LOG, bytes("c"));
            assertThat(read(transaction, "c")).isNull();
            assertThat(get(other, LOG, "c")).isNull();
        }
    }

    @Test
    void a_key_that_was_read_and_then_changed_by_a_plain_commit_is_a_conflict() {
        put(session, "a", "1");
        try (Transaction transaction = session.openTransaction()) {
            assertThat(read(transaction, "a")).isEqualTo("1");
            transaction.put(STATE, bytes("saw"), bytes("1"));
            put(other, "a", "2");
            assertConflict(() -> transaction.commit(LEVEL));
            assertThatThrownBy(() -> transaction.commit(LEVEL))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("has ended; open a new one");
        }
        assertThat(get(session, STATE, "saw")).isNull();
    }

    @Test
    void a_key_that_was_absent_when_read_and_then_made_is_a_conflict() {
        try (Transaction transaction = session.openTransaction()) {
            assertThat(read(transaction, "a")).isNull();
            transaction.put(STATE, bytes("saw"), bytes("nothing"));
            put(other, "a", "1");
            assertConflict(() -> transaction.commit(LEVEL));
        }
        assertThat(get(session, STATE, "saw")).isNull();
    }

    @Test
    void a_key_that_both_only_write_is_a_conflict() {
        try (Transaction transaction = session.openTransaction()) {
            transaction.put(LOG, bytes("a"), bytes("mine"));
            put(other, "a", "theirs");
            assertConflict(() -> transaction.commit(LEVEL));
        }
        assertThat(get(session, LOG, "a")).isEqualTo("theirs");
    }

    @Test
    void a_range_delete_over_what_was_read_is_a_conflict() {
        put(session, "b", "1");
        try (Transaction transaction = session.openTransaction();
                WriteBatch batch = other.newBatch()) {
            assertThat(read(transaction, "b")).isEqualTo("1");
            transaction.put(STATE, bytes("saw"), bytes("1"));
            batch.deleteRange(LOG, bytes("a"), bytes("c"));
            other.commit(batch, LEVEL);
            assertConflict(() -> transaction.commit(LEVEL));
        }
        assertThat(get(session, STATE, "saw")).isNull();
    }

    @Test
    void a_flush_does_not_hide_another_commit() {
        put(session, "a", "1");
        try (Transaction transaction = session.openTransaction()) {
            assertThat(read(transaction, "a")).isEqualTo("1");
            transaction.put(LOG, bytes("a"), bytes("mine"));
            put(other, "a", "theirs");
            engine.compact();
            assertConflict(() -> transaction.commit(LEVEL));
        }
        assertThat(get(session, LOG, "a")).isEqualTo("theirs");
    }

    @Test
    void transactions_after_a_flush_commit() {
        put(session, "a", "1");
        engine.compact();
        try (Transaction transaction = session.openTransaction()) {
            assertThat(read(transaction, "a")).isEqualTo("1");
            transaction.put(LOG, bytes("a"), bytes("2"));
            transaction.commit(LEVEL);
        }
        assertThat(get(session, LOG, "a")).isEqualTo("2");
    }

    @Test
    void two_that_touch_different_keys_both_commit() {
        try (Transaction first = session.openTransaction();
                Transaction second = other.openTransaction()) {
            first.put(LOG, bytes("a"), bytes("1"));
            second.put(LOG, bytes("b"), bytes("2"));
            second.commit(LEVEL);
            first.commit(LEVEL);
        }
        assertThat(get(session, LOG, "a")).isEqualTo("1");
        assertThat(get(session, LOG, "b")).isEqualTo("2");
    }

    @Test
    void values_larger_than_its_first_buffer_and_targets_that_are_too_small_are_answered_as_by_a_session() {
        ByteBuffer large = ByteBuffer.allocate(100_000);
        large.put(99_999, (byte) 7);
        session.put(LOG, bytes("large"), large, LEVEL);
        try (Transaction transaction = session.openTransaction()) {
            ByteBuffer small = ByteBuffer.allocate(10);
            assertThat(transaction.get(LOG, bytes("large"), small)).isEqualTo(100_000);
            assertThat(small.position()).isZero();
            ByteBuffer target = ByteBuffer.allocateDirect(100_001);
            assertThat(transaction.get(LOG, bytes("large"), target)).isEqualTo(100_000);
            assertThat(target.flip()).isEqualTo(large);
            ByteBuffer key = ByteBuffer.allocateDirect(5).put(bytes("large")).flip();
            assertThat(transaction.get(LOG, key, target.clear())).isEqualTo(100_000);
            assertThat(key.remaining()).isEqualTo(5);
            transaction.put(LOG, bytes("empty"), bytes(""));
            assertThat(transaction.get(LOG, bytes("empty"), target.clear())).isZero();
        }
    }

    @Test
    void a_level_that_does_not_go_with_the_engine_is_refused_and_the_transaction_goes_on() {
        try (Transaction transaction = session.openTransaction()) {
            transaction.put(LOG, bytes("a"), bytes("1"));
            assertThatThrownBy(() -> transaction.commit(Durability.POWER_LOSS))
                    .isInstanceOf(EngineException.Unsupported.class);
            transaction.commit(LEVEL);
        }
        assertThat(get(session, LOG, "a")).isEqualTo("1");
    }

    @Test
    void a_session_does_not_close_over_an_open_transaction_and_a_closed_one_answers_closed() {
        Transaction transaction = session.openTransaction();
        transaction.put(LOG, bytes("a"), bytes("1"));
        assertThatThrownBy(session::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("transaction");
        transaction.close();
        transaction.close();
        assertThatThrownBy(() -> transaction.put(LOG, bytes("a"), bytes("1")))
                .isInstanceOf(EngineException.Closed.class);
        assertThatThrownBy(transaction::rollback).isInstanceOf(EngineException.Closed.class);
        assertThat(get(session, LOG, "a")).isNull();
    }

    @Test
    void its_commit_is_synced_at_power_loss() {
        try (KVEngine synced = new Fixture(folder.resolve("synced")).open(Durability.POWER_LOSS);
                Session writer = synced.openSession();
                Transaction weak = writer.openTransaction();
                Transaction strong = writer.openTransaction()) {
            double before = Fixture.stat(synced, "log.syncs");
            weak.put(LOG, bytes("a"), bytes("1"));
            weak.commit(Durability.PROCESS_CRASH);
            assertThat(Fixture.stat(synced, "log.syncs")).isEqualTo(before);
            strong.put(LOG, bytes("b"), bytes("1"));
            strong.commit(Durability.POWER_LOSS);
            assertThat(Fixture.stat(synced, "log.syncs")).isEqualTo(before + 1);
        }
    }

    private static void assertConflict(Runnable commit) {
        assertThatThrownBy(commit::run)
                .isInstanceOf(EngineException.Conflict.class)
                .hasMessageContaining("run the transaction again");
    }

    private static void put(Session session, String key, String value) {
        session.put(LOG, bytes(key), bytes(value), LEVEL);
    }

    private static @Nullable String read(Transaction transaction, String key) {
        ByteBuffer target = ByteBuffer.allocate(64);
        int length = transaction.get(LOG, bytes(key), target);
        return length == Reader.NOT_FOUND ? null : text(target.flip());
    }
}
