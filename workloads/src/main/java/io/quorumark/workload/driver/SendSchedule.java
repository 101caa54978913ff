package io.quorumark.workload.driver;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Decides when the next operation may be sent, when the measured window begins, and when sending ends. Owned by the submitter; times are
 * nanoseconds from the start of the run.
 */
final class SendSchedule {
    private final RunPlan plan;
    private final @Nullable Schedule schedule;
    private final Timeline timeline;
    private final CollectionShare collections;
    private final Histogram lag = IntervalHistograms.newHistogram();
    private long issued;
    private long issueLimit = Long.MAX_VALUE;
    private long unsent;
    private boolean ended;
    private long markLimitNanos = Long.MAX_VALUE;
    private WarmUpEnd warmUpEnd = WarmUpEnd.PLANNED;

    /** @param collections that stop the target too */
    SendSchedule(RunPlan plan, @Nullable Schedule schedule, Timeline timeline, CollectionShare collections) {
        this.plan = plan;
        this.schedule = schedule;
        this.timeline = timeline;
        this.collections = collections;
        if (plan.warmUp() instanceof SteadyWarmUp steady) {
            // Kept until the submitter hears that the target is steady.
            markLimitNanos = steady.maximumNanos();
        } else if (plan.warmUp() instanceof PhaseLimit.Seconds warmUp) {
            mark(warmUp.nanos());
        } else if (plan.warmUp() instanceof PhaseLimit.Operations warmUp
                && plan.measure() instanceof PhaseLimit.Operations measure) {
            issueLimit = Math.addExact(warmUp.operations(), measure.operations());
        }
    }

    /**
     * Whether the client may send now; it may not if the operation is not due yet, or if sending has ended.
     *
     * @param nowNanos a recent moment for a closed loop, the present one for an open loop
     */
    boolean maySend(Slot client, long nowNanos) {
        if (nowNanos >= markLimitNanos) {
            endWarmUp(nowNanos, WarmUpEnd.MAXIMUM);
        }
        if (issued == issueLimit) {
            end();
        } else if (schedule == null) {
            if (nowNanos >= timeline.endNanos()) {
                end();
            }
        } else {
            long dueNanos = schedule.dueNanos();
            if (nowNanos >= timeline.endNanos()
                    && (dueNanos >= timeline.endNanos() || client.completedNanos > dueNanos)) {
                end();
            } else if (dueNanos > nowNanos) {
                return false;
            }
        }
        return !ended;
    }

    /** Fills in the client's times. Called just before its operation is sent. */
    void sending(Slot client, long nowNanos) {
        client.sentNanos = nowNanos;
        client.intendedNanos = nowNanos;
        client.readyNanos = nowNanos;
        if (!timeline.isMarked()
                && plan.warmUp() instanceof PhaseLimit.Operations warmUp
                && issued == warmUp.operations()) {
            mark(nowNanos);
        }
        boolean inWindow = nowNanos >= timeline.markNanos();
        if (issueLimit == Long.MAX_VALUE && inWindow && plan.measure() instanceof PhaseLimit.Operations measure) {
            issueLimit = Math.addExact(issued, measure.operations());
        }
        if (schedule != null) {
            client.intendedNanos = schedule.dueNanos();
            client.readyNanos = Math.min(nowNanos, Math.max(client.intendedNanos, client.completedNanos));
            long lagNanos = nowNanos - client.readyNanos;
            client.ownLagNanos = lagNanos - collections.since(client.readyNanos, nowNanos);
            if (inWindow) {
                lag.recordValue(Math.min(Latencies.HIGHEST_NANOS, lagNanos));
            }
            schedule.advance();
        }
        issued++;
    }

    /** Sets the mark, unless that has been done: the warm-up of a {@link SteadyWarmUp} is over. */
    void endWarmUp(long nowNanos, WarmUpEnd why) {
        if (!timeline.isMarked()) {
            markLimitNanos = Long.MAX_VALUE;
            warmUpEnd = why;
            mark(nowNanos);
        }
    }

    WarmUpEnd warmUpEnd() {
        return warmUpEnd;
    }

    /** Ends sending before the plan says so. */
    void endEarly() {
        ended = true;
    }

    /** Ends sending, and counts what was due in the window and is not sent any more. */
    private void end() {
        ended = true;
        if (schedule != null && plan.measure() instanceof PhaseLimit.Seconds) {
            while (schedule.dueNanos() < timeline.endNanos()) {
                unsent++;
                schedule.advance();
            }
        }
    }

    boolean hasEnded() {
        return ended;
    }

    long issued() {
        return issued;
    }

    long unsent() {
        return unsent;
    }

    GeneratorLag lag() {
        return schedule == null
                ? GeneratorLag.NONE
                : new GeneratorLag(
                        lag.getValueAtPercentile(50),
                        lag.getValueAtPercentile(99),
                        lag.getValueAtPercentile(99.9),
                        lag.getMaxValue());
    }

    private void mark(long nanos) {
        timeline.setMark(nanos);
        if (plan.measure() instanceof PhaseLimit.Seconds measure) {
            timeline.setEnd(nanos + measure.nanos());
        }
    }
}
