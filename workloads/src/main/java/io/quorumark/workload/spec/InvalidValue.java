package io.quorumark.workload.spec;

/**
 * Thrown by the constructor of a record that {@link StrictYaml} reads, if one of its values makes no sense. {@link StrictYaml} adds file,
 * line and the path to the record.
 */
public final class InvalidValue extends IllegalArgumentException {
    private final String key;
    private final String problem;

    /**
     * @param key the component's name in the file; of a value deeper down, a dotted path
     * @param value as the user would recognise it
     * @param expected completes "expected ..."
     */
    public InvalidValue(String key, Object value, String expected) {
        this(key, "is " + value + ", expected " + expected);
    }

    private InvalidValue(String key, String problem) {
        super(key + ": " + problem);
        this.key = key;
        this.problem = problem;
    }

    /** For a value that is missing. */
    public static InvalidValue missing(String key, String expected) {
        return new InvalidValue(key, "is missing, expected " + expected);
    }

    public String key() {
        return key;
    }

    /** The message without the key. */
    public String problem() {
        return problem;
    }
}
