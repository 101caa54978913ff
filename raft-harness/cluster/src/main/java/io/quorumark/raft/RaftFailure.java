package io.quorumark.raft;

/**
 * Why an operation failed.
 *
 * @param code what to do about it
 * @param detail one line for people
 */
public record RaftFailure(Code code, String detail) {
    /** Whether the write may have happened, or may yet happen. Always false for a read. */
    public boolean outcomeUnknown() {
        return code == Code.UNKNOWN_OUTCOME;
    }

    /** What a caller can act on. */
    public enum Code {
        /** The member's queue is full: back-pressure. The operation did not happen; submit less. */
        BUSY,
        /** No leader was found in time. The operation did not happen; try again later. */
        NO_LEADER,
        /** The leader changed after the write had been submitted: it may or may not be applied. Read before writing again. */
        UNKNOWN_OUTCOME,
        /** The member was stopped, or is loading a snapshot, or has failed. The operation did not happen. */
        UNAVAILABLE,
        /** The read was not answered in time. */
        TIMEOUT
    }
}
