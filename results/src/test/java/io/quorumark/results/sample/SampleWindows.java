package io.quorumark.results.sample;

import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial.PacedWindow;
import io.quorumark.results.model.Trial.RateStep;
import io.quorumark.results.model.Trial.StepFinding;
import io.quorumark.results.store.HistogramLogs;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongToDoubleFunction;
import java.util.function.ToLongFunction;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.jspecify.annotations.Nullable;

/**
 * The windows of one trial, drawn as its load asks.
 *
 * @param counted whose figures are the trial's
 * @param steps of a sweep; empty for all other loads
 * @param paced the window at a set rate; null if there is none
 * @param log histograms of all windows
 */
record SampleWindows(
        SampleLatencies counted,
        List<RateStep> steps,
        @Nullable PacedWindow paced,
        String log) {
    private static final double HELD_MICROS = 500;
    private static final double MISSED_MICROS = 20_000;

    /** Draws one window: how many operations each second has, and how long they take on average. */
    @FunctionalInterface
    interface Drawing {
        SampleLatencies of(ToLongFunction<ZigguratSampler.NormalizedGaussian> operations, LongToDoubleFunction micros);
    }

    /**
     * @param rate what the engine can carry, in operations per second
     * @param scatter of a closed loop's rate from second to second
     * @param drawing of windows
     */
    static SampleWindows draw(Cell.Load load, double rate, double scatter, Drawing drawing) {
        double micros = load.clients() * 1e6 / rate;
        Cell.Sweep sweep = load.sweep();
        if (sweep != null) {
            return sweep(sweep, rate, drawing);
        }
        HistogramLogs.Builder log = new HistogramLogs.Builder();
        SampleLatencies counted = load.isClosed()
                ? drawing.of(
                        gaussian -> Math.round(rate * StrictMath.exp(scatter * gaussian.sample())),
                        operations -> load.clients() * 1e6 / operations)
                : drawing.of(gaussian -> Math.round(load.rateOpsPerSecond()), operations -> micros);
        counted.writeTo(log, HistogramLogs.COUNTED);
        Cell.Paced asked = load.paced();
        if (asked == null) {
            return new SampleWindows(counted, List.of(), null, log.build());
        }
        SampleLatencies paced = drawing.of(gaussian -> Math.round(asked.rateOpsPerSecond()), operations -> micros);
        paced.writeTo(log, HistogramLogs.PACED);
        return new SampleWindows(
                counted,
                List.of(),
                new PacedWindow(
                        asked.rateOpsPerSecond(),
                        asked.rateOpsPerSecond(),
                        paced.operations(),
                        paced.percentileMicros(),
                        0,
                        0),
                log.build());
    }

    /** Upwards by the factor until a step misses, then between the two. */
    private static SampleWindows sweep(Cell.Sweep sweep, double limit, Drawing drawing) {
        List<SampleLatencies> windows = new ArrayList<>();
        List<RateStep> steps = new ArrayList<>();
        double held = 0;
        double missed = Double.POSITIVE_INFINITY;
        double rate = sweep.firstRateOpsPerSecond();
        int counted = 0;
        while (missed > held * (1 + sweep.precision()) && steps.size() < sweep.maxSteps()) {
            boolean holds = rate <= limit;
            long operations = Math.round(rate);
            SampleLatencies window = drawing.of(gaussian -> operations, each -> holds ? HELD_MICROS : MISSED_MICROS);
            if (holds) {
                held = rate;
                counted = steps.size();
            } else {
                missed = rate;
            }
            windows.add(window);
            steps.add(new RateStep(
                    rate,
                    window.operations() / (double) window.series().size(),
                    window.operations(),
                    Objects.requireNonNull(window.percentileMicros().get("95")),
                    window.percentileMicros(),
                    holds ? StepFinding.HELD : StepFinding.MISSED));
            rate = Double.isInfinite(missed) ? rate * sweep.factor() : Math.sqrt(held * missed);
        }
        HistogramLogs.Builder log = new HistogramLogs.Builder();
        for (int i = 0; i < windows.size(); i++) {
            windows.get(i).writeTo(log, i == counted ? HistogramLogs.COUNTED : HistogramLogs.step(i));
        }
        return new SampleWindows(windows.get(counted), steps, null, log.build());
    }
}
