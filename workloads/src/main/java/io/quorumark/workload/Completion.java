package io.quorumark.workload;

/** Where a {@link Target} reports the end of an operation. */
@FunctionalInterface
public interface Completion {
    /**
     * Ends the operation. Called exactly once for each {@link Target#submit}, from any thread, also from within {@code submit} itself. It
     * may submit further operations on the calling thread; it never blocks and never throws for a correct target.
     *
     * @throws IllegalStateException the operation has already been completed: a defect of the target
     */
    void complete(Outcome outcome);
}
