package io.quorumark.workload.driver;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a run into warm-up, measured window and drain, and those into seconds. The submitter writes; finished intervals go to the collector
 * through a queue, and the histograms come back through another one. Mark and end may be read by any thread. Times are nanoseconds from the
 * start of the run.
 */
final class Timeline {
    static final long SECOND_NANOS = 1_000_000_000L;
    private static final long NEVER = Long.MAX_VALUE;
    private static final int SETS = 3;

    /** A part of a run. */
    enum Part {
        WARM_UP,
        WINDOW,
        DRAIN
    }

    /**
     * @param second within its part
     * @param lengthNanos of the interval
     * @param histograms null if nothing completed
     */
    record Finished(
            Part part,
            int second,
            long lengthNanos,
            @Nullable IntervalHistograms histograms) {}

    private final int operationClasses;
    private final boolean openLoop;
    private final Queue<Finished> finished = new ConcurrentLinkedQueue<>();
    private final Queue<IntervalHistograms> spares = new ConcurrentLinkedQueue<>();
    private final SlowestRecorder slowest = new SlowestRecorder();
    private IntervalHistograms current;
    private Part part = Part.WARM_UP;
    private int second;
    private long intervalStartNanos;
    private long boundaryNanos = SECOND_NANOS;
    private volatile long markNanos = NEVER;
    private volatile long endNanos = NEVER;

    Timeline(int operationClasses, boolean openLoop) {
        this.operationClasses = operationClasses;
        this.openLoop = openLoop;
        this.current = newSet();
        for (int i = 1; i < SETS; i++) {
            spares.add(newSet());
        }
    }

    /** Sets when the measured window begins: now or later. */
    void setMark(long nanos) {
        markNanos = nanos;
        updateBoundary();
    }

    /** Sets when the measured window ends: now or later. */
    void setEnd(long nanos) {
        endNanos = nanos;
        updateBoundary();
    }

    boolean isMarked() {
        return markNanos != NEVER;
    }

    boolean hasEnd() {
        return endNanos != NEVER;
    }

    long markNanos() {
        return markNanos;
    }

    long endNanos() {
        return endNanos;
    }

    /** Records a slot whose operation has completed. */
    void add(Slot slot) {
        if (slot.completedNanos >= boundaryNanos) {
            advance(slot.completedNanos);
        }
        current.add(slot);
        if (part != Part.WARM_UP && slot.intendedNanos >= markNanos) {
            slowest.add(slot.intendedNanos, slot.completedNanos, slot.operation.operationClassIndex());
        }
    }

    /** The slowest operations so far that were due in the window. Readable once nothing is added any more. */
    SlowestRecorder slowest() {
        return slowest;
    }

    /** Closes the last interval. Nothing is recorded afterwards. */
    void finish(long nanos) {
        advance(nanos);
        if (part != Part.DRAIN || !current.isEmpty()) {
            closeInterval(Math.max(nanos, intervalStartNanos));
        }
    }

    /** The next finished interval, or null. For the collector. */
    @Nullable
    Finished poll() {
        return finished.poll();
    }

    /** Gives histograms back. For the collector. */
    void recycle(IntervalHistograms histograms) {
        histograms.clear();
        spares.add(histograms);
    }

    private void advance(long nanos) {
        while (nanos >= boundaryNanos) {
            closeInterval(boundaryNanos);
            second++;
            if (part == Part.WARM_UP && intervalStartNanos >= markNanos) {
                part = Part.WINDOW;
                second = 0;
            }
            if (part == Part.WINDOW && intervalStartNanos >= endNanos) {
                part = Part.DRAIN;
            }
            updateBoundary();
        }
    }

    private void closeInterval(long nanos) {
        long lengthNanos = nanos - intervalStartNanos;
        if (current.isEmpty()) {
            if (lengthNanos > 0) {
                finished.add(new Finished(part, second, lengthNanos, null));
            }
        } else {
            finished.add(new Finished(part, second, lengthNanos, current));
            IntervalHistograms spare = spares.poll();
            current = spare == null ? newSet() : spare;
        }
        intervalStartNanos = nanos;
    }

    private void updateBoundary() {
        boundaryNanos = switch (part) {
            case WARM_UP -> Math.min(markNanos, intervalStartNanos + SECOND_NANOS);
            case WINDOW -> Math.min(endNanos, markNanos + (second + 1) * SECOND_NANOS);
            case DRAIN -> NEVER;
        };
    }

    private IntervalHistograms newSet() {
        return new IntervalHistograms(operationClasses, openLoop);
    }
}
