package io.quorumark.workload;

/** What an {@link Operation} asks of a store. */
public enum OperationKind {
    /** Returns the value of one key. */
    READ,
    /** Replaces the value of a key that exists. In a replayed trace the key may be absent: then it is created. */
    UPDATE,
    /** Writes a key that does not exist yet. */
    INSERT,
    /** Removes one key; one that is not there is no error. */
    DELETE,
    /** Returns up to {@link Operation#scanLength()} records in key order, from the key on. */
    SCAN,
    /** Reads the key, then writes the value, whatever was read: two steps, not a transaction. */
    READ_MODIFY_WRITE,
    /** Applies all of {@link Operation#mutations()} or none. */
    BATCH,
    /** Writes the value if the stored version is {@link Operation#expectedVersion()}. */
    COMPARE_AND_SET
}
