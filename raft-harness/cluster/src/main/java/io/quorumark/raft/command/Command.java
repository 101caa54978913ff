package io.quorumark.raft.command;

import io.quorumark.engine.Limits;
import java.nio.ByteBuffer;

/** The wire format's constants and checks; the format itself is in the package documentation. */
public final class Command {
    public static final byte PUT = 1;
    public static final byte DELETE = 2;
    public static final byte DELETE_RANGE = 3;
    public static final byte COMPARE_AND_SET = 4;
    public static final byte REQUIRE = 5;
    public static final byte ADD = 6;
    public static final byte READ = 7;
    public static final byte REMOVE = 8;

    /** Bytes before the key of each operation. */
    public static final int PUT_HEADER_BYTES = 7;

    public static final int DELETE_HEADER_BYTES = 3;
    public static final int DELETE_RANGE_HEADER_BYTES = 5;
    public static final int COMPARE_AND_SET_HEADER_BYTES = 15;
    public static final int REQUIRE_HEADER_BYTES = 8;
    public static final int ADD_HEADER_BYTES = 11;
    public static final int READ_HEADER_BYTES = 3;
    public static final int REMOVE_HEADER_BYTES = 3;

    /** The longest command: with the log's own header it is still a value that every engine takes. */
    public static final int MAX_BYTES = Limits.PORTABLE_MAX_VALUE_BYTES - 1024;

    /** The version that stands for "no such record". */
    public static final long ABSENT = 0;

    private static final int MAX_KEY_BYTES = Limits.PORTABLE_MAX_KEY_BYTES;

    private Command() {}

