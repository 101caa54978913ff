package io.quorumark.raft.state;

import io.quorumark.engine.Reader;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import io.quorumark.raft.command.Command;
import io.quorumark.raft.command.Condition;
import io.quorumark.raft.command.DecimalNumber;
import io.quorumark.raft.command.WriteResult;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Turns commands into changes of a pending batch. A command that depends on records sees them as every command before it leaves them, be
 * that committed or in the
 * batch, so that its result does not depend on where batches end, which differs between members. For one thread.
 */
final class CommandApplier {
    private final Session session;
    private final WriteBatch batch;
    private final Runnable commitPending;
    private final PendingRecords pending = new PendingRecords();
    private final ByteBuffer numberText;
    private ByteBuffer committedValue;
    private boolean tracking;
    private boolean untrackedChanges;
    private boolean sawDependent;

    /**
     * @param session reads what is committed
     * @param batch takes the changes; committed and cleared by others
     * @param commitPending commits the batch up to the command before, and calls {@link #batchEnded}
     */
    CommandApplier(Session session, WriteBatch batch, Runnable commitPending) {
        this.session = session;
        this.batch = batch;
        this.commitPending = commitPending;
        this.numberText = session.allocate(DecimalNumber.MAX_BYTES);
        this.committedValue = session.allocate(4096);
    }

    /** The batch was committed or given up, and is empty. */
    void batchEnded() {
        pending.clear();
        untrackedChanges = false;
        // keys are tracked from the start of a batch if the one before it needed them
        tracking = sawDependent;
        sawDependent = false;
    }

    /**
     * Adds a command's changes to the batch.
     *
     * @param command well formed; its bytes must stay as they are until {@link #batchEnded}
     * @param answered whether somebody waits for the result; else it says no more than the outcome
     */
    WriteResult apply(ByteBuffer command, boolean answered) {
        switch (command.get(command.position())) {
            case Command.ADD -> {
                return add(command, answered);
            }
            case Command.COMPARE_AND_SET -> {
                trackFromHere();
                return compareAndSet(command);
            }
            case Command.READ, Command.REQUIRE, Command.REMOVE -> {
                trackFromHere();
                return applyDependent(command, answered);
            }
            default -> {
                applyOperations(command, command.position());
                return WriteResult.APPLIED;
            }
        }
    }

    /** From here on the pending batch knows which keys it touches; what it already has without knowing is committed. */
    private void trackFromHere() {
        if (untrackedChanges) {
            commitPending.run();
        }
        sawDependent = true;
        tracking = true;
    }

    private WriteResult add(ByteBuffer command, boolean answered) {
        trackFromHere();
        int at = command.position();
        ByteBuffer key = command.slice(at + Command.ADD_HEADER_BYTES, command.getShort(at + 1));
        long delta = command.getLong(at + 3);
        long current = 0;
        int entry = pending.find(key);
        if (entry != PendingRecords.UNTOUCHED && pending.isNumber(entry)) {
            current = pending.number(entry);
        } else {
            ByteBuffer value = current(key);
            if (value != null) {
                if (!DecimalNumber.isNumber(value)) {
                    return WriteResult.NOT_A_NUMBER;
                }
                current = DecimalNumber.parse(value);
            }
        }
        long sum = current + delta;
        if (((current ^ sum) & (delta ^ sum)) < 0) {
            return WriteResult.OVERFLOW;
        }
        DecimalNumber.format(sum, numberText);
        batch.put(StateStore.STATE, key, numberText);
        pending.putNumber(key, sum);
        return answered ? WriteResult.applied(sum) : WriteResult.APPLIED;
    }

    private WriteResult compareAndSet(ByteBuffer command) {
        int at = command.position();
        ByteBuffer key = command.slice(at + Command.COMPARE_AND_SET_HEADER_BYTES, command.getShort(at + 1));
        long expected = command.getLong(at + 7);
        ByteBuffer value = current(key);
        // a record whose first 8 bytes are zero cannot be told from an absent one, and matches nothing
        boolean matches = value == null
                ? expected == Command.ABSENT
                : expected != Command.ABSENT && expected == Command.versionOf(value);
        if (!matches) {
            return WriteResult.CONFLICT;
        }
        applyOperations(command, at);
        return WriteResult.APPLIED;
    }

