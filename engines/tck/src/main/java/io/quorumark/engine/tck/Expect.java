package io.quorumark.engine.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Reader;
import io.quorumark.engine.Transaction;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ListAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** Assertions that say which key or keyspace of which view they are about. */
public final class Expect {
    private Expect() {}

    /** Nothing is wrong with an engine at work; how much room the device of a test machine has is left aside. */
    public static void nothingWrong(KVEngine engine) {
        assertThat(engine.health().findings().stream().filter(finding -> !finding.startsWith("the device has")))
                .as("findings of health() of an engine at work, the room left aside")
                .isEmpty();
    }

    /** What is read at a key. */
    static AbstractStringAssert<?> value(Reader reader, Keyspace keyspace, String key) {
        return named(Bytes.get(reader, keyspace, key), "value", keyspace, key);
    }

    /** What a transaction reads at a key. */
    static AbstractStringAssert<?> value(Transaction transaction, Keyspace keyspace, String key) {
        return named(Bytes.get(transaction, keyspace, key), "value seen by the transaction", keyspace, key);
    }

    private static AbstractStringAssert<?> named(@Nullable String value, String what, Keyspace keyspace, String key) {
        return assertThat(value).as("%s of %s/%s", what, keyspace.name(), Shown.of(key));
    }

    /** All records as {@code key=value}, first to last. */
    static ListAssert<String> records(Reader reader, Keyspace keyspace) {
        return assertThat(Bytes.forwards(reader, keyspace))
                .as("records of keyspace '%s', first to last", keyspace.name());
    }

    /** A cursor's move that must end on a key. */
    static void entry(String move, boolean moved, Cursor cursor, String key) {
        assertThat(moved)
                .as("%s: whether it is on an entry, which must be %s", move, Shown.of(key))
                .isTrue();
        assertThat(Bytes.text(cursor.key())).as("%s: the key", move).isEqualTo(key);
    }

    /** A cursor's move that must end on no entry. */
    static void noEntry(String move, boolean moved) {
        assertThat(moved)
                .as("%s: whether it is on an entry, which must not be", move)
                .isFalse();
    }

    /** A use of a cursor that is on no entry. */
    static void offEntry(String use, ThrowingCallable call) {
        refusal(IllegalStateException.class, use, call);
    }

    /** A call that must be refused. */
    static AbstractThrowableAssert<?, ? extends Throwable> refusal(
            Class<? extends Throwable> type, String call, ThrowingCallable action) {
        return assertThatThrownBy(action, "%s must throw %s", call, type.getSimpleName())
                .isInstanceOf(type);
    }
}
