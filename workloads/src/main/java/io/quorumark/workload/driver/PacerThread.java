package io.quorumark.workload.driver;

import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The run's own thread: sends the first operations, takes over work that the target's threads hand on, and in an open loop wakes the
 * submitter when operations are due. Between these it is parked, or looks at the clock where the pacing says so.
 */
final class PacerThread extends Thread {
    /** How much later than asked a parked thread wakes up: the kernel's timer slack and the switch. */
    private static final long WAKE_UP_NANOS = 60_000;

    /**
     * With gaps below this, waiting actively would take a processor from the target; completions are frequent enough then to send what is
     * due.
     */
    private static final double SPIN_GAP_NANOS = 200_000;

    private static final long IDLE_NANOS = 1_000_000_000L;

    private final NanoClock clock;
    private final @Nullable Schedule schedule;
    private @Nullable Submitter submitter;
    private final Timeline timeline;
    private final Pacing pacing;
    private final Runnable started;
    private final PauseDetector.Recording stalls = new PauseDetector.Recording();
    private volatile boolean finished;

    /**
     * @param schedule a copy of the submitter's, or null for a closed loop
     * @param started run by this thread before anything is sent, where there is a schedule
     */
    PacerThread(NanoClock clock, @Nullable Schedule schedule, Pacing pacing, Timeline timeline, Runnable started) {
        super("quorumark-load");
        setDaemon(true);
        this.clock = clock;
        this.schedule = schedule;
        this.pacing = pacing;
        this.timeline = timeline;
        this.started = started;
    }

    void start(Submitter ofRun) {
        submitter = ofRun;
        start();
    }

    void finish() {
        finished = true;
        LockSupport.unpark(this);
    }

    /** When the machine woke this thread up late, or took its processor away while it waited. Readable once it has ended. */
    PauseDetector.Recording stalls() {
        return stalls;
    }

    @Override
    public void run() {
        Submitter own = Objects.requireNonNull(submitter);
        if (schedule != null) {
            started.run();
        }
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
            sleep(own, now, due);
        }
    }

    /** Looks at the clock and does nothing else, so that two looks far apart are the machine's doing. */
    private void spin(Submitter own, long fromNanos, long dueNanos) {
        long before = fromNanos;
        while (before < dueNanos && !finished && !own.isHandedOver()) {
            Thread.onSpinWait();
            long now = own.elapsedNanos();
            if (now - before >= PauseDetector.STALL_NANOS) {
                stalls.addStall(before, now, timeline.markNanos(), timeline.endNanos());
            }
            before = now;
        }
    }

    private void sleep(Submitter own, long now, Schedule due) {
        boolean precise = due.typicalGapNanos() >= SPIN_GAP_NANOS;
        long wakeUpNanos = precise ? due.dueNanos() - WAKE_UP_NANOS : due.dueNanos();
        if (wakeUpNanos > now) {
            clock.parkUntil(own.startNanos() + wakeUpNanos);
            stalls.addStall(wakeUpNanos, own.elapsedNanos(), timeline.markNanos(), timeline.endNanos());
        } else {
            Thread.onSpinWait();
        }
    }
}
