package io.quorumark.workload;

import org.jspecify.annotations.Nullable;

/** Makes up the operations of one model. For one thread; allocates nothing per operation but to grow. */
public interface Generator {
    long loadOperations();

    /** Fills in load operation {@code index}; called once for each, in order, before the first {@link #mix}. */
    void load(long index, Operation into);

    /** Fills in the next operation after the load. {@code position} is its place in the stream. */
    void mix(long position, Operation into);

    /** Releases what is open, if anything is. */
    default void close() {}

    /**
     * {@link OperationStream#openArrivals()}, starting at the operation that comes after {@code mixOperations} others behind the load; null
     * if no times were recorded.
     */
    default @Nullable ArrivalTimes openArrivals(long mixOperations) {
        return null;
    }
}
