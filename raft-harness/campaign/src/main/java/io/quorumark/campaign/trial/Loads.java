package io.quorumark.campaign.trial;

import io.quorumark.results.model.Cell;
import io.quorumark.workload.driver.LatencyObjective;
import io.quorumark.workload.driver.Load;
import io.quorumark.workload.driver.Pacing;
import io.quorumark.workload.driver.PhaseLimit;
import io.quorumark.workload.driver.RunPlan;
import io.quorumark.workload.driver.SteadyWarmUp;
import io.quorumark.workload.driver.Sweep;
import io.quorumark.workload.driver.WarmUpRule;
import java.time.Duration;

/** A cell's load in the driver's terms. */
final class Loads {
    /** One failed operation spoils a trial; a few more tell what is going on. */
    private static final long FAILURE_LIMIT = 100;

    /** Seconds count as steady if the largest exceeds the smallest by no more than this share of their mean. */
    private static final double STEADY_SPREAD = 0.1;

    private static final double PACED_WARM_UP_SECONDS = 0.5;

    /** Of a sweep that has no limit of time: the most that one may have. */
    private static final double NO_LIMIT_SECONDS = 1e7;

    private Loads() {}

    /** Of any load but a sweep. */
    static RunPlan plan(Cell.Load load, Duration quiescenceTimeout) {
        Load driven = switch (load.kind()) {
            case Cell.Load.CLOSED -> new Load.ClosedLoop(load.clients());
            case Cell.Load.OPEN -> openLoop(load, load.rateOpsPerSecond());
            case Cell.Load.REPLAY -> new Load.Replay(load.clients(), load.speed());
            default ->
                throw new IllegalArgumentException("load is '" + load.kind() + "', expected closed, open or replay");
        };
        PhaseLimit measure = load.measureOperations() > 0
                ? new PhaseLimit.Operations(load.measureOperations())
                : new PhaseLimit.Seconds(load.measureSeconds());
        return new RunPlan(driven, warmUp(load, load.warmUpSeconds()), measure, quiescenceTimeout, FAILURE_LIMIT);
    }

    /** Of the closed loop that shows the rate that a sweep begins with. */
    static RunPlan probe(Cell.Load load, double warmUpSeconds, double seconds, Duration quiescenceTimeout) {
        return new RunPlan(
                new Load.ClosedLoop(load.clients()),
                warmUp(load, warmUpSeconds),
                new PhaseLimit.Seconds(seconds),
                quiescenceTimeout,
                FAILURE_LIMIT);
    }

    /** Of one step of a sweep. */
    static RunPlan step(
            Cell.Load load, double rateOpsPerSecond, double warmUpSeconds, double seconds, Duration quiescenceTimeout) {
        return new RunPlan(
                openLoop(load, rateOpsPerSecond),
                warmUp(load, warmUpSeconds),
                new PhaseLimit.Seconds(seconds),
                quiescenceTimeout,
                FAILURE_LIMIT);
    }

    /** Of the window at a set rate after a closed loop. The group is warm: what is awaited is that the loop has found its pace. */
    static RunPlan paced(Cell.Load load, Cell.Paced paced, Duration quiescenceTimeout) {
        return new RunPlan(
                openLoop(load, paced.rateOpsPerSecond()),
                new PhaseLimit.Seconds(PACED_WARM_UP_SECONDS),
                new PhaseLimit.Seconds(paced.measureSeconds()),
                quiescenceTimeout,
                FAILURE_LIMIT);
    }

    static Sweep sweep(Cell.Sweep sweep) {
        return new Sweep(
                LatencyObjective.parse(sweep.objective()),
                sweep.firstRateOpsPerSecond(),
                sweep.factor(),
                sweep.precision(),
                sweep.maxSteps(),
                sweep.maxSeconds() == null ? NO_LIMIT_SECONDS : sweep.maxSeconds());
    }

    /** Of a closed loop, that of the window at a set rate that may follow it. */
    static Pacing pacing(Cell.Load load) {
        if (load.isClosed()) {
            return Pacing.HYBRID;
        }
        return switch (load.pacing()) {
            case Cell.Load.SLEEP -> Pacing.SLEEP;
            case Cell.Load.SPIN -> Pacing.SPIN;
            case Cell.Load.HYBRID -> Pacing.HYBRID;
            default ->
                throw new IllegalArgumentException("pacing is '" + load.pacing() + "', expected sleep, spin or hybrid");
        };
    }

    private static Load openLoop(Cell.Load load, double rateOpsPerSecond) {
        return new Load.OpenLoop(rateOpsPerSecond, load.clients(), arrivals(load.arrivals()));
    }

    /** Of so many seconds, or until the target is steady if that is asked for and there is time to see it. */
    private static WarmUpRule warmUp(Cell.Load load, double seconds) {
        return load.steadySeconds() > 0 && seconds >= load.steadySeconds()
                ? new SteadyWarmUp(load.steadySeconds(), STEADY_SPREAD, seconds)
                : new PhaseLimit.Seconds(seconds);
    }

    private static Load.Arrivals arrivals(Cell.Arrivals arrivals) {
        return switch (arrivals.kind()) {
            case "constant" -> Load.Arrivals.CONSTANT;
            case "poisson" -> Load.Arrivals.POISSON;
            case "bursts" -> new Load.Arrivals.Bursts(arrivals.periodSeconds(), arrivals.duty());
            default ->
                throw new IllegalArgumentException(
                        "arrivals is '" + arrivals.kind() + "', expected constant, poisson or bursts");
        };
    }
}
