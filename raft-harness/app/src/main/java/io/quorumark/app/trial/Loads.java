package io.quorumark.app.trial;

import io.quorumark.results.model.Cell;
import io.quorumark.workload.driver.Bound;
import io.quorumark.workload.driver.Load;
import io.quorumark.workload.driver.RunPlan;
import java.time.Duration;

/** A cell's load in the driver's terms. */
final class Loads {
    /** One failed operation spoils a trial; a few more tell what is going on. */
    private static final long FAILURE_LIMIT = 100;

    private Loads() {}

    static RunPlan plan(Cell.Load load, Duration quiescenceTimeout) {
        Load driven = load.kind().equals("open")
                ? new Load.OpenLoop(load.rateOpsPerSecond(), load.clients(), Load.Arrivals.CONSTANT)
                : new Load.ClosedLoop(load.clients());
        Bound measure = load.measureOperations() > 0
                ? new Bound.Operations(load.measureOperations())
                : new Bound.Seconds(load.measureSeconds());
        return new RunPlan(driven, new Bound.Seconds(load.warmUpSeconds()), measure, quiescenceTimeout, FAILURE_LIMIT);
    }
}
