package io.quorumark.workload.spec;

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
