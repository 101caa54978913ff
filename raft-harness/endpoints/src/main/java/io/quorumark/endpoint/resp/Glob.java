package io.quorumark.endpoint.resp;

/**
 * Patterns of {@code SCAN … MATCH}: {@code *}, {@code ?}, {@code [a-c]}, {@code [^x]}, and {@code \} before a byte that is meant literally.
 * Matches bytes.
 */
final class Glob {
    private final byte[] pattern;

    Glob(byte[] pattern) {
        this.pattern = pattern.clone();
    }

    /** The bytes that every match begins with. */
    byte[] prefix() {
        int end = 0;
        while (end < pattern.length && "*?[\\".indexOf(pattern[end]) < 0) {
            end++;
        }
        byte[] prefix = new byte[end];
        System.arraycopy(pattern, 0, prefix, 0, end);
        return prefix;
    }

    /** By walking on and, at a mismatch, letting the last star take one byte more: at most the product of the lengths. */
    boolean matches(byte[] text) {
        int at = 0;
        int in = 0;
        int star = -1;
        int starText = 0;
        while (at < text.length) {
            int next = in < pattern.length ? step(in, text[at]) : -1;
            if (in < pattern.length && pattern[in] == '*') {
                star = in++;
                starText = at;
            } else if (next >= 0) {
                in = next;
                at++;
            } else if (star >= 0) {
                in = star + 1;
                at = ++starText;
            } else {
                return false;
            }
        }
        while (in < pattern.length && pattern[in] == '*') {
            in++;
        }
        return in == pattern.length;
    }

    /** Where the pattern goes on after matching one byte; -1 if it does not match. */
    private int step(int in, byte octet) {
        return switch (pattern[in]) {
            case '?' -> in + 1;
            case '[' -> classStep(in + 1, octet & 0xff);
            case '\\' -> in + 1 < pattern.length && pattern[in + 1] == octet ? in + 2 : -1;
            default -> pattern[in] == octet ? in + 1 : -1;
        };
    }

    private int classStep(int start, int octet) {
        int in = start;
        boolean negated = in < pattern.length && pattern[in] == '^';
        if (negated) {
            in++;
        }
        boolean found = false;
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
            found |= octet >= Math.min(low, high) && octet <= Math.max(low, high);
            in++;
        }
        int end = Math.min(in + 1, pattern.length);
        return found == negated ? -1 : end;
    }
}
