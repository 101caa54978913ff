package io.quorumark.workload.spec;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file that a user wrote cannot be used. The message is one line, {@code file:line: key: problem}, and is meant to be printed as it is,
 * without a stack trace.
 */
public final class SpecException extends RuntimeException {
    private final String file;
    private final int line;
    private final String key;

    /**
     * @param file as the user named it
     * @param line 1-based, or 0 if the problem is not at one line
     * @param key dotted path, such as {@code values.bytes}, or empty
     * @param problem value, what was expected, what to do
     */
    public SpecException(String file, int line, String key, String problem) {
        super(file + (line > 0 ? ":" + line : "") + ": " + (key.isEmpty() ? "" : key + ": ") + singleLine(problem));
        this.file = file;
        this.line = line;
        this.key = key;
    }

    /** A file is there and cannot be read. */
    public static SpecException unreadable(Path file, IOException failure) {
        return new SpecException(file.toString(), 0, "", "cannot be read: " + reason(file, failure));
    }

    private static String reason(Path file, IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied; correct its permissions";
        }
        if (Files.isDirectory(file)) {
            return "it is a folder; name a file";
        }
        if (failure instanceof NoSuchFileException) {
            return "it is missing, or a link that leads nowhere";
        }
        String reason = failure instanceof FileSystemException system ? system.getReason() : failure.getMessage();
        return reason == null ? "the system gives no reason" : reason;
    }

    public String file() {
        return file;
    }

    /** 1-based, or 0 if the problem is not at one line. */
    public int line() {
        return line;
    }

    /** Dotted path, such as {@code values.bytes}, or empty. */
    public String key() {
        return key;
    }

    private static String singleLine(String problem) {
        return problem.strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
