package io.quorumark.app.cli;

import java.nio.charset.Charset;
import java.util.Locale;

/** What the terminal can do, as far as the launch script could tell. */
final class Terminal {
    private Terminal() {}

    /** Whether progress may move on one line. */
    static boolean isInteractive() {
        return Boolean.getBoolean("quorumark.terminal");
    }

    /** Whether standard output can show more than ASCII. */
    static boolean isUnicode() {
        String encoding =
                System.getProperty("stdout.encoding", Charset.defaultCharset().name());
        return encoding.toUpperCase(Locale.ROOT).startsWith("UTF");
    }
}
