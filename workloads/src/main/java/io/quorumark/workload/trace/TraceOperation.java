package io.quorumark.workload.trace;

/** What a row of a trace asks for. */
public enum TraceOperation {
    READ("read"),
    EXISTS("exists"),
    /** Writes a value, whether or not the key is there. */
    WRITE("write"),
    DELETE("delete"),
    /** Reads, then writes. */
    READ_MODIFY_WRITE("rmw"),
    SCAN("scan");

    private final String written;

    TraceOperation(String written) {
        this.written = written;
    }

    /** As files have it. */
    public String written() {
        return written;
    }

    /** Whether a row must say how long the value is. */
    public boolean writes() {
        return this == WRITE || this == READ_MODIFY_WRITE;
    }
}
