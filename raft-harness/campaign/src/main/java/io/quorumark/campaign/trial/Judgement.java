package io.quorumark.campaign.trial;

import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial.Event;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.model.Trial.PacedWindow;
import io.quorumark.results.model.Trial.RateStep;
import io.quorumark.results.model.Trial.SeriesPoint;
import io.quorumark.results.model.Trial.StepFinding;
import io.quorumark.results.stats.WindowSlope;
import io.quorumark.results.text.Plural;
import io.quorumark.workload.Unacknowledged;
import io.quorumark.workload.driver.DriverResult;
import io.quorumark.workload.driver.ResponseParts;
import io.quorumark.workload.spec.RoundedNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether a trial counts, by rules that were fixed before it ran. */
final class Judgement {
    private final List<String> incorrect = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
    private final List<String> voided = new ArrayList<>();
    private final Optional<String> lateGenerator;

    Judgement(
            TrialSpec spec,
            Measured measured,
            Verifier.Result verified,
            List<String> lifecycleProblems,
            List<String> deploymentFailures) {
        Cell.Load load = spec.cell().load();
        incorrect.addAll(verified.problems());
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
            voided.add(nothingHeld(load, measured));
        }
        if (load.isClosed()) {
            collapsing(Measurements.series(measured.counted().result())).ifPresent(voided::add);
        }
        lateGenerator = lateGenerator(load, measured);
        lateGenerator.ifPresent(voided::add);
    }

    private static String nothingHeld(Cell.Load load, Measured measured) {
        String objective = load.sweep() == null ? "the objective" : load.sweep().objective();
        String lowest = RoundedNumbers.text(measured.steps().stream()
                .mapToDouble(RateStep::rateOpsPerSecond)
                .min()
                .orElse(0));
        boolean tooFew = measured.steps().stream().allMatch(step -> step.finding() == StepFinding.TOO_FEW);
        return tooFew
                ? String.format(
                        Locale.ROOT,
                        "no step had the response times that it takes to judge %s, down to %s op/s: give it time with"
                                + " load.sweep.maxSeconds, or ask for a lower percentile",
                        objective,
                        lowest)
                : String.format(
                        Locale.ROOT,
                        "no rate held %s, down to %s op/s: begin lower with load.sweep.firstRateOpsPerSecond, or ask for less",
                        objective,
                        lowest);
    }

    /** Warm-up and drain included: a target that refuses work there is no other in the window. */
    private void unacknowledged(Measured measured) {
        Unacknowledged all = measured.unacknowledged();
        String first = measured.runs().stream()
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
        // what stores nothing finds no version
        if (result.errors() > 0
                && result.unacknowledged().isEmpty()
                && !spec.cell().isHarnessCeiling()) {
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
     * Whether the load generator's own lag decides what a paced load is judged by: of a sweep, whether its knee might be higher without it
     * ({@link SweepLag}); of all others, whether lag is more than half of the judged percentile. Lag is part of response time, the same for
     * every engine, so that it can hide a difference and never make one; below that share the figure is the engine's.
     *
     * @return a sentence; empty if it does not, for a closed loop, which is never late, and for a trial that is stopped on purpose, and its
     *     generator with it
     */
    private static Optional<String> lateGenerator(Cell.Load load, Measured measured) {
        Cell.Sweep sweep = load.sweep();
        if (sweep != null) {
            return SweepLag.decides(sweep, measured);
        }
        DriverResult result = measured.counted().result();
        return load.isClosed() || load.isSlowed()
                ? Optional.empty()
                : result.parts().flatMap(parts -> decidedByLag(result, parts));
    }

    private static Optional<String> decidedByLag(DriverResult result, ResponseParts parts) {
        double explained = parts.explainedByLag(result.all().response(), PacedWindow.JUDGED_PERCENTILE);
        return explained > PacedWindow.MAX_LAG_SHARE
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "the load generator itself was late: its lag is %.0f %% of the 99th percentile of response time, more than"
                                + " %.0f %%",
                        100 * explained,
                        100 * PacedWindow.MAX_LAG_SHARE))
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
