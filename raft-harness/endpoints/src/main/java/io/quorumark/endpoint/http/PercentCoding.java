package io.quorumark.endpoint.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Paths are bytes here: {@code %41} is one byte, and a plus is a plus. */
final class PercentCoding {
    private PercentCoding() {}

    /**
     * @param coded of the characters that a request's target may have, each of which is one byte
     * @throws IllegalArgumentException a percent sign is not followed by two hexadecimal digits
     */
    static byte[] bytes(String coded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(coded.length());
        for (int i = 0; i < coded.length(); i++) {
            char c = coded.charAt(i);
            if (c != '%') {
                bytes.write(c);
                continue;
            }
            int high = i + 2 <= coded.length() - 1 ? Character.digit(coded.charAt(i + 1), 16) : -1;
            int low = i + 2 <= coded.length() - 1 ? Character.digit(coded.charAt(i + 2), 16) : -1;
            if (high < 0 || low < 0) {
                throw new IllegalArgumentException(
                        "'%' at character " + i + " of '" + coded + "' is not followed by two hexadecimal digits");
            }
            bytes.write(16 * high + low);
            i += 2;
        }
        return bytes.toByteArray();
    }

    static String text(String coded) {
        return new String(bytes(coded), StandardCharsets.UTF_8);
    }
}
