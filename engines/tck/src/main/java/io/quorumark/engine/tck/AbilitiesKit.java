package io.quorumark.engine.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorumark.engine.Ability;
import io.quorumark.engine.BackgroundWork;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Session;
import io.quorumark.engine.Transaction;
import io.quorumark.engine.WriteBatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Claimed abilities work, unclaimed ones are refused. */
abstract class AbilitiesKit extends Kit {
    @Test
    void compaction_keeps_all_data_or_is_refused() {
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            for (int i = 0; i < 500; i++) {
                session.put(ONE, Bytes.of("k" + i % 50), Bytes.of("v" + i), weakest());
            }
            if (provider().capabilities().has(Ability.COMPACTION)) {
                engine.compact();
            } else {
                assertThatThrownBy(engine::compact, "compact() without the ability COMPACTION")
                        .isInstanceOf(EngineException.Unsupported.class);
            }
            Expect.records(session, ONE).hasSize(50).contains("k49=v499");
        }
    }

    /** For a thread that may have to wait for this one. */
    private static final long PATIENCE_MILLIS = 1_000;

    /** An engine with another clock than the JVM's can only tell how long ago something was, and its word takes a moment to arrive. */
    private static final long CLOCKS_APART_NANOS = 1_000_000_000;

    @Test
    void a_compaction_that_was_asked_for_is_told_once_with_its_times() {
        assumeTrue(claims(Ability.COMPACTION), "no compaction claimed");
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            for (int i = 0; i < 500; i++) {
                session.put(ONE, Bytes.of("k" + i % 50), Bytes.of("v" + i), weakest());
            }
            engine.takeBackgroundWork();
            long beforeNanos = System.nanoTime();
            engine.compact();
            long afterNanos = System.nanoTime();
            List<BackgroundWork> told = engine.takeBackgroundWork();
            assertThat(told)
                    .as(
                            "takeBackgroundWork() after compact(), expected a COMPACTION from %d to %d by System.nanoTime(), within 1 s",
                            beforeNanos, afterNanos)
                    .anyMatch(work -> work.kind() == BackgroundWork.Kind.COMPACTION
                            && work.startNanos() - beforeNanos >= -CLOCKS_APART_NANOS
                            && afterNanos - work.endNanos() >= -CLOCKS_APART_NANOS);
            assertThat(engine.takeBackgroundWork())
                    .as("takeBackgroundWork() once more, expected nothing that was told before")
                    .doesNotContainAnyElementsOf(told);
        }
    }

    @Test
    void a_transaction_shows_its_writes_to_itself_and_to_others_only_when_committed() {
        assumeTrue(claims(Ability.TRANSACTIONS), "no transactions claimed");
        try (KVEngine engine = open();
                Session session = engine.openSession();
                Session other = engine.openSession()) {
            session.put(ONE, Bytes.of("a"), Bytes.of("1"), weakest());
            session.put(ONE, Bytes.of("b"), Bytes.of("1"), weakest());
            try (Transaction transaction = session.openTransaction()) {
                transaction.put(ONE, Bytes.of("a"), Bytes.of("2"));
                transaction.delete(ONE, Bytes.of("b"));
                transaction.put(TWO, Bytes.of("c"), Bytes.of("2"));
                Expect.value(transaction, ONE, "a").isEqualTo("2");
                Expect.value(transaction, ONE, "b").isNull();
                Expect.records(other, ONE).containsExactly("a=1", "b=1");
                transaction.commit(weakest());
            }
            Expect.records(other, ONE).containsExactly("a=2");
            Expect.records(other, TWO).containsExactly("c=2");
        }
    }

    @Test
    void a_transaction_that_is_rolled_back_or_closed_leaves_no_trace() {
        assumeTrue(claims(Ability.TRANSACTIONS), "no transactions claimed");
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            session.put(ONE, Bytes.of("a"), Bytes.of("1"), weakest());
            try (Transaction transaction = session.openTransaction()) {
                transaction.put(ONE, Bytes.of("a"), Bytes.of("2"));
                transaction.rollback();
                assertThatThrownBy(
                                () -> transaction.put(ONE, Bytes.of("a"), Bytes.of("3")),
                                "put in a transaction after its rollback")
                        .isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> transaction.commit(weakest()), "commit of a transaction after its rollback")
                        .isInstanceOf(IllegalStateException.class);
            }
            try (Transaction transaction = session.openTransaction()) {
                transaction.delete(ONE, Bytes.of("a"));
            }
            Expect.records(session, ONE).containsExactly("a=1");
        }
    }

    @Test
    void of_two_transactions_that_meet_not_both_commit_on_what_they_read_before() throws Exception {
        assumeTrue(claims(Ability.TRANSACTIONS), "no transactions claimed");
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            session.put(ONE, Bytes.of("n"), Bytes.of("0"), weakest());
            Future<String> second;
            CountDownLatch secondHasRead = new CountDownLatch(1);
            String firstRead;
            boolean firstCommitted;
            try (Transaction first = session.openTransaction()) {
                firstRead = String.valueOf(Bytes.get(first, ONE, "n"));
                second = threads.submit(() -> addOne(engine, secondHasRead));
                // An optimistic engine lets the second one read at once; one with a single writer lets it wait for us.
                boolean unused = secondHasRead.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
                first.put(ONE, Bytes.of("n"), Bytes.of(firstRead + "+1"));
                firstCommitted = committed(first);
            }
            String secondSaw = second.get();
            String found = Bytes.get(session, ONE, "n");
            if (firstCommitted) {
                assertThat(secondSaw).as("what the second one committed on").isIn("conflict", "0+1");
                assertThat(found)
                        .as(
                                "value of one/'n', to which two transactions added '+1'; the second one ended with %s",
                                secondSaw)
                        .isEqualTo(secondSaw.equals("conflict") ? "0+1" : "0+1+1");
            } else {
                assertThat(secondSaw)
                        .as("what the second one committed on, after the first had its conflict")
                        .isEqualTo("0");
                assertThat(found)
                        .as(
                                "value of one/'n', to which two transactions added '+1'; the second one ended with %s",
                                secondSaw)
                        .isEqualTo("0+1");
            }
        } finally {
            threads.shutdown();
        }
    }

    /** @return what it read before it committed, or {@code conflict} */
    private String addOne(KVEngine engine, CountDownLatch hasRead) {
        try (Session session = engine.openSession();
                Transaction transaction = session.openTransaction()) {
            String read = String.valueOf(Bytes.get(transaction, ONE, "n"));
            hasRead.countDown();
            transaction.put(ONE, Bytes.of("n"), Bytes.of(read + "+1"));
            return committed(transaction) ? read : "conflict";
        } catch (EngineException.Conflict e) {
            return "conflict";
        }
    }

    private boolean committed(Transaction transaction) {
        try {
            transaction.commit(weakest());
            return true;
        } catch (EngineException.Conflict e) {
            return false;
        }
    }

    @Test
    void counting_in_transactions_from_several_threads_loses_nothing() throws Exception {
        assumeTrue(claims(Ability.TRANSACTIONS), "no transactions claimed");
        int counters = 4;
        int each = 50;
        ExecutorService threads = Executors.newFixedThreadPool(counters);
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            session.put(ONE, Bytes.of("n"), Bytes.of("0"), weakest());
            List<Future<?>> done = new ArrayList<>();
            for (int counter = 0; counter < counters; counter++) {
                done.add(threads.submit(() -> {
                    try (Session own = engine.openSession()) {
                        for (int i = 0; i < each; i++) {
                            while (!increment(own)) {
                                Thread.onSpinWait();
                            }
                        }
                    }
                }));
            }
            for (Future<?> one : done) {
                one.get();
            }
            Expect.value(session, ONE, "n").isEqualTo(String.valueOf(counters * each));
        } finally {
            threads.shutdown();
        }
    }

    private boolean increment(Session session) {
        try (Transaction transaction = session.openTransaction()) {
            int before = Integer.parseInt(String.valueOf(Bytes.get(transaction, ONE, "n")));
            transaction.put(ONE, Bytes.of("n"), Bytes.of(String.valueOf(before + 1)));
            return committed(transaction);
        } catch (EngineException.Conflict e) {
            return false;
        }
    }

    @Test
    void a_second_backup_restores_what_it_held_and_the_first_too() {
        assumeTrue(claims(Ability.INCREMENTAL_BACKUP), "no incremental backup claimed");
        Path backups = folder.resolve("backups");
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            session.put(ONE, Bytes.of("k"), Bytes.of("1"), weakest());
            assertThat(engine.backup(backups).number())
                    .as("number of the first backup of the folder")
                    .isEqualTo(1);
            session.put(ONE, Bytes.of("k"), Bytes.of("2"), weakest());
            assertThat(engine.backup(backups).number())
                    .as("number of the second backup of the folder")
                    .isEqualTo(2);
        }
        for (int number = 1; number <= 2; number++) {
            Path target = folder.resolve("restored-" + number);
            provider().restoreBackup(backups, number, target);
            try (KVEngine engine = provider().open(config(weakest()).withDirectory(target));
                    Session session = engine.openSession()) {
                Expect.value(session, ONE, "k").isEqualTo(String.valueOf(number));
            }
        }
    }

    @Test
    void what_is_whole_verifies_while_it_is_written_to() throws Exception {
        assumeTrue(claims(Ability.INTEGRITY_CHECK), "no integrity check claimed");
        int records = 2000;
        ExecutorService writer = Executors.newSingleThreadExecutor();
        try (KVEngine engine = open()) {
            engine.verify();
            Future<?> writing = writer.submit(() -> {
                try (Session session = engine.openSession()) {
                    for (int i = 0; i < records; i++) {
                        session.put(ONE, Bytes.of("k" + i), Bytes.of("v" + i), weakest());
                    }
                }
            });
            try {
                boolean written;
                do {
                    written = writing.isDone();
                    assertThatCode(engine::verify)
                            .as("verify() of what is whole, beside commits")
                            .doesNotThrowAnyException();
                } while (!written);
            } finally {
                writing.get(); // an engine does not close over a session
            }
            try (Session session = engine.openSession()) {
                Expect.records(session, ONE).hasSize(records);
            }
        } finally {
            writer.shutdown();
        }
    }

    @Test
    void compressed_values_come_back_as_they_were() {
        assumeTrue(claims(Ability.VALUE_COMPRESSION), "no value compression claimed");
        EngineConfig config = config(weakest()).withOptions(Map.of(Ability.COMPRESSION_OPTION, "lz4"));
        try (KVEngine engine = provider().open(config);
                Session session = engine.openSession()) {
            session.put(ONE, Bytes.of("k"), Bytes.of("again and ".repeat(5000)), weakest());
            assertThat(engine.effectiveOptions().toString().toLowerCase(Locale.ROOT))
                    .as("effectiveOptions() with compression=lz4")
                    .contains("lz4");
            engine.sync();
        }
        try (KVEngine engine = provider().open(config);
                Session session = engine.openSession()) {
            Expect.value(session, ONE, "k").isEqualTo("again and ".repeat(5000));
        }
    }

    @Test
    void an_encrypted_folder_opens_with_its_key_alone() throws Exception {
        assumeTrue(claims(Ability.ENCRYPTION), "no encryption claimed");
        Path right = Files.writeString(folder.resolve("right"), "a".repeat(64));
        Path wrong = Files.writeString(folder.resolve("wrong"), "b".repeat(64));
        for (String encryption : List.of("aes-gcm", "chacha20-poly1305")) {
            EngineConfig config = config(weakest()).withDirectory(folder.resolve(encryption));
            EngineConfig encrypted = withKey(config, encryption, right);
            try (KVEngine engine = provider().open(encrypted);
                    Session session = engine.openSession()) {
                session.put(ONE, Bytes.of("k"), Bytes.of("secret"), weakest());
                engine.sync();
            }
            assertThatThrownBy(
                            () -> provider().open(withKey(config, encryption, wrong)),
                            "opening a folder encrypted with %s with another key",
                            encryption)
                    .isInstanceOf(EngineException.WrongKey.class);
            assertThatThrownBy(
                            () -> provider().open(config),
                            "opening a folder encrypted with %s without a key",
                            encryption)
                    .isInstanceOf(EngineException.WrongKey.class);
            try (KVEngine engine = provider().open(encrypted);
                    Session session = engine.openSession()) {
                Expect.value(session, ONE, "k").isEqualTo("secret");
            }
        }
    }

    private static EngineConfig withKey(EngineConfig config, String encryption, Path key) {
        return config.withOptions(
                Map.of(Ability.ENCRYPTION_OPTION, encryption, Ability.ENCRYPTION_KEY_FILE_OPTION, key.toString()));
    }

    @Test
    void what_is_not_claimed_is_refused() throws Exception {
        Path key = Files.writeString(folder.resolve("key"), "a".repeat(64));
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            refusedUnlessClaimed(
                    Ability.TRANSACTIONS, () -> session.openTransaction().close());
            refusedUnlessClaimed(Ability.INCREMENTAL_BACKUP, () -> engine.backup(folder.resolve("backups")));
            refusedUnlessClaimed(
                    Ability.INCREMENTAL_BACKUP,
                    () -> provider().restoreBackup(folder.resolve("backups"), 1, folder.resolve("restored")));
            refusedUnlessClaimed(Ability.INTEGRITY_CHECK, engine::verify);
            refusedUnlessClaimed(Ability.COMPACTION, engine::compact);
        }
        EngineConfig other = config(weakest()).withDirectory(folder.resolve("other"));
        if (!claims(Ability.VALUE_COMPRESSION)) {
            assertThatThrownBy(
                            () -> provider().open(other.withOptions(Map.of(Ability.COMPRESSION_OPTION, "lz4"))),
                            "opening with compression=lz4 without the ability VALUE_COMPRESSION")
                    .isInstanceOf(EngineException.InvalidOption.class);
        }
        if (!claims(Ability.ENCRYPTION)) {
            assertThatThrownBy(
                            () -> provider().open(withKey(other, "aes-gcm", key)),
                            "opening with encryption=aes-gcm without the ability ENCRYPTION")
                    .isInstanceOf(EngineException.InvalidOption.class);
        }
    }

    private void refusedUnlessClaimed(Ability ability, ThrowingCallable use) {
        if (!claims(ability)) {
            assertThatThrownBy(use, "a call that needs the ability %s, which is not claimed", ability)
                    .isInstanceOf(EngineException.Unsupported.class);
        }
    }

    @Test
    void a_transaction_conflicts_with_a_range_deletion_over_what_it_read() throws Exception {
        assumeTrue(claims(Ability.TRANSACTIONS), "no transactions claimed");
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            session.put(ONE, Bytes.of("b"), Bytes.of("1"), weakest());
            boolean committed;
            Future<?> deletion;
            try (Transaction transaction = session.openTransaction()) {
                Expect.value(transaction, ONE, "b").isEqualTo("1");
                deletion = threads.submit(() -> deleteRange(engine, "a", "c"));
                awaitDoneOrWaiting(deletion);
                transaction.put(TWO, Bytes.of("saw b"), Bytes.of("1"));
                boolean wasDeletedBefore = deletion.isDone();
                committed = committed(transaction);
                assertThat(committed && wasDeletedBefore)
                        .as("committed on what was deleted before")
                        .isFalse();
            }
            deletion.get();
            Expect.records(session, TWO).hasSize(committed ? 1 : 0);
        } finally {
            threads.shutdown();
        }
    }

    private void deleteRange(KVEngine engine, String from, String to) {
        try (Session session = engine.openSession();
                WriteBatch batch = session.newBatch()) {
            batch.deleteRange(ONE, Bytes.of(from), Bytes.of(to));
            session.commit(batch, weakest());
        }
    }

    /** An engine with one writer makes others wait for a transaction; then waiting longer is of no use. */
    private static void awaitDoneOrWaiting(Future<?> other) throws Exception {
        try {
            other.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException waits) {
            // for the transaction, which goes on
        }
    }
}
