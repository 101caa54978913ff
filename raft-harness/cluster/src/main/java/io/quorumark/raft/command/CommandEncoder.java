package io.quorumark.raft.command;

import io.quorumark.engine.Limits;
import java.nio.ByteBuffer;

/**
 * Makes commands. Every method gives a new array, because the group keeps it.
 *
 * <p>All throw {@link IllegalArgumentException} if a key is empty or longer than 511 bytes, or the command longer than {@link
 * Command#MAX_BYTES}.
 */
public final class CommandEncoder {
    private CommandEncoder() {}

    /** Stores a value. */
    public static byte[] put(byte[] key, int keyLength, byte[] value, int valueLength) {
        byte[] command = new byte[checkedBytes(Command.PUT_HEADER_BYTES, keyLength, valueLength)];
        ByteBuffer.wrap(command)
                .put(Command.PUT)
                .putShort((short) keyLength)
                .putInt(valueLength)
                .put(key, 0, keyLength)
                .put(value, 0, valueLength);
        return command;
    }

    /** Deletes a record; one that is not there is no error. */
    public static byte[] delete(byte[] key, int keyLength) {
        return keyed(Command.DELETE, Command.DELETE_HEADER_BYTES, key, keyLength);
    }

    /** Deletes every record from {@code from} up to, not including, {@code to}. */
    public static byte[] deleteRange(byte[] from, int fromLength, byte[] to, int toLength) {
        checkKey(toLength);
        byte[] command = new byte[checkedBytes(Command.DELETE_RANGE_HEADER_BYTES, fromLength, toLength)];
        ByteBuffer.wrap(command)
                .put(Command.DELETE_RANGE)
                .putShort((short) fromLength)
                .putShort((short) toLength)
                .put(from, 0, fromLength)
                .put(to, 0, toLength);
        return command;
    }

    /** Stores a value if the record has version {@code expectedVersion}; {@link Command#ABSENT} if there must be none. */
    public static byte[] compareAndSet(byte[] key, int keyLength, long expectedVersion, byte[] value, int valueLength) {
        byte[] command = new byte[checkedBytes(Command.COMPARE_AND_SET_HEADER_BYTES, keyLength, valueLength)];
        ByteBuffer.wrap(command)
                .put(Command.COMPARE_AND_SET)
                .putShort((short) keyLength)
                .putInt(valueLength)
                .putLong(expectedVersion)
                .put(key, 0, keyLength)
                .put(value, 0, valueLength);
        return command;
    }

    /**
     * Adds to the record's value, a {@link DecimalNumber}; an absent record counts as 0. The result tells the sum, or why there is none.
     * A command of its own: no part of a batch.
     */
    public static byte[] add(byte[] key, int keyLength, long delta) {
        byte[] command = new byte[checkedBytes(Command.ADD_HEADER_BYTES, keyLength, 0)];
        ByteBuffer.wrap(command)
                .put(Command.ADD)
                .putShort((short) keyLength)
                .putLong(delta)
                .put(key, 0, keyLength);
        return command;
    }

    /** An operation that is nothing but its code and a key. */
    static byte[] keyed(byte operation, int headerBytes, byte[] key, int keyLength) {
        byte[] command = new byte[checkedBytes(headerBytes, keyLength, 0)];
        ByteBuffer.wrap(command).put(operation).putShort((short) keyLength).put(key, 0, keyLength);
        return command;
    }

    /**
     * Lets the whole command depend on a record; {@code value} is empty but for {@link Condition#EQUAL}. Only for the beginning of a
     * batch.
     */
    static byte[] require(Condition condition, byte[] key, int keyLength, byte[] value, int valueLength) {
        byte[] command = new byte[checkedBytes(Command.REQUIRE_HEADER_BYTES, keyLength, valueLength)];
        ByteBuffer.wrap(command)
                .put(Command.REQUIRE)
                .putShort((short) keyLength)
                .putInt(valueLength)
                .put(condition.code())
                .put(key, 0, keyLength)
                .put(value, 0, valueLength);
        return command;
    }

    /** Starts a command of several operations that take effect together. */
    public static CommandBatch batch() {
        return new CommandBatch();
    }

    private static int checkedBytes(int headerBytes, int keyLength, int valueLength) {
        checkKey(keyLength);
        int most = Command.MAX_BYTES - headerBytes - keyLength;
        if (valueLength < 0 || valueLength > most) {
            throw new IllegalArgumentException(
                    "value has " + valueLength + " bytes, expected 0 to " + most + " beside a key of " + keyLength);
        }
        return headerBytes + keyLength + valueLength;
    }

    private static void checkKey(int keyLength) {
        if (keyLength < 1 || keyLength > Limits.PORTABLE_MAX_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "key has " + keyLength + " bytes, expected 1 to " + Limits.PORTABLE_MAX_KEY_BYTES);
        }
    }
}
