package io.quorumark.workload.driver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Looks for the knee of a target: the highest rate at which its response times keep to an objective. The rate grows by a factor until a
 * step fails; between the last step that passed and the first that failed it is bisected, geometrically, until the two are close. Where the
 * first step fails the rate shrinks by the factor instead, until a step passes.
 *
 * <p>A step fails where the objective is missed, where less than {@link #LEAST_SUSTAINED} of the rate is acknowledged (response times of
 * what came through say little then), or where an operation fails.
 *
 * @param objective of the response times
 * @param firstRate rate of the first step, in operations per second, 0.01 to 1e8
 * @param factor from step to step on the way up, more than 1 and at most 10
 * @param precision the search ends once the rate that failed is at most 1 + precision times the one that passed; 0.001 to 1
 * @param mostSteps it ends in any case, 2 to 1000
 */
public record Sweep(LatencyObjective objective, double firstRate, double factor, double precision, int mostSteps) {
    /** The share of the offered rate that must be acknowledged. */
    public static final double LEAST_SUSTAINED = 0.98;

    private static final double LOWEST_RATE = 0.01;
    private static final double HIGHEST_RATE = 1e8;

    public Sweep {
        if (!(firstRate >= LOWEST_RATE && firstRate <= HIGHEST_RATE)) {
            throw new IllegalArgumentException("firstRate is " + firstRate + ", expected 0.01 to 100000000");
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
    }

    /** Measures a target at one rate. */
    @FunctionalInterface
    public interface Trial {
        DriverResult run(double rateOpsPerSecond) throws InterruptedException;
    }

    /**
     * Steps in the order they were made.
     *
     * @param steps at least one
     * @param kneeOpsPerSecond the highest rate that passed; empty if none did
     * @param bracketed whether a rate within the precision above it failed; otherwise the knee may lie higher
     */
    public record Result(List<SweepStep> steps, OptionalDouble kneeOpsPerSecond, boolean bracketed) {
        public Result {
            steps = List.copyOf(steps);
        }
    }

    /** Makes the steps, one after the other. */
    public Result run(Trial trial) throws InterruptedException {
        List<SweepStep> steps = new ArrayList<>();
        double passed = 0;
        double failed = Double.POSITIVE_INFINITY;
        double rate = firstRate;
        while (steps.size() < mostSteps && failed > passed * (1 + precision) && isRate(rate)) {
            SweepStep step = judge(rate, trial.run(rate));
            steps.add(step);
            if (step.passed()) {
                passed = rate;
            } else {
                failed = rate;
            }
            rate = next(passed, failed);
        }
        OptionalDouble knee = passed > 0 ? OptionalDouble.of(passed) : OptionalDouble.empty();
        return new Result(steps, knee, passed > 0 && failed <= passed * (1 + precision));
    }

    /**
     * A trial on a driver whose load phase is over: an open loop, for as long as it takes to judge the objective, but not less than asked.
     *
     * @param clients operations outstanding at the most
     * @param warmUp of each step
     * @param leastSeconds of each step's window
     * @param failureLimit as of {@link RunPlan}
     */
    public Trial on(
            LoadDriver driver,
            int clients,
            Load.Arrivals arrivals,
            WarmUpRule warmUp,
            double leastSeconds,
            Duration quiescenceTimeout,
            long failureLimit) {
        return rate -> driver.run(new RunPlan(
                new Load.OpenLoop(rate, clients, arrivals),
                warmUp,
                window(rate, leastSeconds),
                quiescenceTimeout,
                failureLimit));
    }

    /** As long as it takes to judge the objective at this rate, but not less than asked. */
    public PhaseLimit.Seconds window(double rateOpsPerSecond, double leastSeconds) {
        return new PhaseLimit.Seconds(Math.max(leastSeconds, 1.05 * objective.leastSamples() / rateOpsPerSecond));
    }

    private SweepStep judge(double rate, DriverResult result) {
        double achieved = result.throughputOpsPerSecond();
        boolean sustained = achieved >= LEAST_SUSTAINED * rate
                && result.errors() == 0
                && result.stoppedEarly().isEmpty();
        return new SweepStep(
                rate,
                achieved,
                result.all().response().getValueAtPercentile(objective.percentile()),
                objective.judge(result.all().response()),
                sustained);
    }

    private double next(double passed, double failed) {
        if (passed == 0) {
            return failed / factor;
        }
        return failed == Double.POSITIVE_INFINITY ? passed * factor : Math.sqrt(passed * failed);
    }

    private static boolean isRate(double rate) {
        return rate >= LOWEST_RATE && rate <= HIGHEST_RATE;
    }
}
