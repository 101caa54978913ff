package io.quorumark.report.text;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Links from one file of a folder tree to another. */
public final class RelativeLink {

    private RelativeLink() {}

    /**
     * The way from a folder to a file, as a relative URL. Whatever stands in the names is percent-encoded, so that none can pass for a
     * scheme, a query, a fragment or markup.
     *
     * @param folder of the page that holds the link; absolute, or relative to what {@code file} is relative to
     */
    public static String of(Path folder, Path file) {
        List<String> segments = new ArrayList<>();
        for (Path name : folder.normalize().relativize(file.normalize())) {
            segments.add(encoded(name.toString()));
        }
        return String.join("/", segments);
    }

    private static String encoded(String name) {
        StringBuilder encoded = new StringBuilder(name.length());
        for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
            encoded.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", each & 0xff));
        }
        return encoded.toString();
    }
}
