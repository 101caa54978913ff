package io.quorumark.raft.linearizability;

/** What one record may answer, one operation after the other: the group's state machine, reduced to a record whose value is its version. */
final class VersionedRegister {
    private VersionedRegister() {}

    /**
     * Whether {@code operation} could have ended as it did on a record with {@code value}. An unfinished compare-and-set is only allowed if
     * it takes effect: without effect it is the same as never having happened.
     */
    static boolean allows(Operation operation, long value) {
        return switch (operation.kind()) {
            case GET -> operation.value() == value;
            case PUT, DELETE -> true;
            case COMPARE_AND_SET ->
                operation.outcome() == Operation.Outcome.CONFLICT
                        ? operation.expected() != value
                        : operation.expected() == value;
        };
    }

    /** The record's value after an allowed operation. */
    static long after(Operation operation, long value) {
        return switch (operation.kind()) {
            case GET -> value;
            case PUT -> operation.value();
            case DELETE -> Operation.ABSENT;
            case COMPARE_AND_SET -> operation.outcome() == Operation.Outcome.CONFLICT ? value : operation.value();
        };
    }

    /** Whether an operation that is allowed on a record with {@code value} would not be on one with {@code other}. */
    static boolean tellsApart(Operation operation, long value, long other) {
        return value != other && !allows(operation, other);
    }
}
