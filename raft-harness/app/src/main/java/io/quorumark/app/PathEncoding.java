package io.quorumark.app;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether this JVM can name the files that it is asked for: by its locale it may know names of ASCII characters only. */
public final class PathEncoding {
    private PathEncoding() {}

    /** Why arguments, or the folder that this process works in, are not what the user wrote; null if they are. */
    static @Nullable String problem(String[] arguments) {
        if (isUnicode()) {
            return null;
        }
        for (String argument : arguments) {
            if (!isAscii(argument)) {
                return "argument '" + shown(argument) + "' " + remedy();
            }
        }
        for (String property : new String[] {"user.dir", "quorumark.home"}) {
            String folder = System.getProperty(property, "");
            if (!isAscii(folder)) {
                return "folder '" + shown(folder) + "' " + remedy();
            }
        }
        return null;
    }

    /** Whether a path that was found is shown as it is called, so that a link can lead there. */
    public static boolean canName(Path path) {
        return isUnicode() || isAscii(path.toString());
    }

    /** Of a path that some file names. */
    public static String problem(String path) {
        return "path '" + shown(path) + "' " + (isUnicode() ? "is none on this system; correct the name" : remedy());
    }

    private static String remedy() {
        return "has characters that the locale cannot name (its encoding is " + System.getProperty("sun.jnu.encoding")
                + "); set LC_ALL=C.UTF-8, or use ASCII names";
    }

    private static boolean isUnicode() {
        return System.getProperty("sun.jnu.encoding", "")
                .toUpperCase(Locale.ROOT)
                .startsWith("UTF");
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(character -> character < 0x80);
    }

    /** What was lost is shown as a question mark, and so is what the terminal could not show. */
    private static String shown(String text) {
        Charset charset = isUnicode() ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII;
        return new String(text.getBytes(charset), charset);
    }
}
