package io.quorumark.campaign.trial;

import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial.RateStep;
import io.quorumark.results.model.Trial.StepFinding;
import io.quorumark.workload.Unacknowledged;
import io.quorumark.workload.driver.DriverResult;
import io.quorumark.workload.driver.LoadDriver;
import io.quorumark.workload.driver.NanoClock;
import io.quorumark.workload.driver.RunPlan;
import io.quorumark.workload.driver.Sweep;
import io.quorumark.workload.driver.SweepStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a trial measured: one window, or one for each step of a sweep.
 *
 * @param windows in the order they were measured, at least one
 * @param counted the one whose figures are the trial's: of a sweep, that of the highest rate that held the objective, or the last one if
 * none did
 * @param steps of a sweep, as many as windows; empty for all other loads
 * @param probe the closed loop that a sweep began with, which is not among the windows; null if there was none
 * @param paced the window at a set rate that followed, which is among the windows; null if there was none
 */
record Measured(
        List<Run> windows,
        Run counted,
        List<RateStep> steps,
        @Nullable Run probe,
        @Nullable Run paced) {
    /**
     * One measured window.
     *
     * @param result what the driver saw
     * @param window what happened around it
     */
    record Run(DriverResult result, Window window) {}

    /** Without a closed loop before and a window at a set rate after it. */
    Measured(List<Run> windows, Run counted, List<RateStep> steps) {
        this(windows, counted, steps, null, null);
    }

    Measured {
        windows = List.copyOf(windows);
        steps = List.copyOf(steps);
    }

    /**
     * Measures what the load asks for, on a driver whose load phase is over.
     *
     * @param clock of the driver
     * @param newWindow of each window that is measured
     * @param nextRate told the rate of each step of a sweep before it begins, in operations per second; 0 of the closed loop before them
     */
    static Measured by(
            LoadDriver driver,
            NanoClock clock,
            Cell.Load load,
            Duration quiescenceTimeout,
            Supplier<Window> newWindow,
            DoubleConsumer nextRate)
            throws InterruptedException {
        Cell.Sweep asked = load.sweep();
        if (asked == null) {
            Run run = run(driver, Loads.plan(load, quiescenceTimeout), newWindow);
            return new Measured(List.of(run), run, List.of());
        }
        List<Run> probes = new ArrayList<>();
        List<Run> runs = new ArrayList<>();
        Sweep.Trial trial = new Sweep.Trial() {
            @Override
            public DriverResult probe(double warmUpSeconds, double seconds) throws InterruptedException {
                nextRate.accept(0);
                probes.add(run(driver, Loads.probe(load, warmUpSeconds, seconds, quiescenceTimeout), newWindow));
                return probes.get(0).result();
            }

            @Override
            public DriverResult step(double rate, double warmUpSeconds, double seconds) throws InterruptedException {
                nextRate.accept(rate);
                Run run = run(driver, Loads.step(load, rate, warmUpSeconds, seconds, quiescenceTimeout), newWindow);
                runs.add(run);
                return run.result();
            }
        };
        Sweep.Result found = Loads.sweep(asked).run(trial, clock, load.warmUpSeconds(), load.measureSeconds());
        List<RateStep> steps = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            steps.add(step(found.steps().get(i), runs.get(i).result()));
        }
        return new Measured(runs, knee(runs, steps), steps, probes.isEmpty() ? null : probes.get(0), null);
    }

    private static Run run(LoadDriver driver, RunPlan plan, Supplier<Window> newWindow) throws InterruptedException {
        Window window = newWindow.get();
        return new Run(driver.run(plan, window), window);
    }

    /** With the window at a set rate that followed. */
    Measured followedBy(Run atRate) {
        List<Run> all = new ArrayList<>(windows);
        all.add(atRate);
        return new Measured(all, counted, steps, probe, atRate);
    }

    /** Everything that was driven, in its order: the windows, and the closed loop before them. */
    List<Run> runs() {
        List<Run> runs = new ArrayList<>(windows);
        if (probe != null) {
            runs.add(0, probe);
        }
        return runs;
    }

    private static RateStep step(SweepStep step, DriverResult result) {
        return new RateStep(
                step.offeredOpsPerSecond(),
                step.achievedOpsPerSecond(),
                result.all().response().getTotalCount(),
                step.percentileNanos() / 1e3,
                Measurements.percentiles(result.all().response()),
                finding(step));
    }

    private static StepFinding finding(SweepStep step) {
        if (!step.sustained()) {
            return StepFinding.OVERLOADED;
        }
        return switch (step.compliance()) {
            case MET -> StepFinding.HELD;
            case MISSED -> StepFinding.MISSED;
            case TOO_FEW -> StepFinding.TOO_FEW;
        };
    }

    private static Run knee(List<Run> runs, List<RateStep> steps) {
        Run best = runs.get(runs.size() - 1);
        double bestRate = 0;
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).held() && steps.get(i).rateOpsPerSecond() > bestRate) {
                best = runs.get(i);
                bestRate = steps.get(i).rateOpsPerSecond();
            }
        }
        return best;
    }

    /** The highest rate of a sweep that held the objective, in operations per second; 0 if none did. */
    double kneeOpsPerSecond() {
        return RateStep.knee(steps).orElse(0);
    }

    /** The windows above a sweep's knee, by rate in operations per second, from the lowest on. None of them held the objective. */
    NavigableMap<Double, List<Run>> aboveKnee() {
        double knee = kneeOpsPerSecond();
        NavigableMap<Double, List<Run>> above = new TreeMap<>();
        for (int i = 0; i < steps.size(); i++) {
            double rate = steps.get(i).rateOpsPerSecond();
            if (rate > knee) {
                above.computeIfAbsent(rate, each -> new ArrayList<>()).add(windows.get(i));
            }
        }
        return above;
    }

    /** The window that was measured last, which the engines settle after. */
    Run last() {
        return windows.get(windows.size() - 1);
    }

    /** What the target did not acknowledge, in all that was driven. */
    Unacknowledged unacknowledged() {
        return runs().stream()
                .map(run -> run.result().unacknowledged())
                .reduce(Unacknowledged.NONE, Unacknowledged::plus);
    }

    double warmUpSeconds() {
        return runs().stream().mapToDouble(run -> run.result().warmUpSeconds()).sum();
    }

    double windowSeconds() {
        return runs().stream().mapToDouble(run -> run.result().windowSeconds()).sum();
    }
}
