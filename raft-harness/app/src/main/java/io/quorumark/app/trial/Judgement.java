package io.quorumark.app.trial;

import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.workload.driver.DriverResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether a trial counts, by rules that were fixed before it ran. */
final class Judgement {
    /** A generator that is late for more than this share of its interval measures itself. */
    private static final double MAX_LAG_SHARE = 0.01;

    private final List<String> incorrect = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
    private final List<String> voided = new ArrayList<>();

    Judgement(
            TrialSpec spec,
            DriverResult measured,
            Window window,
            Verifier.Finding finding,
            List<String> lifecycleProblems,
            List<String> deploymentFailures) {
        incorrect.addAll(finding.problems());
        incorrect.addAll(lifecycleProblems);
        failed.addAll(deploymentFailures);
        measured.stoppedEarly().ifPresent(failed::add);
        if (measured.errors() > 0) {
            failed.add(measured.errors() + " operations failed inside the measured window; the first: "
                    + measured.firstFailure().orElse("a version conflict that the stream does not have"));
        }
        if (measured.operations() == 0) {
            failed.add("no operation was acknowledged inside the measured window");
        }
        if (window.leadershipChanges() > 0) {
            voided.add("the leader changed inside the measured window");
        }
        if (measured.unsentOperations() > 0) {
            voided.add(measured.unsentOperations()
                    + " operations were due and never sent: the target cannot hold the intended rate");
        }
        double rate = spec.cell().load().rateOpsPerSecond();
        if (rate > 0
                && measured.generatorLag().p99Nanos()
                        > MAX_LAG_SHARE * 1e9 / rate * spec.cell().load().clients()) {
            voided.add(String.format(
                    Locale.ROOT,
                    "the load generator itself was late: %.1f microseconds at the 99th percentile",
                    measured.generatorLag().p99Nanos() / 1e3));
        }
        if (window.stealRatio() > spec.maxStealRatio()) {
            voided.add(String.format(
                    Locale.ROOT,
                    "other guests took %.1f %% of the processors inside the window, more than the plan's %.1f %%",
                    100 * window.stealRatio(),
                    100 * spec.maxStealRatio()));
        }
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
        return reasons;
    }
}
