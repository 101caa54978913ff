package io.quorumark.endpoint.resp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Patterns of {@code SCAN … MATCH}: {@code *}, {@code ?}, {@code [a-c]}, {@code [^x]}, and {@code \} before a byte that is meant literally.
 * Matches bytes. For one thread.
 */
final class Glob {
    /** The longest pattern; every byte of a key can be asked for literally. */
    static final int MAX_BYTES = 1024;

    private static final int WORDS = 256 / Long.SIZE;
    private static final long[] STAR = new long[0];
    private static final long[] ANY = range(0, 0xff);
    private static final long[][] JUST = new long[256][];

    static {
        for (int octet = 0; octet < JUST.length; octet++) {
            JUST[octet] = range(octet, octet);
        }
    }

    private final byte[] prefix;

    /** The bytes that each step takes, one bit for each; {@link #STAR} takes any number of any. Patterns share most steps. */
    private final long[][] steps;

    private final int minBytes;
    private long comparisons;

    /** @throws IllegalArgumentException the pattern is longer than {@link #MAX_BYTES} */
    Glob(byte[] pattern) {
        if (pattern.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "pattern has " + pattern.length + " bytes, expected at most " + MAX_BYTES);
        }
        this.prefix = prefixOf(pattern);
        this.steps = new Parser(pattern).steps();
        this.minBytes = (int) Arrays.stream(steps).filter(step -> step != STAR).count();
    }

    private static byte[] prefixOf(byte[] pattern) {
        int end = 0;
        while (end < pattern.length && "*?[\\".indexOf(pattern[end]) < 0) {
            end++;
        }
        return Arrays.copyOf(pattern, end);
    }

    /** The bytes that every match begins with. */
    byte[] prefix() {
        return prefix.clone();
    }

    /** How many bytes have been compared so far. */
    long comparisons() {
        return comparisons;
    }

    /** By walking on and, at a mismatch, letting the last star take one byte more: at most the product of the lengths. */
    boolean matches(byte[] text) {
        if (text.length < minBytes) {
            comparisons++;
            return false;
        }
        int at = 0;
        int in = 0;
        int star = -1;
        int starText = 0;
        while (at < text.length) {
            comparisons++;
            if (in < steps.length && steps[in] == STAR) {
                star = in++;
                starText = at;
            } else if (in < steps.length && has(steps[in], text[at])) {
                in++;
                at++;
            } else if (star >= 0) {
                in = star + 1;
                at = ++starText;
            } else {
                return false;
            }
        }
        while (in < steps.length && steps[in] == STAR) {
            in++;
        }
        return in == steps.length;
    }

    private static long[] range(int low, int high) {
        long[] set = new long[WORDS];
        add(set, low, high);
        return set;
    }

    private static void add(long[] set, int low, int high) {
        int first = low / Long.SIZE;
        int last = high / Long.SIZE;
        long fromLow = -1L << low % Long.SIZE;
        long toHigh = -1L >>> (Long.SIZE - 1 - high % Long.SIZE);
        if (first == last) {
            set[first] |= fromLow & toHigh;
        } else {
            set[first] |= fromLow;
            Arrays.fill(set, first + 1, last, -1L);
            set[last] |= toHigh;
        }
    }

    private static boolean has(long[] set, byte octet) {
        int bit = octet & 0xff;
        return (set[bit / Long.SIZE] & 1L << bit) != 0;
    }

    private static final class Parser {
        private final byte[] pattern;
        private int in;

        Parser(byte[] pattern) {
            this.pattern = pattern;
        }

        long[][] steps() {
            List<long[]> steps = new ArrayList<>(pattern.length);
            while (in < pattern.length) {
                long[] step = step();
                boolean again = step == STAR && !steps.isEmpty() && steps.get(steps.size() - 1) == STAR;
                if (!again) {
                    steps.add(step);
                }
            }
            return steps.toArray(long[][]::new);
        }

        private long[] step() {
            byte octet = pattern[in++];
            return switch (octet) {
                case '*' -> STAR;
                case '?' -> ANY;
                case '[' -> set();
                // at the end it stands for itself
                case '\\' -> just(in < pattern.length ? pattern[in++] : octet);
                default -> just(octet);
            };
        }

        private static long[] just(byte octet) {
            return JUST[octet & 0xff];
        }

        private long[] set() {
            boolean negated = in < pattern.length && pattern[in] == '^';
            if (negated) {
                in++;
            }
            long[] set = new long[WORDS];
            while (in < pattern.length && pattern[in] != ']') {
                if (pattern[in] == '\\' && in + 1 < pattern.length) {
                    in++;
                }
                int low = pattern[in] & 0xff;
                int high = low;
                if (in + 2 < pattern.length && pattern[in + 1] == '-' && pattern[in + 2] != ']') {
                    high = pattern[in + 2] & 0xff;
                    in += 2;
                }
                add(set, Math.min(low, high), Math.max(low, high));
                in++;
            }
            in++;
            if (negated) {
                Arrays.setAll(set, word -> ~set[word]);
            }
            return set;
        }
    }
}
