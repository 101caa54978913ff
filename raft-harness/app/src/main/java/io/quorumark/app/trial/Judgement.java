package io.quorumark.app.trial;

import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial.Event;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.model.Trial.RateStep;
import io.quorumark.results.model.Trial.SeriesPoint;
import io.quorumark.results.stats.WindowSlope;
import io.quorumark.results.text.Plural;
import io.quorumark.workload.Unacknowledged;
import io.quorumark.workload.driver.DriverResult;
import io.quorumark.workload.driver.LatencyObjective;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether a trial counts, by rules that were fixed before it ran. */
final class Judgement {
    /** A generator that is late for more than this share of its interval measures itself. */
    private static final double MAX_LAG_SHARE = 0.01;

    /** A sweep asks for response times within a limit: a generator that takes up more than this share of it decides the answer. */
    private static final double MAX_LAG_SHARE_OF_LIMIT = 0.1;

    private final List<String> incorrect = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
    private final List<String> voided = new ArrayList<>();
    private final Optional<String> lateGenerator;

    Judgement(
            TrialSpec spec,
            Measured measured,
            Verifier.Finding finding,
            List<String> lifecycleProblems,
            List<String> deploymentFailures) {
        Cell.Load load = spec.cell().load();
        incorrect.addAll(finding.problems());
        incorrect.addAll(lifecycleProblems);
        if (!spec.unlikeCanary().isEmpty()) {
            voided.add(spec.unlikeCanary());
        }
        unacknowledged(measured);
        measured.windows().forEach(run -> judgeWindow(run, spec));
        failed.addAll(deploymentFailures);
        if (measured.counted().result().operations() == 0) {
            failed.add("no operation was acknowledged inside the measured window");
        }
        if (load.sweep() == null && measured.counted().result().unsentOperations() > 0) {
            long unsent = measured.counted().result().unsentOperations();
            voided.add(Plural.of(unsent, "operation") + (unsent == 1 ? " was" : " were")
                    + " due and never sent: the target cannot hold the intended rate");
        }
        if (!measured.steps().isEmpty() && measured.steps().stream().noneMatch(RateStep::held)) {
            voided.add(String.format(
                    Locale.ROOT,
                    "no rate held %s, down to %.4g op/s: begin lower with load.sweep.firstRateOpsPerSecond, or ask for less",
                    load.sweep() == null ? "the objective" : load.sweep().objective(),
                    measured.steps().stream()
                            .mapToDouble(RateStep::rateOpsPerSecond)
                            .min()
                            .orElse(0)));
        }
        if (load.isClosed()) {
            collapsing(Measurements.series(measured.counted().result())).ifPresent(voided::add);
        }
        lateGenerator = lateGenerator(load, measured);
        lateGenerator.ifPresent(voided::add);
    }

    /** Warm-up and drain included: a target that refuses work there is no other in the window. */
    private void unacknowledged(Measured measured) {
        Unacknowledged all = measured.unacknowledged();
        String first = measured.windows().stream()
                .flatMap(run -> run.result().firstFailure().stream())
                .findFirst()
                .orElse("no detail");
        if (!all.refused().isEmpty()) {
            failed.add("the target refused " + Plural.of(all.refused().size(), "operation") + ": " + first);
        }
        if (!all.inDoubt().isEmpty()) {
            failed.add("the target did not say whether it carried out "
                    + Plural.of(all.inDoubt().size(), "operation")
                    + (all.refused().isEmpty() ? ": " + first : ""));
        }
    }

    /** What must hold of every window, of each step of a sweep too. */
    private void judgeWindow(Measured.Run run, TrialSpec spec) {
        DriverResult result = run.result();
        run.window().failure().ifPresent(failed::add);
        result.stoppedEarly().ifPresent(failed::add);
        if (result.errors() > 0 && result.unacknowledged().isEmpty()) {
            failed.add(Plural.of(result.errors(), "operation")
                    + " inside the measured window met a version conflict that the stream does not have");
        }
        if (run.window().leadershipChanges() > 0) {
            voided.add("the leader changed inside the measured window");
        }
        stolen(run.window().stealRatio(), spec.maxStealRatio()).ifPresent(voided::add);
        run.window().costs().othersShare().stream()
                .boxed()
                .flatMap(share -> disturbed(share, spec.maxOthersShare()).stream())
                .forEach(voided::add);
    }

