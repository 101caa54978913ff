package io.quorumark.workload.driver;

import io.quorumark.workload.ArrivalTimes;
import io.quorumark.workload.OperationStream;
import io.quorumark.workload.distribution.Randomness;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.jspecify.annotations.Nullable;

/**
 * The intended send times of a paced load, in nanoseconds from its start. Two schedules with equal arguments are equal: the pacer and the
 * submitter have one each, and share nothing.
 */
abstract class Schedule implements AutoCloseable {
    private static final double SECOND_NANOS = 1e9;

    /** When the next operation is due. */
    abstract long dueNanos();

    /** Goes on to the operation after it. */
    abstract void advance();

    /** The average gap between operations while they come at all: within a burst, not between bursts. */
    abstract double typicalGapNanos();

    @Override
    public void close() {}

    /**
     * The schedule of a load, or null if it has none.
     *
     * @param stream what a {@link Load.Replay} takes its times from
     * @throws IllegalArgumentException the stream has no recorded times to replay
     */
    static @Nullable Schedule of(Load load, long seed, OperationStream stream) {
        if (load instanceof Load.OpenLoop open) {
            return of(open, seed);
        }
        if (load instanceof Load.Replay replay) {
            ArrivalTimes times = stream.openArrivals();
            if (times == null) {
                throw new IllegalArgumentException("workload " + stream.workload()
                        + " has no recorded times to replay; choose another load, or a workload of the model trace");
            }
            return new Recorded(times, replay.speed());
        }
        return null;
    }

    static Schedule of(Load.OpenLoop load, long seed) {
        double meanGapNanos = SECOND_NANOS / load.rateOpsPerSecond();
        if (load.arrivals() instanceof Load.Arrivals.Bursts bursts) {
            return new Bursts(meanGapNanos, bursts.periodSeconds() * SECOND_NANOS, bursts.duty());
        }
        return load.arrivals() instanceof Load.Arrivals.Poisson
                ? new Poisson(meanGapNanos, seed)
                : new Bursts(meanGapNanos, SECOND_NANOS, 1);
    }

    /** Equal gaps in the first part of each period. With a duty of 1 there is no other part, and all gaps are equal. */
    private static final class Bursts extends Schedule {
        private final double meanGapNanos;
        private final double periodNanos;
        private final double duty;
        private long index;
        private long dueNanos;

        Bursts(double meanGapNanos, double periodNanos, double duty) {
            this.meanGapNanos = meanGapNanos;
            this.periodNanos = periodNanos;
            this.duty = duty;
        }

        @Override
        long dueNanos() {
            return dueNanos;
        }

        @Override
        void advance() {
            // Multiplied, not added up, so that the rate is exact however long the run.
            double evenly = (double) ++index * meanGapNanos;
            if (duty < 1) {
                double periodStart = Math.floor(evenly / periodNanos) * periodNanos;
                dueNanos = (long) (periodStart + (evenly - periodStart) * duty);
            } else {
                dueNanos = (long) evenly;
            }
        }

        @Override
        double typicalGapNanos() {
            return meanGapNanos * duty;
        }
    }

    private static final class Poisson extends Schedule {
        private final double meanGapNanos;
        private final SharedStateContinuousSampler exponential;
        private double dueNanos;

        Poisson(double meanGapNanos, long seed) {
            this.meanGapNanos = meanGapNanos;
            exponential = ZigguratSampler.Exponential.of(Randomness.of(seed, "arrivals"));
        }

        @Override
        long dueNanos() {
            return (long) dueNanos;
        }

        @Override
        void advance() {
            dueNanos += meanGapNanos * exponential.sample();
        }

        @Override
        double typicalGapNanos() {
            return meanGapNanos;
        }
    }

    private static final class Recorded extends Schedule {
        private final ArrivalTimes times;
        private final double speed;
        private long dueNanos;

        Recorded(ArrivalTimes times, double speed) {
            this.times = times;
            this.speed = speed;
        }

        @Override
        long dueNanos() {
            return dueNanos;
        }

        @Override
        void advance() {
            times.advance();
            dueNanos = (long) ((double) times.dueNanos() / speed);
        }

        @Override
        double typicalGapNanos() {
            return times.meanGapNanos() / speed;
        }

        @Override
        public void close() {
            times.close();
        }
    }
}
