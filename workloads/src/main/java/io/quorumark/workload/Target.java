package io.quorumark.workload;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that carries out operations: a bare engine, a state machine, a replicated cluster.
 *
 * <p><b>Threads:</b> {@link #submit} is called by one thread at a time, but not always by the same one; each call happens-before the next.
 * The order of the calls is the order of the stream, and a target that replicates must keep it, for the expected content of every replica
 * is computed from it.
 */
public interface Target extends AutoCloseable {
    /**
     * Carries out {@link Operation#demand()}: starts the operation and returns without waiting for it, unless the target is synchronous by
     * nature. The operation's arrays are borrowed until it completes. An exception thrown from here counts as {@link Outcome#FAILED}, and
     * the completion must not be called then.
     */
    void submit(Operation operation, Completion completion);

    /**
     * What this target does. A stream that demands more is refused by the driver before anything is sent. A target that does not override
     * this does every {@link OperationKind} and none of the stricter forms, and so may look at {@link Operation#kind()} alone; one that
     * names a stricter form here must look at {@link Operation#demand()} for it, and honour what {@link Demand} says of it.
     */
    default Set<Demand> carriesOut() {
        return Demand.KINDS;
    }

    /**
     * What the first {@link Outcome#REFUSED} or {@link Outcome#FAILED} was about, in one line; null while there was none. Callable from any
     * thread.
     */
    default @Nullable String firstFailure() {
        return null;
    }

    /** Releases what the target holds. Called when nothing is outstanding. */
    @Override
    void close();
}
