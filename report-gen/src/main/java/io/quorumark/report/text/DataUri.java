package io.quorumark.report.text;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A document inside a link, for an attribute in single quotes. Percent-encoded if it must be: JSON and CSV so take a quarter less room than
 * in Base64, and whoever looks at the page's source can read them.
 */
public final class DataUri {
    /** What would end the attribute or the URL, be taken for an escape, or be dropped by a browser. */
    private static final String ENCODED = "'<>&#%+\\";

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private DataUri() {}

    /** @param mediaType such as {@code application/json} */
    public static String of(String mediaType, String text) {
        StringBuilder uri = new StringBuilder(text.length() * 9 / 8)
                .append("data:")
                .append(mediaType)
                .append(',');
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            if (each > ' ' && each < 0x7f && ENCODED.indexOf(each) < 0) {
                uri.append((char) each);
            } else {
                uri.append('%');
                HEX.toHexDigits(uri, each);
            }
        }
        return uri.toString();
    }
}
