package io.quorumark.raft.command;

import java.nio.ByteBuffer;

/**
 * Integers as records hold them: decimal digits in ASCII, in the one shortest way, within a {@code long}. So {@code 0}, {@code 10} and
 * {@code -7} are numbers;
 * {@code +1}, {@code 01}, {@code -0}, a space, and nothing at all are not. Allocates nothing.
 */
public final class DecimalNumber {
    /** The longest one. */
    public static final int MAX_BYTES = 20;

    private static final int MAX_DIGITS = 19;

    private DecimalNumber() {}

    /** Whether {@code text}, which is left as it is, is a number. */
    public static boolean isNumber(ByteBuffer text) {
        int end = text.limit();
        boolean negative = text.hasRemaining() && text.get(text.position()) == '-';
        int first = text.position() + (negative ? 1 : 0);
        if (first == end || end - first > MAX_DIGITS) {
            return false;
        }
        if (text.get(first) == '0') {
            return !negative && end - first == 1;
        }
        long least = negative ? Long.MIN_VALUE : -Long.MAX_VALUE;
        long negated = 0;
        for (int i = first; i < end; i++) {
            int digit = text.get(i) - '0';
            if (digit < 0 || digit > 9 || negated < (least + digit) / 10) {
                return false;
            }
            negated = 10 * negated - digit;
        }
        return true;
    }

    /** @param text a number ({@link #isNumber}); left as it is */
    public static long parse(ByteBuffer text) {
        boolean negative = text.get(text.position()) == '-';
        // the smallest long has no positive counterpart
        long negated = 0;
        for (int i = text.position() + (negative ? 1 : 0); i < text.limit(); i++) {
            negated = 10 * negated - (text.get(i) - '0');
        }
        return negative ? negated : -negated;
    }

    /** Replaces the content of {@code target}, which has room for {@link #MAX_BYTES}, by a number, ready to be read. */
    public static void format(long number, ByteBuffer target) {
        long rest = number > 0 ? -number : number;
        int end = number < 0 ? 1 : 0;
        for (long left = rest; end == (number < 0 ? 1 : 0) || left != 0; left /= 10) {
            end++;
        }
        target.clear().limit(end);
        for (int i = end - 1; i >= (number < 0 ? 1 : 0); i--) {
            target.put(i, (byte) ('0' - rest % 10));
            rest /= 10;
        }
        if (number < 0) {
            target.put(0, (byte) '-');
        }
    }
}
