package io.quorumark.raft.command;

import java.io.ByteArrayOutputStream;

/**
 * Collects operations that take effect together. Reusable after {@link #toCommand()}, which empties it. For one thread at a time. Throws
 * like
 * {@link CommandEncoder}.
 */
public final class CommandBatch {
    private static final byte[] NO_VALUE = {};

    private final ByteArrayOutputStream operations = new ByteArrayOutputStream(512);
    private Stage stage = Stage.READ;

    /** What may still be added, in this order. */
    private enum Stage {
        READ,
        CONDITIONS,
        REMOVALS,
        OPERATIONS
    }

    CommandBatch() {}

    public CommandBatch put(byte[] key, int keyLength, byte[] value, int valueLength) {
        return add(Stage.OPERATIONS, CommandEncoder.put(key, keyLength, value, valueLength));
    }

    public CommandBatch delete(byte[] key, int keyLength) {
        return add(Stage.OPERATIONS, CommandEncoder.delete(key, keyLength));
    }

    public CommandBatch deleteRange(byte[] from, int fromLength, byte[] to, int toLength) {
        return add(Stage.OPERATIONS, CommandEncoder.deleteRange(from, fromLength, to, toLength));
    }

    /**
     * Makes the whole batch depend on the version of one record, which gets a new value.
     *
     * @throws IllegalStateException it is not the first operation
     */
    public CommandBatch compareAndSet(byte[] key, int keyLength, long expectedVersion, byte[] value, int valueLength) {
        if (operations.size() > 0) {
            throw new IllegalStateException(
                    "compareAndSet must be the batch's first operation; add it before the others");
        }
        return add(Stage.OPERATIONS, CommandEncoder.compareAndSet(key, keyLength, expectedVersion, value, valueLength));
    }

    /**
     * Lets the result tell what the record held before the batch, whether that takes effect or not.
     *
     * @throws IllegalStateException something was added before
     */
    public CommandBatch read(byte[] key, int keyLength) {
        if (operations.size() > 0) {
            throw new IllegalStateException("read must be the batch's first operation; add it before the others");
        }
        return add(Stage.CONDITIONS, CommandEncoder.keyed(Command.READ, Command.READ_HEADER_BYTES, key, keyLength));
    }

    /**
     * Deletes a record, and lets the result count those that were there.
     *
     * @throws IllegalStateException something else than a read, conditions and removals was added before
     */
    public CommandBatch remove(byte[] key, int keyLength) {
        return add(Stage.REMOVALS, CommandEncoder.keyed(Command.REMOVE, Command.REMOVE_HEADER_BYTES, key, keyLength));
    }

    /** Makes the whole batch depend on there being no record, or a record, with this key. Throws like {@link #requireEqual}. */
    public CommandBatch require(boolean present, byte[] key, int keyLength) {
        return add(
                Stage.CONDITIONS,
                CommandEncoder.require(present ? Condition.PRESENT : Condition.ABSENT, key, keyLength, NO_VALUE, 0));
    }

    /**
     * Makes the whole batch depend on a record's whole value.
     *
     * @throws IllegalStateException something else than a read and conditions was added before
     */
    public CommandBatch requireEqual(byte[] key, int keyLength, byte[] value, int valueLength) {
        return add(Stage.CONDITIONS, CommandEncoder.require(Condition.EQUAL, key, keyLength, value, valueLength));
    }

    /**
     * The command, and an empty batch.
     *
     * @throws IllegalStateException nothing was added
     */
    public byte[] toCommand() {
        if (operations.size() == 0) {
            throw new IllegalStateException("batch is empty; add an operation first");
        }
        byte[] command = operations.toByteArray();
        operations.reset();
        stage = Stage.READ;
        return command;
    }

    private CommandBatch add(Stage kind, byte[] operation) {
        if (kind.compareTo(stage) < 0) {
            throw new IllegalStateException(
                    "a batch begins with its conditions, then removals, then other operations; add them in this order");
        }
        if (operations.size() + operation.length > Command.MAX_BYTES) {
            throw new IllegalArgumentException("batch would have " + (operations.size() + operation.length)
                    + " bytes, expected at most " + Command.MAX_BYTES + "; split it");
        }
        operations.writeBytes(operation);
        stage = kind;
        return this;
    }
}
