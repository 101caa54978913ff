package io.quorumark.engine.tck;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Keys and values as they stand in messages: in quotes, every other character than printable ASCII as {@code \xNN}, long ones cut. */
final class Shown {
    private static final int MAX_CHARACTERS = 32;

    private Shown() {}

    static String of(@Nullable String text) {
        if (text == null) {
            return "absent";
        }
        StringBuilder shown = new StringBuilder("'");
        text.chars().limit(MAX_CHARACTERS).forEach(character -> append(shown, character));
        shown.append('\'');
        if (text.length() > MAX_CHARACTERS) {
            shown.append("… (").append(text.length()).append(" bytes)");
        }
        return shown.toString();
    }

    private static void append(StringBuilder shown, int character) {
        if (character >= ' ' && character <= '~') {
            shown.append((char) character);
        } else {
            shown.append(String.format(Locale.ROOT, "\\x%02x", character));
        }
    }
}
