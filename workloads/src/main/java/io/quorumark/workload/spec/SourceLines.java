package io.quorumark.workload.spec;

/** Where each key of a file stands, for what can only be found wrong after the file was read. Immutable. */
public final class SourceLines {
    private final String file;
    private final KeyLines lines;

    SourceLines(String file, KeyLines lines) {
        this.file = file;
        this.lines = lines;
    }

    /**
     * A fault of a key's value.
     *
     * @param key dotted path, such as {@code engines[1]}; one that is not in the file is told by the line of what contains it
     * @param problem value, what was expected, what to do
     */
    public SpecException fault(String key, String problem) {
        return new SpecException(file, lines.of(key), key, problem);
    }

    /** {@code plan.yaml:7}. */
    public String place(String key) {
        int line = lines.of(key);
        return line == 0 ? file : file + ":" + line;
    }
}
