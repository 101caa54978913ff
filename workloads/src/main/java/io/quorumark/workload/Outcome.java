package io.quorumark.workload;

/** How an {@link Operation} ended. */
public enum Outcome {
    /** Done, and durable to the degree that the target promises. */
    OK,
    /** The store answered that the key is not there. */
    NOT_FOUND,
    /** The store answered that the version differs from the expected one. Nothing was written. */
    CONFLICT,
    /** No answer: whether a write took effect is unknown. The target keeps the detail: {@link Target#firstFailure()}. */
    FAILED
}
