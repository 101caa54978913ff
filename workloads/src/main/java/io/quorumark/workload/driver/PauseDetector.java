package io.quorumark.workload.driver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * A thread that sleeps again and again for {@link #INTERVAL_NANOS} and measures how much longer it took: the method of jHiccup (Gil Tene).
 * The shortest sleep so far is taken for what a sleep costs at best, and everything beyond it for delay. Delays are corrected for the
 * wake-ups that they swallowed. What it keeps does not grow with the run.
 */
final class PauseDetector extends Thread {
    /** How often the thread wakes up: 1 ms. */
    static final long INTERVAL_NANOS = 1_000_000;

    /** Delays from here on are listed one by one: 0.1 ms, the most that the driver may be late on its own account. */
    static final long STALL_NANOS = 100_000;

    static final int MOST_STALLS = 50_000;

    private static final int INITIAL_STALLS = 4_096;

    private final NanoClock clock;
    private final Timeline timeline;
    private final long startNanos;
    private final Recording recording = new Recording();
    private volatile boolean finished;

    /** @param startNanos what the timeline counts from, on the clock */
    PauseDetector(NanoClock clock, Timeline timeline, long startNanos) {
        super("quorumark-pauses");
        setDaemon(true);
        this.clock = clock;
        this.timeline = timeline;
        this.startNanos = startNanos;
    }

    @Override
    public void run() {
        long beforeNanos = clock.nanoTime();
        while (!finished) {
            clock.parkUntil(beforeNanos + INTERVAL_NANOS);
            long nowNanos = clock.nanoTime();
            if (nowNanos - beforeNanos >= INTERVAL_NANOS) {
                recording.add(
                        beforeNanos - startNanos, nowNanos - startNanos, timeline.markNanos(), timeline.endNanos());
                beforeNanos = nowNanos;
            }
        }
    }

    /** Lets the thread end. */
    void finish() {
        finished = true;
        LockSupport.unpark(this);
    }

    /**
     * What was seen in the measured window. Waits for the thread, which must have been told to end.
     *
     * @param load what the load's own thread saw, which has ended too
     */
    Pauses pauses(Recording load) throws InterruptedException {
        join();
        return recording.pauses(load);
    }

    /** The delays of a window. For one thread at a time. */
    static final class Recording {
        private final Histogram histogram = IntervalHistograms.newHistogram();
        /** Start and length of each stall, in turn. No objects, as the load's own thread writes here too. */
        private long[] stalls = new long[INITIAL_STALLS * 2];

        private int stallCount;
        private long forgottenStalls;
        private long shortestNanos = Long.MAX_VALUE;

        /**
         * Adds a sleep that ended in the window or lasted beyond it.
         *
         * @param beforeNanos its beginning
         * @param markNanos of the window, which may not have begun
         * @param endNanos of the window, which may be open
         */
        void add(long beforeNanos, long nowNanos, long markNanos, long endNanos) {
            shortestNanos = Math.min(shortestNanos, nowNanos - beforeNanos);
            if (nowNanos < markNanos || beforeNanos > endNanos) {
                return;
            }
            long delayNanos = nowNanos - beforeNanos - shortestNanos;
            histogram.recordValueWithExpectedInterval(Math.min(Latencies.HIGHEST_NANOS, delayNanos), INTERVAL_NANOS);
            if (delayNanos >= STALL_NANOS) {
                list(beforeNanos - markNanos, nowNanos - beforeNanos);
            }
        }

        /**
         * Adds a time in which a thread should have run, if it is long enough for a stall. It is listed and not in the histogram.
         *
         * @param fromNanos when it should have run
         * @param toNanos when it did
         */
        void addStall(long fromNanos, long toNanos, long markNanos, long endNanos) {
            if (toNanos - fromNanos >= STALL_NANOS && toNanos >= markNanos && fromNanos <= endNanos) {
                list(fromNanos - markNanos, toNanos - fromNanos);
            }
        }

        private void list(long startNanos, long lengthNanos) {
            if (stallCount == MOST_STALLS) {
                forgottenStalls++;
                return;
            }
            if (2 * stallCount == stalls.length) {
                stalls = Arrays.copyOf(stalls, 2 * stalls.length);
            }
            stalls[2 * stallCount] = startNanos;
            stalls[2 * stallCount + 1] = lengthNanos;
            stallCount++;
        }

        private List<Pauses.Stall> stalls() {
            List<Pauses.Stall> listed = new ArrayList<>();
            for (int i = 0; i < stallCount; i++) {
                listed.add(new Pauses.Stall(stalls[2 * i], stalls[2 * i + 1]));
            }
            return listed;
        }

        Pauses pauses(Recording load) {
            return new Pauses(histogram, stalls(), load.stalls(), forgottenStalls + load.forgottenStalls);
        }
    }
}
