package io.quorumark.raft.command;

import java.io.ByteArrayOutputStream;

/**
 * Collects operations that take effect together. Reusable after {@link #toCommand()}, which empties it. For one thread at a time. Throws like
 * {@link CommandEncoder}.
 */
public final class CommandBatch {
    private static final byte[] NO_VALUE = {};

    private final ByteArrayOutputStream operations = new ByteArrayOutputStream(512);
    private boolean onlyConditions = true;

    CommandBatch() {}

    public CommandBatch put(byte[] key, int keyLength, byte[] value, int valueLength) {
        return add(CommandEncoder.put(key, keyLength, value, valueLength));
    }

    public CommandBatch delete(byte[] key, int keyLength) {
        return add(CommandEncoder.delete(key, keyLength));
    }

    public CommandBatch deleteRange(byte[] from, int fromLength, byte[] to, int toLength) {
        return add(CommandEncoder.deleteRange(from, fromLength, to, toLength));
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
        return add(CommandEncoder.compareAndSet(key, keyLength, expectedVersion, value, valueLength));
    }

    /** Makes the whole batch depend on there being no record, or a record, with this key. Throws like {@link #requireEqual}. */
    public CommandBatch require(boolean present, byte[] key, int keyLength) {
        return condition(
                CommandEncoder.require(present ? Condition.PRESENT : Condition.ABSENT, key, keyLength, NO_VALUE, 0));
    }

    /**
     * Makes the whole batch depend on a record's whole value.
     *
     * @throws IllegalStateException something else than conditions was added before
     */
    public CommandBatch requireEqual(byte[] key, int keyLength, byte[] value, int valueLength) {
        return condition(CommandEncoder.require(Condition.EQUAL, key, keyLength, value, valueLength));
    }

    private CommandBatch condition(byte[] operation) {
        if (!onlyConditions) {
            throw new IllegalStateException("conditions must come before a batch's operations; add them first");
        }
        add(operation);
        onlyConditions = true;
        return this;
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
        onlyConditions = true;
        return command;
    }

    private CommandBatch add(byte[] operation) {
        if (operations.size() + operation.length > Command.MAX_BYTES) {
            throw new IllegalArgumentException("batch would have " + (operations.size() + operation.length)
                    + " bytes, expected at most " + Command.MAX_BYTES + "; split it");
        }
        operations.writeBytes(operation);
        onlyConditions = false;
        return this;
    }
}
