package io.quorumark.app.trial;

import io.quorumark.results.model.Cell;
import io.quorumark.workload.driver.Bound;
import io.quorumark.workload.driver.Load;
import io.quorumark.workload.driver.RunPlan;
import io.quorumark.workload.driver.SteadyWarmUp;
import io.quorumark.workload.driver.WarmUpRule;
import java.time.Duration;

/** A cell's load in the driver's terms. */
final class Loads {
    /** One failed operation spoils a trial; a few more tell what is going on. */
    private static final long FAILURE_LIMIT = 100;

    /** Seconds count as steady where the largest exceeds the smallest by no more than this share of their mean. */
    private static final double STEADY_SPREAD = 0.1;

    private Loads() {}

    static RunPlan plan(Cell.Load load, Duration quiescenceTimeout) {
        Load driven = load.kind().equals("open")
                ? new Load.OpenLoop(load.rateOpsPerSecond(), load.clients(), arrivals(load.arrivals()))
                : new Load.ClosedLoop(load.clients());
        Bound measure = load.measureOperations() > 0
                ? new Bound.Operations(load.measureOperations())
                : new Bound.Seconds(load.measureSeconds());
        WarmUpRule warmUp = load.steadySeconds() > 0
                ? new SteadyWarmUp(load.steadySeconds(), STEADY_SPREAD, load.warmUpSeconds())
                : new Bound.Seconds(load.warmUpSeconds());
        return new RunPlan(driven, warmUp, measure, quiescenceTimeout, FAILURE_LIMIT);
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