    /** The version of a record with this value; {@code value} is left as it is. */
    public static long versionOf(ByteBuffer value) {
        if (value.remaining() >= Long.BYTES) {
            return value.getLong(value.position());
        }
        long version = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            int octet = i < value.remaining() ? value.get(value.position() + i) & 0xff : 0;
            version = (version << Byte.SIZE) | octet;
        }
        return version;
    }

    /**
     * Checks that {@code command} is well formed and within the portable limits, so that no member can fail on it.
     *
     * @throws IllegalArgumentException it is not; the message says where
     */
    public static void check(byte[] command) {
        if (command.length == 0 || command.length > MAX_BYTES) {
            throw new IllegalArgumentException("command has " + command.length + " bytes, expected 1 to " + MAX_BYTES);
        }
        if (command[0] == ADD) {
            int end = command.length < ADD_HEADER_BYTES ? -1 : ADD_HEADER_BYTES + keyLength(command, 1);
            if (end != command.length) {
                throw malformed(command, 0);
            }
            return;
        }
        int at = command[0] == READ ? checkKeyed(command, 0, READ_HEADER_BYTES) : 0;
        while (at < command.length && command[at] == REQUIRE) {
            at = checkRequire(command, at);
        }
        while (at < command.length && command[at] == REMOVE) {
            at = checkKeyed(command, at, REMOVE_HEADER_BYTES);
        }
        while (at < command.length) {
            at = checkOperation(command, at);
        }
    }

    /** How many operations a well-formed command has; it is left as it is. */
    public static int operations(ByteBuffer command) {
        int count = 0;
        for (int at = command.position(); at < command.limit(); count++) {
            int keyLength = command.getShort(at + 1);
            at += switch (command.get(at)) {
                case PUT -> PUT_HEADER_BYTES + keyLength + command.getInt(at + 3);
                case COMPARE_AND_SET -> COMPARE_AND_SET_HEADER_BYTES + keyLength + command.getInt(at + 3);
                case REQUIRE -> REQUIRE_HEADER_BYTES + keyLength + command.getInt(at + 3);
                case DELETE_RANGE -> DELETE_RANGE_HEADER_BYTES + keyLength + command.getShort(at + 3);
                case ADD -> ADD_HEADER_BYTES + keyLength;
                default -> DELETE_HEADER_BYTES + keyLength;
            };
        }
        return count;
    }

    /** Whether a well-formed command deletes one range and does nothing else. */
    public static boolean isRangeDeletion(ByteBuffer command) {
        return command.get(command.position()) == DELETE_RANGE && operations(command) == 1;
    }

    /** The first key of {@link #isRangeDeletion}. */
    public static ByteBuffer rangeBegin(ByteBuffer command) {
        int at = command.position();
        return command.slice(at + DELETE_RANGE_HEADER_BYTES, command.getShort(at + 1));
    }

    /** The first key that {@link #isRangeDeletion} keeps. */
    public static ByteBuffer rangeEnd(ByteBuffer command) {
        int at = command.position();
        return command.slice(at + DELETE_RANGE_HEADER_BYTES + command.getShort(at + 1), command.getShort(at + 3));
    }

    private static int checkRequire(byte[] command, int at) {
        int end = at + REQUIRE_HEADER_BYTES <= command.length ? endOfRecord(command, at, REQUIRE_HEADER_BYTES) : -1;
        if (end < 0 || end > command.length) {
            throw new IllegalArgumentException("command of " + command.length
                    + " bytes has a malformed condition at byte " + at + "; make commands with CommandEncoder");
        }
        Condition condition = Condition.of(command[at + REQUIRE_HEADER_BYTES - 1]);
        if (condition != Condition.EQUAL && intAt(command, at + 3) != 0) {
            throw new IllegalArgumentException("condition " + condition + " at byte " + at + " has a value of "
                    + intAt(command, at + 3) + " bytes, expected none");
        }
        return end;
    }

    private static int checkOperation(byte[] command, int at) {
        int end = -1;
        switch (command[at]) {
            case PUT -> {
                if (at + PUT_HEADER_BYTES <= command.length) {
                    end = endOfRecord(command, at, PUT_HEADER_BYTES);
                }
            }
            case DELETE -> {
                if (at + DELETE_HEADER_BYTES <= command.length) {
                    end = at + DELETE_HEADER_BYTES + keyLength(command, at + 1);
                }
            }
            case DELETE_RANGE -> {
                if (at + DELETE_RANGE_HEADER_BYTES <= command.length) {
                    end = at + DELETE_RANGE_HEADER_BYTES + keyLength(command, at + 1) + keyLength(command, at + 3);
                }
            }
            case COMPARE_AND_SET -> {
                if (at == 0 && COMPARE_AND_SET_HEADER_BYTES <= command.length) {
                    end = endOfRecord(command, at, COMPARE_AND_SET_HEADER_BYTES);
                }
            }
            default ->
                throw new IllegalArgumentException("command has operation " + command[at] + " at byte " + at
                        + ", expected one that may stand there; make commands with CommandEncoder");
        }
        if (end < 0 || end > command.length) {
            throw malformed(command, at);
        }
        return end;
    }

    private static int checkKeyed(byte[] command, int at, int headerBytes) {
        int end = at + headerBytes <= command.length ? at + headerBytes + keyLength(command, at + 1) : -1;
        if (end < 0 || end > command.length) {
            throw malformed(command, at);
        }
        return end;
    }

    private static IllegalArgumentException malformed(byte[] command, int at) {
        return new IllegalArgumentException("command of " + command.length + " bytes has a malformed operation "
                + command[at] + " at byte " + at + "; make commands with CommandEncoder");
    }

    private static int endOfRecord(byte[] command, int at, int headerBytes) {
        int valueLength = intAt(command, at + 3);
        if (valueLength < 0 || valueLength > command.length) {
            return -1;
        }
        return at + headerBytes + keyLength(command, at + 1) + valueLength;
    }

    private static int keyLength(byte[] command, int at) {
        int length = ((command[at] & 0xff) << 8) | (command[at + 1] & 0xff);
        if (length == 0 || length > MAX_KEY_BYTES) {
            throw new IllegalArgumentException("key has " + length + " bytes, expected 1 to " + MAX_KEY_BYTES);
        }
        return length;
    }

    private static int intAt(byte[] bytes, int at) {
        return (bytes[at] << 24)
                | ((bytes[at + 1] & 0xff) << 16)
                | ((bytes[at + 2] & 0xff) << 8)
                | (bytes[at + 3] & 0xff);
    }
}
