package io.quorumark.workload.driver;

import io.quorumark.workload.OperationStream;
import io.quorumark.workload.Outcome;
import io.quorumark.workload.Target;
import io.quorumark.workload.Unacknowledged;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sends a stream's operations in order and records their completions, on whichever thread has news: a work counter goes up with each
 * completion, whoever moves it from 0 becomes the submitter until it is back at 0, and everyone else only counts. So nothing spins, nothing
 * recurses when a target completes inline, and all state of the submitter needs no locks.
 *
 * <p>A thread of the target is not kept for long: after {@link #BUDGET} operations it hands the work that is left to the run's own thread.
 * Else a thread that applies writes could be held up by the reads of others, and the driver would measure itself.
 */
final class Submitter {
    private static final int BUDGET = 32;

    private final OperationStream stream;
    private final Target target;
    private final NanoClock clock;
    /** Set before the first operation is sent. */
    private long startNanos;

    private final long failureLimit;
    private final Thread caller;
    private final Thread runThread;

    // Shared between threads.
    private final AtomicReference<@Nullable Slot> completed = new AtomicReference<>();
    private final AtomicInteger work = new AtomicInteger();
    private final AtomicLong issuedOperations = new AtomicLong();
    private final AtomicLong completedOperations = new AtomicLong();
    private volatile boolean handedOver;
    private volatile @Nullable String stopReason;
    private volatile @Nullable String firstFailure;
    private volatile @Nullable Throwable fault;
    private volatile boolean windowOver;
    private volatile boolean steady;
    private volatile boolean quiescent;

    // Owned by the submitter; readable by others once quiescent.
    private final FreeSlots free;
    private final SendSchedule issue;
    private final Timeline timeline;
    private final OutcomeCounts outcomes = new OutcomeCounts();
    /** Places in the stream; as many as the failure limit and the clients allow. */
    private final Set<Long> refused = new HashSet<>();

    private final Set<Long> inDoubt = new HashSet<>();
    private final boolean paced;
    /**
     * The thread that is submitting. Not volatile: only that thread itself can find itself here, as it takes itself out before another one
     * comes.
     */
    private @Nullable Thread owner;
    /** What completed within {@link Target#submit}: needs no atomic operation. */
    private @Nullable Slot completedInline;

    private long collected;
    private long lastSeenNanos;
    private long lastCompletedNanos;

    Submitter(
            OperationStream stream,
            Target target,
            NanoClock clock,
            RunPlan plan,
            SendSchedule issue,
            Timeline timeline,
            Thread caller,
            Thread runThread) {
        this.stream = stream;
        this.target = target;
        this.clock = clock;
        this.issue = issue;
        this.timeline = timeline;
        this.caller = caller;
        this.runThread = runThread;
        this.failureLimit = plan.failureLimit();
        this.paced = plan.load().isPaced();
        this.free = new FreeSlots(this, plan.load().clients());
    }

    /** Begins the run, from which times count: before anything is signalled, by the thread that lets others know of this object. */
    void begin() {
        startNanos = clock.nanoTime();
    }

    /** Nanoseconds since the run began. */
    long elapsedNanos() {
        return clock.nanoTime() - startNanos;
    }

    long startNanos() {
        return startNanos;
    }

    /** Called once by the slot of an operation that has completed, on any thread. */
    void completed(Slot slot, Outcome outcome) {
        slot.outcome = outcome;
        slot.completedNanos = elapsedNanos();
        if (Thread.currentThread() == owner) {
            slot.previous = completedInline;
            completedInline = slot;
            return;
        }
        Slot head;
        do {
            head = completed.get();
            slot.previous = head;
        } while (!completed.compareAndSet(head, slot));
        signal();
    }

    /** Says that there may be something to do: a completion, an operation that is due, the end of the window. */
    void signal() {
        if (work.getAndIncrement() == 0) {
            drain();
        }
    }

    /** Goes on with work that another thread handed over. For the run's own thread. */
    void takeOver() {
        if (handedOver) {
            handedOver = false;
            drain();
        }
    }

    /** Makes sending end early; what is outstanding completes. */
    void stop(String reason) {
        if (stopReason == null) {
            stopReason = reason;
        }
    }

    /** Whether work waits for the run's own thread. */
    boolean isHandedOver() {
        return handedOver;
    }

    private void drain() {
        Thread self = Thread.currentThread();
        boolean guest = self != runThread;
        int sent = 0;
        try {
            int seen;
            do {
                owner = self;
                seen = work.get();
                do {
                    collect(completed.getAndSet(null));
                    collect(takeCompletedInline());
                    sent += send();
                } while (completedInline != null && !(guest && sent >= BUDGET));
                if (issue.hasEnded() && free.isFull() && !quiescent) {
                    timeline.finish(Math.max(lastCompletedNanos, plannedEndNanos()));
                    quiescent = true;
                    LockSupport.unpark(caller);
                }
                owner = null;
                if (guest && sent >= BUDGET && (completedInline != null || work.get() != seen)) {
                    handedOver = true;
                    LockSupport.unpark(runThread);
                    return;
                }
            } while (work.addAndGet(-seen) != 0);
        } catch (RuntimeException | Error e) {
            // The work counter stays up, so that nobody sends any more; the caller reports it.
            owner = null;
            fault = e;
            LockSupport.unpark(caller);
        }
    }

    private @Nullable Slot takeCompletedInline() {
        Slot newest = completedInline;
        completedInline = null;
        return newest;
    }

    /** Takes in a chain of slots that have completed, the newest first. */
    private void collect(@Nullable Slot newestFirst) {
        Slot newest = newestFirst;
        Slot oldest = null;
        while (newest != null) {
            Slot previous = newest.previous;
            newest.previous = oldest;
            oldest = newest;
            newest = previous;
        }
        while (oldest != null) {
            Slot slot = oldest;
            oldest = slot.previous;
            slot.previous = null;
            lastCompletedNanos = Math.max(lastCompletedNanos, slot.completedNanos);
            timeline.add(slot);
            outcomes.add(slot.outcome);
            collected++;
            if (slot.outcome.isFailure()) {
                failed(slot);
            }
            free.add(slot);
        }
        lastSeenNanos = Math.max(lastSeenNanos, lastCompletedNanos);
        completedOperations.lazySet(collected);
    }

    private void failed(Slot slot) {
        (slot.outcome == Outcome.REFUSED ? refused : inDoubt).add(slot.place);
        if (firstFailure == null) {
            String detail = target.firstFailure();
            firstFailure = detail == null ? "a " + slot.operation.operationClass() + " failed, no detail" : detail;
        }
        if (outcomes.failures() == failureLimit) {
            stop(failureLimit == 1 ? "an operation failed" : failureLimit + " operations failed, which is the limit");
        }
    }

    private int send() {
        int sent = 0;
        if (stopReason != null) {
            issue.endEarly();
        }
        if (steady && !timeline.isMarked()) {
            issue.endWarmUp(elapsedNanos(), WarmUpEnd.STEADY);
        }
        if (windowOver) {
            lastSeenNanos = Math.max(lastSeenNanos, timeline.endNanos());
        }
        while (!free.isEmpty() && !issue.hasEnded()) {
            Slot slot = free.first();
            // A closed loop looks at the clock once per operation: the last completion or send is recent enough to end
            // by.
            if (!issue.maySend(slot, paced ? elapsedNanos() : lastSeenNanos)) {
                break;
            }
            free.removeFirst();
            slot.place = stream.position();
            stream.next(slot.operation);
            issue.sending(slot, elapsedNanos());
            lastSeenNanos = slot.sentNanos;
            issuedOperations.lazySet(issue.issued());
            submit(slot);
            sent++;
        }
        return sent;
    }

    private void submit(Slot slot) {
        slot.markOutstanding();
        try {
            target.submit(slot.operation, slot);
        } catch (RuntimeException e) {
            if (firstFailure == null) {
                firstFailure = "submitting a " + slot.operation.operationClass() + " threw " + e;
            }
            slot.tryComplete(Outcome.FAILED);
        }
    }

    /** The end that the plan set, if it was reached. */
    private long plannedEndNanos() {
        return timeline.hasEnd() && stopReason == null ? timeline.endNanos() : 0;
    }

    /** Says that the warm-up may end now. */
    void warmUpIsSteady() {
        if (!steady) {
            steady = true;
            signal();
        }
    }

    /** Says that the measured window is over, though nothing may have completed that would tell. */
    void windowOver() {
        windowOver = true;
        signal();
    }

    boolean isQuiescent() {
        return quiescent;
    }

    @Nullable
    Throwable fault() {
        return fault;
    }

    @Nullable
    String stopReason() {
        return stopReason;
    }

    @Nullable
    String firstFailure() {
        return firstFailure;
    }

    long issuedOperations() {
        return issuedOperations.get();
    }

    long completedOperations() {
        return completedOperations.get();
    }

    /** Readable once quiescent. */
    OutcomeCounts outcomes() {
        return outcomes;
    }

    /** Readable once quiescent. */
    Unacknowledged unacknowledged() {
        return new Unacknowledged(refused, inDoubt);
    }

    /** Readable once quiescent. */
    long lastCompletedNanos() {
        return lastCompletedNanos;
    }
}