    /** What begins with READ, REQUIRE or REMOVE. */
    private WriteResult applyDependent(ByteBuffer command, boolean answered) {
        int at = command.position();
        byte[] previous = null;
        if (command.get(at) == Command.READ) {
            ByteBuffer key = keyAt(command, at, Command.READ_HEADER_BYTES);
            previous = answered ? copy(current(key)) : null;
            at += Command.READ_HEADER_BYTES + key.remaining();
        }
        while (at < command.limit() && command.get(at) == Command.REQUIRE) {
            if (!conditionHolds(command, at)) {
                return previous == null
                        ? WriteResult.CONFLICT
                        : new WriteResult(WriteResult.Outcome.CONFLICT, 0, previous);
            }
            at += Command.REQUIRE_HEADER_BYTES + command.getShort(at + 1) + command.getInt(at + 3);
        }
        long removed = 0;
        while (at < command.limit() && command.get(at) == Command.REMOVE) {
            ByteBuffer key = keyAt(command, at, Command.REMOVE_HEADER_BYTES);
            if (current(key) != null) {
                delete(key);
                removed++;
            }
            at += Command.REMOVE_HEADER_BYTES + key.remaining();
        }
        applyOperations(command, at);
        boolean plain = !answered || (removed == 0 && previous == null);
        return plain ? WriteResult.APPLIED : new WriteResult(WriteResult.Outcome.APPLIED, removed, previous);
    }

    private static ByteBuffer keyAt(ByteBuffer command, int at, int headerBytes) {
        return command.slice(at + headerBytes, command.getShort(at + 1));
    }

    private static byte @Nullable [] copy(@Nullable ByteBuffer value) {
        if (value == null) {
            return null;
        }
        byte[] bytes = new byte[value.remaining()];
        value.get(value.position(), bytes);
        return bytes;
    }

    private boolean conditionHolds(ByteBuffer command, int at) {
        ByteBuffer key = keyAt(command, at, Command.REQUIRE_HEADER_BYTES);
        ByteBuffer value = current(key);
        return switch (Condition.of(command.get(at + Command.REQUIRE_HEADER_BYTES - 1))) {
            case ABSENT -> value == null;
            case PRESENT -> value != null;
            case EQUAL ->
                value != null
                        && value.equals(command.slice(
                                at + Command.REQUIRE_HEADER_BYTES + key.remaining(), command.getInt(at + 3)));
        };
    }

    /**
     * A record's value as the commands before this one leave it, until the next call; its position and limit must be left as they are. Null
     * if it is absent.
     */
    private @Nullable ByteBuffer current(ByteBuffer key) {
        int entry = pending.find(key);
        if (entry != PendingRecords.UNTOUCHED) {
            return pending.value(entry, numberText);
        }
        committedValue.clear();
        int length = session.get(StateStore.STATE, key, committedValue);
        if (length > committedValue.capacity()) {
            committedValue = session.allocate(Integer.highestOneBit(length) << 1);
            length = session.get(StateStore.STATE, key, committedValue);
        }
        return length == Reader.NOT_FOUND ? null : committedValue.flip();
    }

    private void applyOperations(ByteBuffer command, int start) {
        int at = start;
        while (at < command.limit()) {
            at = applyOperation(command, at);
        }
    }

    private int applyOperation(ByteBuffer command, int at) {
        byte operation = command.get(at);
        int keyLength = command.getShort(at + 1);
        switch (operation) {
            case Command.PUT -> {
                return put(command, at + Command.PUT_HEADER_BYTES, keyLength, command.getInt(at + 3));
            }
            case Command.COMPARE_AND_SET -> {
                return put(command, at + Command.COMPARE_AND_SET_HEADER_BYTES, keyLength, command.getInt(at + 3));
            }
            case Command.DELETE -> {
                delete(command.slice(at + Command.DELETE_HEADER_BYTES, keyLength));
                return at + Command.DELETE_HEADER_BYTES + keyLength;
            }
            case Command.DELETE_RANGE -> {
                int toLength = command.getShort(at + 3);
                int start = at + Command.DELETE_RANGE_HEADER_BYTES;
                batch.deleteRange(
                        StateStore.STATE, command.slice(start, keyLength), command.slice(start + keyLength, toLength));
                untrackedChanges = true;
                return start + keyLength + toLength;
            }
            default ->
                throw new IllegalStateException("log entry holds operation " + operation + ", expected 1 to "
                        + Command.REMOVE + "; the log was written by a newer version");
        }
    }

    private int put(ByteBuffer command, int start, int keyLength, int valueLength) {
        ByteBuffer key = command.slice(start, keyLength);
        ByteBuffer value = command.slice(start + keyLength, valueLength);
        batch.put(StateStore.STATE, key, value);
        if (tracking) {
            pending.putValue(key, value);
        } else {
            untrackedChanges = true;
        }
        return start + keyLength + valueLength;
    }

    private void delete(ByteBuffer key) {
        batch.delete(StateStore.STATE, key);
        if (tracking) {
            pending.putAbsent(key);
        } else {
            untrackedChanges = true;
        }
    }
}
