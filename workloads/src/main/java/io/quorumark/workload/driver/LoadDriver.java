package io.quorumark.workload.driver;

import io.quorumark.workload.Demand;
import io.quorumark.workload.OperationStream;
import io.quorumark.workload.Target;
import io.quorumark.workload.spec.SpecException;
import java.time.Duration;

/**
 * Drives a target with the operations of one stream.
 *
 * <pre>{@code
 * OperationStream stream = WorkloadCatalog.find("ycsb-a").openStream(42, 1_000);
 * Duration patience = Duration.ofSeconds(10);
 * LoadDriver driver = new LoadDriver(stream, target, NanoClock.system(), Progress.Listener.NONE, 42);
 * driver.load(8, patience);
 * DriverResult result = driver.run(new RunPlan(
 *         new Load.ClosedLoop(8),
 *         new PhaseLimit.Operations(1_000), // warm-up
 *         new PhaseLimit.Operations(10_000),
 *         patience,
 *         1)); // ends at the first failed operation
 * double opsPerSecond = result.throughputOpsPerSecond();
 * }</pre>
 *
 * <p>First {@link #load}, then {@link #run}, as often as wanted; each call goes on where the stream stands. Operations are submitted in
 * stream order, one call of {@link Target#submit} at a time, from the target's own threads or from one thread of the driver.
 *
 * <p>Clients are outstanding operations, not threads: a thousand of them cost a thousand small objects.
 *
 * <p>For one thread at a time, which is blocked until everything that was sent has completed.
 */
public final class LoadDriver {
    private final OperationStream stream;
    private final Target target;
    private final NanoClock clock;
    private final Progress.Listener listener;
    private final long seed;
    private final Pacing pacing;
    private boolean unusable;

    /** Sleeps until operations are due; see {@link #LoadDriver(OperationStream, Target, NanoClock, Progress.Listener, long, Pacing)}. */
    public LoadDriver(OperationStream stream, Target target, NanoClock clock, Progress.Listener listener, long seed) {
        this(stream, target, clock, listener, seed, Pacing.SLEEP);
    }

    /**
     * @param stream read by this driver alone
     * @param target not closed by the driver
     * @param clock {@link NanoClock#system()}, save in tests
     * @param listener hears of the progress
     * @param seed of Poisson arrivals
     * @param pacing of open loops
     */
    public LoadDriver(
            OperationStream stream,
            Target target,
            NanoClock clock,
            Progress.Listener listener,
            long seed,
            Pacing pacing) {
        this.stream = stream;
        this.target = target;
        this.clock = clock;
        this.listener = listener;
        this.seed = seed;
        this.pacing = pacing;
    }

    /**
     * Sends what is left of the stream's load phase, and waits until it has completed. The first failed operation ends it: see
     * {@link DriverResult#stoppedEarly()}.
     *
     * @param clients operations outstanding
     * @param quiescenceTimeout how long nothing may come back while operations are outstanding
     * @throws SpecException the target does not carry out what the stream demands; nothing was sent
     * @throws QuiescenceException operations never completed
     * @throws InterruptedException the calling thread was interrupted; what was outstanding has completed
     */
    public DriverResult load(int clients, Duration quiescenceTimeout) throws InterruptedException {
        long left = Math.max(0, stream.loadOperations() - stream.position());
        RunPlan plan = new RunPlan(
                new Load.ClosedLoop(clients), PhaseLimit.NONE, new PhaseLimit.Operations(left), quiescenceTimeout, 1);
        return execute(plan, WindowListener.NONE, true);
    }

    /** {@link #run(RunPlan, WindowListener)} without a listener. */
    public DriverResult run(RunPlan plan) throws InterruptedException {
        return run(plan, WindowListener.NONE);
    }

    /**
     * Runs a plan and waits until everything it sent has completed.
     *
     * @param window told when the measured window begins and ends
     * @throws IllegalStateException the stream's load phase has not been sent yet
     * @throws QuiescenceException operations never completed
     * @throws InterruptedException the calling thread was interrupted; what was outstanding has completed
     */
    public DriverResult run(RunPlan plan, WindowListener window) throws InterruptedException {
        if (stream.position() < stream.loadOperations()) {
            throw new IllegalStateException("the stream stands at operation " + stream.position() + " of its "
                    + stream.loadOperations() + " load operations; call load first");
        }
        return execute(plan, window, false);
    }

    private DriverResult execute(RunPlan plan, WindowListener window, boolean load) throws InterruptedException {
        if (unusable) {
            throw new IllegalStateException("an earlier run of this driver did not end as planned; begin a new trial");
        }
        Demand.check(
                stream.workload(),
                stream.demands(),
                target.carriesOut(),
                target.getClass().getSimpleName());
        DriverRun run = new DriverRun(stream, target, clock, listener, window, plan, load, seed, pacing);
        unusable = true;
        DriverResult result = run.execute();
        unusable = false;
        return result;
    }
}
