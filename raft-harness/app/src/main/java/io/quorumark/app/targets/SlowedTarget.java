package io.quorumark.app.targets;

import io.quorumark.workload.Completion;
import io.quorumark.workload.Demand;
import io.quorumark.workload.Operation;
import io.quorumark.workload.Target;
import io.quorumark.workload.driver.NanoClock;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A target that takes no operations for a fixed share of every second: a closed loop then does that share less, whatever it is bound by. It is there for the cells of a
 * known-slowdown arm, and, to count a gate's misses, where the trial's JVM has the system property {@value #PROPERTY}; both are stored with the campaign.
 *
 * <p>Operations in flight when a pause begins go on, so that the loss is smaller than the share by about the time they take.
 */
public final class SlowedTarget implements Target {
    /** Share of time without submissions, such as {@code 0.1}. */
    public static final String PROPERTY = "quorumark.injectedSlowdown";

    /** Long against the operations in flight, which a pause does not stop. */
    private static final long PERIOD_NANOS = 1_000_000_000L;

    private final Target target;
    private final NanoClock clock;
    private final long openNanos;
    private long periodBeganNanos;

    SlowedTarget(Target target, double share, NanoClock clock) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("the injected slowdown (" + PROPERTY + ") is " + share
                    + ", expected more than 0 and less than 1, such as 0.1");
        }
        this.target = target;
        this.clock = clock;
        this.openNanos = Math.round(PERIOD_NANOS * (1 - share));
        this.periodBeganNanos = clock.nanoTime();
    }

    /**
     * The target itself, unless its cell is slowed or this JVM was started with {@value #PROPERTY}.
     *
     * @param ofCell share of time without submissions that the cell asks for; 0 for none
     * @param clock that the share is of
     * @throws IllegalArgumentException the property is no share
     */
    public static Target asAskedFor(Target target, double ofCell, NanoClock clock) {
        String ofJvm = System.getProperty(PROPERTY);
        Target asked = ofJvm == null ? target : new SlowedTarget(target, Double.parseDouble(ofJvm), clock);
        return ofCell == 0 ? asked : new SlowedTarget(asked, ofCell, clock);
    }

    @Override
    public void submit(Operation operation, Completion completion) {
        long sinceBegan = clock.nanoTime() - periodBeganNanos;
        while (sinceBegan >= openNanos) {
            if (sinceBegan >= PERIOD_NANOS) {
                periodBeganNanos += sinceBegan / PERIOD_NANOS * PERIOD_NANOS;
            } else {
                clock.parkUntil(periodBeganNanos + PERIOD_NANOS);
            }
            sinceBegan = clock.nanoTime() - periodBeganNanos;
        }
        target.submit(operation, completion);
    }

    @Override
    public Set<Demand> carriesOut() {
        return target.carriesOut();
    }

    @Override
    public @Nullable String firstFailure() {
        return target.firstFailure();
    }

    @Override
    public void close() {
        target.close();
    }
}
