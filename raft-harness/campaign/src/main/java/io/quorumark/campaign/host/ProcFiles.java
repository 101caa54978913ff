package io.quorumark.campaign.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Single figures out of Linux's {@code /proc}; 0 if the system has no such file. */
final class ProcFiles {
    private ProcFiles() {}

    /** The number after {@code key} and a colon, such as {@code VmHWM} in {@code /proc/self/status}. */
    static long number(Path file, String key) throws IOException {
        if (!Files.isReadable(file)) {
            return 0;
        }
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(key + ":")) {
                String digits = line.substring(key.length() + 1).strip();
                int end = digits.indexOf(' ');
                return Long.parseLong(end < 0 ? digits : digits.substring(0, end));
            }
        }
        return 0;
    }
}
