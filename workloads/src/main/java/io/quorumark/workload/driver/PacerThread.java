package io.quorumark.workload.driver;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The run's own thread: sends the first operations, takes over work that the target's threads hand on, and in an open loop wakes the
 * submitter when operations are due. Between these it is parked, or looks at the clock if the pacing says so.
 *
 * <p>It is started first and told to begin later: what it does before is not part of the run.
 */
final class PacerThread extends Thread {
    private static final long IDLE_NANOS = 1_000_000_000L;

    private final NanoClock clock;
    private final @Nullable Schedule schedule;
    private final Timeline timeline;
    private final Pacing pacing;
    private final WindowListener listener;
    private final PauseDetector.Recording stalls = new PauseDetector.Recording();
    private final CountDownLatch ready = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(1);
    private @Nullable Submitter submitter;
    private @Nullable RuntimeException failure;
    private long leadNanos;
    /** How long this thread has looked at the clock instead of sleeping. */
    private long lookedNanos;

    private volatile boolean finished;

    /**
     * @param schedule a copy of the submitter's, or null for a closed loop
     * @param listener told by this thread that it has started and how it will wait, if there is a schedule
     */
    PacerThread(
            NanoClock clock, @Nullable Schedule schedule, Pacing pacing, Timeline timeline, WindowListener listener) {
        super("quorumark-load");
        setDaemon(true);
        this.clock = clock;
        this.schedule = schedule;
        this.pacing = pacing;
        this.timeline = timeline;
        this.listener = listener;
    }

    /**
     * Starts the thread and waits until it is ready to begin.
     *
     * @throws RuntimeException the listener's, and the thread has ended
     */
    void prepare() throws InterruptedException {
        start();
        ready.await();
        if (failure != null) {
            throw failure;
        }
    }

    /** Sends from now on. After {@link #prepare}. */
    void begin(Submitter ofRun) {
        submitter = ofRun;
        begun.countDown();
    }

    void finish() {
        finished = true;
        begun.countDown();
        LockSupport.unpark(this);
    }

    /** When the machine woke this thread up late, or took its processor away while it waited. Readable once it has ended. */
    PauseDetector.Recording stalls() {
        return stalls;
    }

    @Override
    public void run() {
        try {
            if (schedule != null) {
                getReady(schedule);
            }
        } catch (RuntimeException e) {
            failure = e;
            return;
        } finally {
            ready.countDown();
        }
        try {
            begun.await();
        } catch (InterruptedException e) {
            throw new AssertionError("nobody has this thread to interrupt it", e);
        }
        Submitter own = submitter;
        if (own != null) {
            keepGoing(own);
        }
    }

    private void getReady(Schedule due) {
        listener.pacerStarts();
        if (pacing == Pacing.HYBRID) {
            WakeUpLead lead = WakeUpLead.measure(clock, due.typicalGapNanos());
            leadNanos = lead.leadNanos();
            listener.pacerLeads(lead);
        }
    }

    private void keepGoing(Submitter own) {
        own.signal();
        while (!finished) {
            own.takeOver();
            if (schedule == null) {
                clock.parkUntil(clock.nanoTime() + IDLE_NANOS);
            } else {
                pace(own, schedule);
            }
        }
    }

    private void pace(Submitter own, Schedule due) {
        long now = own.elapsedNanos();
        if (due.dueNanos() <= now) {
            while (due.dueNanos() <= now) {
                due.advance();
            }
            own.signal();
        } else if (pacing == Pacing.SPIN) {
            spin(own, now, due.dueNanos());
        } else {
            long wakeUpNanos = due.dueNanos() - lead(now);
            if (wakeUpNanos > now) {
                sleep(own, wakeUpNanos);
            } else {
                lookedNanos += spin(own, now, due.dueNanos()) - now;
            }
        }
    }

    /** None if the share of a processor has been used up: operations may come closer together than they do on average. */
    private long lead(long now) {
        return lookedNanos <= WakeUpLead.MOST_SHARE * now ? leadNanos : 0;
    }

    /**
     * Looks at the clock and does nothing else, so that two looks far apart are the machine's doing.
     *
     * @return the last look
     */
    private long spin(Submitter own, long fromNanos, long dueNanos) {
        long before = fromNanos;
        while (before < dueNanos && !finished && !own.isHandedOver()) {
            Thread.onSpinWait();
            long now = own.elapsedNanos();
            if (now - before >= PauseDetector.STALL_NANOS) {
                stalls.addStall(before, now, timeline.markNanos(), timeline.endNanos());
            }
            before = now;
        }
        return before;
    }

    private void sleep(Submitter own, long wakeUpNanos) {
        clock.parkUntil(own.startNanos() + wakeUpNanos);
        stalls.addStall(wakeUpNanos, own.elapsedNanos(), timeline.markNanos(), timeline.endNanos());
    }
}