    /** Whether other processes of this machine took too much of the processors. */
    static Optional<String> disturbed(double othersShare, double maxOthersShare) {
        return othersShare > maxOthersShare
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "other processes took %.1f %% of the processors inside the window, more than the plan's %.1f %%"
                                + " (trials.maxOthersShare)",
                        100 * othersShare,
                        100 * maxOthersShare))
                : Optional.empty();
    }

    /**
     * Whether throughput fell so fast that a longer window would have shown next to none, by {@link WindowSlope}'s rule: what such a trial
     * measured is how long its group lasts.
     */
    static Optional<String> collapsing(List<SeriesPoint> series) {
        WindowSlope slope = WindowSlope.of(Metric.operationsPerWindow(series), 0);
        return slope.state() == WindowSlope.State.COLLAPSES
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "throughput collapsed over the window: its trend changed it by %+.0f %%, and its last third had %.0f %% of its"
                                + " first; measure longer to see where it ends",
                        100 * slope.changeOverSeries(),
                        100 * slope.lastOverFirst()))
                : Optional.empty();
    }

    /** Whether other guests took too much of the processors. */
    static Optional<String> stolen(double stealRatio, double maxStealRatio) {
        return stealRatio > maxStealRatio
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "other guests took %.1f %% of the processors inside the window, more than the plan's %.1f %%",
                        100 * stealRatio,
                        100 * maxStealRatio))
                : Optional.empty();
    }

    /**
     * Whether the load generator was itself late in the window that counts, or, of a sweep, in the one that set its limit.
     *
     * @return a sentence; empty if it was in time, and for a closed loop, which is never late
     */
    private static Optional<String> lateGenerator(Cell.Load load, Measured measured) {
        Cell.Sweep sweep = load.sweep();
        if (sweep != null) {
            double most = MAX_LAG_SHARE_OF_LIMIT
                    * LatencyObjective.parse(sweep.objective()).limitNanos();
            return measured.firstFailed()
                    .flatMap(run -> late(run.result(), most))
                    .or(() -> late(measured.counted().result(), most));
        }
        if (load.isClosed()) {
            return Optional.empty();
        }
        DriverResult result = measured.counted().result();
        // a trace has no intended rate but the one that it came to
        double rate = load.rateOpsPerSecond() > 0 ? load.rateOpsPerSecond() : result.throughputOpsPerSecond();
        return rate > 0 ? late(result, MAX_LAG_SHARE * 1e9 / rate * load.clients()) : Optional.empty();
    }

    private static Optional<String> late(DriverResult result, double mostNanos) {
        long lagNanos = result.generatorLag().p99Nanos();
        return lagNanos > mostNanos
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "the load generator itself was late: %.1f microseconds at the 99th percentile, more than %.1f",
                        lagNanos / 1e3,
                        mostNanos / 1e3))
                : Optional.empty();
    }

    Outcome outcome() {
        if (!incorrect.isEmpty()) {
            return Outcome.INCORRECT;
        }
        if (!failed.isEmpty()) {
            return Outcome.FAILED;
        }
        return voided.isEmpty() ? Outcome.VALID : Outcome.VOID;
    }

    List<String> reasons() {
        List<String> reasons = new ArrayList<>(incorrect);
        reasons.addAll(failed);
        reasons.addAll(voided);
        return reasons.stream().distinct().toList();
    }

    /** What a reader of the results looks for again, whatever the outcome says. */
    List<Event> events() {
        return lateGenerator.map(sentence -> new Event(0, Event.GENERATOR_LAG, sentence)).stream()
                .toList();
    }
}
