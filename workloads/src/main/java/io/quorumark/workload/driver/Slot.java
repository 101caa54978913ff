package io.quorumark.workload.driver;

import io.quorumark.workload.Completion;
import io.quorumark.workload.Operation;
import io.quorumark.workload.Outcome;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One client: an operation that is sent again and again. The submitter owns all its fields until it sends the operation, and again once it
 * has collected the slot; in between the completing thread writes outcome and time.
 */
final class Slot implements Completion {
    private static final int IDLE = 0;
    private static final int OUTSTANDING = 1;

    final Operation operation = new Operation();
    /** The operation's place in the stream, from 0. */
    long place;

    long intendedNanos;
    long sentNanos;
    /** When the operation was due and a client free for it: before that it queues, after that it waits for the generator. */
    long readyNanos;
    /** How late the generator sent it, save for collections that stopped the target as well. */
    long ownLagNanos;
    /** When the operation completed, and so when the client became free for the next one; 0 before the first. */
    long completedNanos;

    Outcome outcome = Outcome.OK;
    /** The slot that completed before this one, while neither has been collected. */
    @Nullable
    Slot previous;

    private final Submitter submitter;
    private final AtomicInteger state = new AtomicInteger();

    Slot(Submitter submitter) {
        this.submitter = submitter;
    }

    void markOutstanding() {
        state.lazySet(OUTSTANDING);
    }

    @Override
    public void complete(Outcome newOutcome) {
        if (!tryComplete(newOutcome)) {
            throw new IllegalStateException("an operation was completed twice (" + newOutcome
                    + " the second time); a target completes each submitted operation once");
        }
    }

    /** Completes the operation unless that has been done. */
    boolean tryComplete(Outcome newOutcome) {
        if (!state.compareAndSet(OUTSTANDING, IDLE)) {
            return false;
        }
        submitter.completed(this, newOutcome);
        return true;
    }
}
