package io.quorumark.workload;

/** How an {@link Operation} ended. */
public enum Outcome {
    /** Done, and durable to the degree that the target promises. */
    OK,
    /** The store answered that the key is not there. A read-modify-write has written its value all the same, as with {@link #OK}. */
    NOT_FOUND,
    /** The store answered that the version differs from the expected one. Nothing was written. */
    CONFLICT,
    /** The target answered that it did not do it: nothing was written. It keeps the detail: {@link Target#firstFailure()}. */
    REFUSED,
    /** No answer: whether a write took effect is unknown. The target keeps the detail: {@link Target#firstFailure()}. */
    FAILED;

    /** Whether the target did not carry the operation out as far as anybody knows. */
    public boolean isFailure() {
        return this == REFUSED || this == FAILED;
    }
}
