package io.quorumark.workload;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An endless, deterministic sequence of operations: first {@link #loadOperations()} that fill the store, then the mix. Equal arguments of
 * {@link WorkloadSpec#openStream} give equal sequences, on every machine and JDK.
 *
 * <p>Allocates nothing per operation once the arrays of the operations it fills have grown to their largest value. For one thread at a
 * time; handing it to another needs a happens-before edge.
 */
public interface OperationStream extends AutoCloseable {
    /** The workload that this is a stream of. */
    String workload();

    /** What the stream demands of a target, its load included. */
    Set<Demand> demands();

    /** The names of the operation classes, by {@link Operation#operationClassIndex()}. */
    List<String> operationClasses();

    /** How many operations at the start fill the store. */
    long loadOperations();

    /** How many operations {@link #next} has handed out. */
    long position();

    /** Makes {@code into} the next operation of the stream. */
    void next(Operation into);

    /**
     * The recorded times of the operations from {@link #position()} on, or null if the stream has none. The times do not move with the
     * stream, nor with each other if they are opened twice.
     *
     * @throws IllegalStateException the stream stands within its load
     */
    default @Nullable ArrivalTimes openArrivals() {
        return null;
    }

    /** The digest of the operations handed out so far. A live view, under the same thread rule as the stream itself. */
    StreamDigest digest();

    /** Closes the file that a replayed trace is read from. Others hold nothing, and need not be closed. */
    @Override
    default void close() {}
}
