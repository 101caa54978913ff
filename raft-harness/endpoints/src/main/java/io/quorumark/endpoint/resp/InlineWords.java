package io.quorumark.endpoint.resp;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits a line into words as Redis does: at white space; {@code "…"} with {@code \n \r \t \b \a \xHH} and {@code \} before any other
 * byte, {@code '…'} with {@code \'}
 * only. A closing quote ends the word.
 */
final class InlineWords {
    private final byte[] line;
    private int at;

    private InlineWords(byte[] line) {
        this.line = line;
    }

    /** The words; null if quotes are unbalanced. */
    static @Nullable List<byte[]> split(byte[] line) {
        InlineWords rest = new InlineWords(line);
        List<byte[]> words = new ArrayList<>();
        while (rest.skipSpace()) {
            byte[] word = rest.word();
            if (word == null) {
                return null;
            }
            words.add(word);
        }
        return words;
    }

    private boolean skipSpace() {
        while (at < line.length && isSpace(line[at])) {
            at++;
        }
        return at < line.length;
    }

    private static boolean isSpace(byte octet) {
        return octet == ' ' || (octet >= '\t' && octet <= '\r');
    }

    /** Vertical tabs and form feeds separate words but end none. */
    private static boolean endsWord(byte octet) {
        return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
    }

    private byte @Nullable [] word() {
        ByteArrayOutputStream word = new ByteArrayOutputStream();
        while (at < line.length && !endsWord(line[at])) {
            byte octet = line[at++];
            if (octet == '"' || octet == '\'') {
                boolean closed = octet == '"' ? doubleQuoted(word) : singleQuoted(word);
                boolean ends = at == line.length || isSpace(line[at]);
                return closed && ends ? word.toByteArray() : null;
            }
            word.write(octet);
        }
        return word.toByteArray();
    }

    private boolean doubleQuoted(ByteArrayOutputStream word) {
        while (at < line.length) {
            byte octet = line[at++];
            if (octet == '"') {
                return true;
            }
            word.write(octet == '\\' && at < line.length ? escaped() : octet);
        }
        return false;
    }

    private int escaped() {
        byte octet = line[at++];
        if (octet == 'x' && at + 1 < line.length) {
            int high = Character.digit(line[at], 16);
            int low = Character.digit(line[at + 1], 16);
            if (high >= 0 && low >= 0) {
                at += 2;
                return 16 * high + low;
            }
        }
        return switch (octet) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'a' -> 7;
            default -> octet;
        };
    }

    private boolean singleQuoted(ByteArrayOutputStream word) {
        while (at < line.length) {
            byte octet = line[at++];
            if (octet == '\'') {
                return true;
            }
            if (octet == '\\' && at < line.length && line[at] == '\'') {
                octet = line[at++];
            }
            word.write(octet);
        }
        return false;
    }
}
