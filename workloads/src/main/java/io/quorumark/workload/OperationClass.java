package io.quorumark.workload;

/**
 * The heading under which the latencies of one sort of operation are reported.
 *
 * @param index in {@link OperationStream#operationClasses()}
 * @param name lower case, such as {@code read} or {@code delete-user}
 */
public record OperationClass(int index, String name) {
    /** Of an operation that no stream has filled yet. */
    static final OperationClass UNCLASSIFIED = new OperationClass(0, "unclassified");
}
