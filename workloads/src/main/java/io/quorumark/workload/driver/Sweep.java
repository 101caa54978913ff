package io.quorumark.workload.driver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the knee of a target: the highest rate at which its response times keep to an objective. The rate grows by a factor until a
 * step fails; between the last step that passed and the first that failed it is bisected, geometrically, until the two are close. If the
 * first step fails the rate shrinks by the factor instead, until a step passes.
 *
 * <p>Unless it is told the rate to begin with, it begins near the knee: a short closed loop, which warms the target up as well, shows the
 * most that it can do.
 *
 * <p>A step fails if the objective is missed, if less than {@link #LEAST_SUSTAINED} of the rate is acknowledged (response times of
 * what came through say little then), or if an operation fails. A step that fails by little ({@link #NEAR_LIMIT},
 * {@link #NEARLY_SUSTAINED}) is made once more, and its rate has failed only if that one fails as well: a single stall can spoil a window
 * of some seconds, and would bound the search for good. So could a rate that failed while the target was cold, or had just been
 * overloaded: it is tried once more after {@link #DOUBTFUL_PASSES} rates below it have passed in a row, or if it is the one that would
 * end the search, and the search goes on above it if it passes.
 *
 * <p>A step is as long as asked, but longer if its percentile needs more samples, and shorter if {@link #USUAL_STEPS} of them would
 * not find room. No step begins that would end too late.
 *
 * @param objective of the response times
 * @param firstRate rate of the first step, in operations per second, 0.01 to 1e8; 0 for {@link #FIRST_SHARE} of what a closed loop reaches
 * @param factor from step to step on the way up, more than 1 and at most 10
 * @param precision the search ends once the rate that failed is at most 1 + precision times the one that passed; 0.001 to 1
 * @param mostSteps it ends in any case, 2 to 1000
 * @param mostSeconds so does it after this time, all warm-ups included; more than 0
 */
public record Sweep(
        LatencyObjective objective,
        double firstRate,
        double factor,
        double precision,
        int mostSteps,
        double mostSeconds) {
    /** The share of the offered rate that must be acknowledged. */
    public static final double LEAST_SUSTAINED = 0.98;

    /** A step that failed is made again unless its percentile is more than so many times the limit. */
    public static final double NEAR_LIMIT = 10;

    /** Nor if less than this share of the offered rate was acknowledged. */
    public static final double NEARLY_SUSTAINED = 0.9;

    /** A rate that failed is tried once more after so many rates below it have passed, one after the other. */
    public static final int DOUBTFUL_PASSES = 2;

    /** Of what a closed loop reaches: at the first step. */
    public static final double FIRST_SHARE = 0.4;

    /** For so many steps there is room, unless the objective's percentile needs longer ones. */
    public static final int USUAL_STEPS = 14;

    /** How long the closed loop is measured. */
    public static final double PROBE_SECONDS = 3;

    /** The warm-up of every step but the first, whose target is warm: for the change of rates. */
    public static final double SETTLE_SECONDS = 1;

    /** What a step takes besides warm-up and window: to begin, to wait for the last answers. */
    private static final double STEP_OVERHEAD_SECONDS = 0.3;

    private static final double LOWEST_RATE = 0.01;
    private static final double HIGHEST_RATE = 1e8;

    public Sweep {
        if (firstRate != 0 && !isRate(firstRate)) {
            throw new IllegalArgumentException("firstRate is " + firstRate + ", expected 0.01 to 100000000, or 0");
        }
        if (!(factor > 1 && factor <= 10)) {
            throw new IllegalArgumentException("factor is " + factor + ", expected more than 1 and at most 10");
        }
        if (!(precision >= 0.001 && precision <= 1)) {
            throw new IllegalArgumentException("precision is " + precision + ", expected 0.001 to 1");
        }
        if (mostSteps < 2 || mostSteps > 1_000) {
            throw new IllegalArgumentException("mostSteps is " + mostSteps + ", expected 2 to 1000");
        }
        if (!(mostSeconds > 0 && mostSeconds <= 1e7)) {
            throw new IllegalArgumentException("mostSeconds is " + mostSeconds + ", expected more than 0, to 10000000");
        }
    }

    /** Measures a target. */
    public interface Trial {
        /**
         * In a closed loop.
         *
         * @param warmUpSeconds at the most
         */
        DriverResult probe(double warmUpSeconds, double seconds) throws InterruptedException;

        /**
         * In an open loop at one rate.
         *
         * @param warmUpSeconds at the most
         */
        DriverResult step(double rateOpsPerSecond, double warmUpSeconds, double seconds) throws InterruptedException;
    }

    /** Why a search ended. */
    public enum End {
        /** A rate held, and one just above it failed. */
        BRACKETED,
        /** There was no time for another step. */
        OUT_OF_TIME,
        /** There were as many steps as there may be. */
        OUT_OF_STEPS,
        /** The next rate would be none that can be driven. */
        OUT_OF_RATES
    }

    /**
     * Steps in the order they were made.
     *
     * @param steps at least one
     * @param kneeOpsPerSecond the highest rate that passed; empty if none did
     * @param end if not bracketed, the knee may lie higher
     */
    public record Result(List<SweepStep> steps, OptionalDouble kneeOpsPerSecond, End end) {
        public Result {
            steps = List.copyOf(steps);
        }

        /** Whether a rate within the precision above the knee failed. */
        public boolean bracketed() {
            return end == End.BRACKETED;
        }
    }

    /**
     * Makes the steps, one after the other.
     *
     * @param clock that the time is taken from
     * @param warmUpSeconds before the closed loop, or the first step if there is none
     * @param stepSeconds how long a step's window is asked to be
     */
    public Result run(Trial trial, NanoClock clock, double warmUpSeconds, double stepSeconds)
            throws InterruptedException {
        long startNanos = clock.nanoTime();
        boolean cold = firstRate != 0;
        double rate = cold
                ? firstRate
                : Math.max(
                        LOWEST_RATE,
                        FIRST_SHARE * trial.probe(warmUpSeconds, PROBE_SECONDS).throughputOpsPerSecond());
        Bracket bracket = new Bracket();
        @Nullable End end;
        do {
            double warmUp = cold ? warmUpSeconds : Math.min(SETTLE_SECONDS, warmUpSeconds);
            double left = mostSeconds - (clock.nanoTime() - startNanos) / 1e9 - warmUp - STEP_OVERHEAD_SECONDS;
            double window = window(rate, warmUpSeconds, stepSeconds);
            if (window > left && !bracket.steps.isEmpty()) {
                end = bracket.isClosed() ? End.BRACKETED : End.OUT_OF_TIME;
                break;
            }
            // the first step is made in any case, so that there is something to tell
            bracket.add(rate, trial.step(rate, warmUp, Math.min(window, Math.max(left, SETTLE_SECONDS))));
            cold = false;
            rate = bracket.next(rate);
            end = bracket.end(rate);
        } while (end == null);
        OptionalDouble knee = bracket.passed > 0 ? OptionalDouble.of(bracket.passed) : OptionalDouble.empty();
        return new Result(bracket.steps, knee, end);
    }

    /** What the steps so far say of the knee. */
    private final class Bracket {
        private final List<SweepStep> steps = new ArrayList<>();
        /** The rates that failed, above the highest one that passed; true if one was tried once more since. */
        private final NavigableMap<Double, Boolean> failed = new TreeMap<>();
        /** The highest rate that passed; 0 if none did. */
        private double passed;
        /** How many rates have passed, one after the other, since the bound failed or moved. */
        private int passedInARow;
        /** Whether the last step is to be made once more. */
        private boolean again;

        void add(double rate, DriverResult result) {
            SweepStep step = judge(rate, result);
            boolean triedBefore = again || failed.containsKey(rate);
            steps.add(step);
            again = !step.passed() && !triedBefore && isNear(step, result);
            if (step.passed()) {
                passed = rate;
                passedInARow = failed.containsKey(rate) ? 0 : passedInARow + 1;
                failed.headMap(rate, true).clear();
            } else if (!again) {
                failed.put(rate, failed.containsKey(rate));
                passedInARow = 0;
            }
        }

        double next(double rate) {
            if (again) {
                return rate;
            }
            if (failed.isEmpty()) {
                return passed * factor;
            }
            double bound = failed.firstKey();
            if (passed == 0) {
                return bound / factor;
            }
            return isDoubtful() ? bound : Math.sqrt(passed * bound);
        }

        /** Whether a rate that passed and one that failed are as close as asked. */
        boolean isClosed() {
            return passed > 0 && !failed.isEmpty() && failed.firstKey() <= passed * (1 + precision);
        }

        private boolean isDoubtful() {
            return !failed.firstEntry().getValue() && (passedInARow >= DOUBTFUL_PASSES || isClosed());
        }

        @Nullable
        End end(double next) {
            if (isClosed() && !isDoubtful()) {
                return End.BRACKETED;
            }
            if (steps.size() == mostSteps) {
                return isClosed() ? End.BRACKETED : End.OUT_OF_STEPS;
            }
            return isRate(next) ? null : End.OUT_OF_RATES;
        }
    }

    /**
     * How long a step's window is, in seconds.
     *
     * @param warmUpSeconds before the first one
     * @param stepSeconds asked for
     */
    public double window(double rateOpsPerSecond, double warmUpSeconds, double stepSeconds) {
        double forSteps = mostSeconds - warmUpSeconds - (firstRate == 0 ? PROBE_SECONDS : 0);
        double room = forSteps / USUAL_STEPS - Math.min(SETTLE_SECONDS, warmUpSeconds) - STEP_OVERHEAD_SECONDS;
        return Math.max(Math.min(stepSeconds, room), 1.05 * objective.leastSamples() / rateOpsPerSecond);
    }

    /**
     * A trial on a driver whose load phase is over.
     *
     * @param clients operations outstanding at the most
     * @param failureLimit as of {@link RunPlan}
     */
    public static Trial on(
            LoadDriver driver, int clients, Load.Arrivals arrivals, Duration quiescenceTimeout, long failureLimit) {
        return new Trial() {
            @Override
            public DriverResult probe(double warmUpSeconds, double seconds) throws InterruptedException {
                return run(new Load.ClosedLoop(clients), warmUpSeconds, seconds);
            }

            @Override
            public DriverResult step(double rateOpsPerSecond, double warmUpSeconds, double seconds)
                    throws InterruptedException {
                return run(new Load.OpenLoop(rateOpsPerSecond, clients, arrivals), warmUpSeconds, seconds);
            }

            private DriverResult run(Load load, double warmUpSeconds, double seconds) throws InterruptedException {
                return driver.run(new RunPlan(
                        load,
                        new PhaseLimit.Seconds(warmUpSeconds),
                        new PhaseLimit.Seconds(seconds),
                        quiescenceTimeout,
                        failureLimit));
            }
        };
    }

    private SweepStep judge(double rate, DriverResult result) {
        double achieved = result.throughputOpsPerSecond();
        return new SweepStep(
                rate,
                achieved,
                result.all().response().getValueAtPercentile(objective.percentile()),
                objective.judge(result.all().response()),
                achieved >= LEAST_SUSTAINED * rate && isWhole(result));
    }

    private boolean isNear(SweepStep step, DriverResult result) {
        return step.compliance() != LatencyObjective.Compliance.TOO_FEW
                && step.percentileNanos() <= NEAR_LIMIT * objective.limitNanos()
                && step.achievedOpsPerSecond() >= NEARLY_SUSTAINED * step.offeredOpsPerSecond()
                && isWhole(result);
    }

    private static boolean isWhole(DriverResult result) {
        return result.errors() == 0 && result.stoppedEarly().isEmpty();
    }

    private static boolean isRate(double rate) {
        return rate >= LOWEST_RATE && rate <= HIGHEST_RATE;
    }
}
