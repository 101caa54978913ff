package io.quorumark.raft.command;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How a committed command ended; the same on every member.
 *
 * @param number the sum that {@link Command#ADD} left, or how many records {@link Command#REMOVE} removed; 0 for other commands and
 *     without effect
 * @param previous what {@link Command#READ} found, whether the command took effect or not; null if it found nothing or was not asked.
 *     Belongs to whom the result is given to
 */
@SuppressWarnings("ArrayRecordComponent") // compared in tests only, and there without an array
public record WriteResult(Outcome outcome, long number, byte @Nullable [] previous) {
    /** It took effect, and has nothing else to tell. */
    public static final WriteResult APPLIED = new WriteResult(Outcome.APPLIED, 0, null);

    /** A condition or version was not the record's: it had no effect. */
    public static final WriteResult CONFLICT = new WriteResult(Outcome.CONFLICT, 0, null);

    /** The record is no {@link DecimalNumber}: nothing was added to it. */
    public static final WriteResult NOT_A_NUMBER = new WriteResult(Outcome.NOT_A_NUMBER, 0, null);

    /** The sum is no {@code long}: nothing was added. */
    public static final WriteResult OVERFLOW = new WriteResult(Outcome.OVERFLOW, 0, null);

    private static final int DETAIL_BYTES = Long.BYTES + 1;

    /** Whether and why not. */
    public enum Outcome {
        APPLIED(0),
        CONFLICT(1),
        NOT_A_NUMBER(2),
        OVERFLOW(3);

        private final byte code;

        Outcome(int code) {
            this.code = (byte) code;
        }
    }

    public static WriteResult applied(long number) {
        return new WriteResult(Outcome.APPLIED, number, null);
    }

    /** Whether the command took effect. */
    public boolean isApplied() {
        return outcome == Outcome.APPLIED;
    }

    /**
     * One byte of outcome; then, if there is more to tell, the number (8 bytes), whether there is a previous value (1) and that value.
     */
    public byte[] encode() {
        if (number == 0 && previous == null) {
            return new byte[] {outcome.code};
        }
        int previousBytes = previous == null ? 0 : previous.length;
        ByteBuffer encoded = ByteBuffer.allocate(1 + DETAIL_BYTES + previousBytes)
                .put(outcome.code)
                .putLong(number)
                .put((byte) (previous == null ? 0 : 1));
        if (previous != null) {
            encoded.put(previous);
        }
        return encoded.array();
    }

    /** @throws IllegalArgumentException the bytes are no result */
    public static WriteResult decode(byte[] bytes) {
        if (bytes.length != 1 && bytes.length < 1 + DETAIL_BYTES) {
            throw new IllegalArgumentException("write result of " + bytes.length + " bytes is malformed");
        }
        WriteResult plain = switch (bytes[0]) {
            case 0 -> APPLIED;
            case 1 -> CONFLICT;
            case 2 -> NOT_A_NUMBER;
            case 3 -> OVERFLOW;
            default -> throw new IllegalArgumentException("write result is " + bytes[0] + ", expected 0 to 3");
        };
        if (bytes.length == 1) {
            return plain;
        }
        byte[] previous = bytes[DETAIL_BYTES] == 0 ? null : Arrays.copyOfRange(bytes, 1 + DETAIL_BYTES, bytes.length);
        return new WriteResult(plain.outcome, ByteBuffer.wrap(bytes).getLong(1), previous);
    }
}
