package io.quorumark.workload;

import java.util.List;

/** Makes up the operations of one model. For one thread; allocates nothing per operation but to grow. */
interface Generator {
    List<String> operationClasses();

    long loadOperations();

    /** Fills in load operation {@code index}; called once for each, in order, before the first {@link #mix}. */
    void load(long index, Operation into);

    /** Fills in the next operation after the load. {@code position} is its place in the stream. */
    void mix(long position, Operation into);
}
