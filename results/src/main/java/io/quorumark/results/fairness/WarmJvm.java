package io.quorumark.results.fairness;

import io.quorumark.results.fairness.FairnessFinding.Severity;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.store.StoredCampaign;
import io.quorumark.results.text.Plural;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * The JVM of every trial that counts was done with compiling, and seldom collected. What was not is named, and counts: an engine that makes
 * more garbage, or needs longer to become fast, does so in production too.
 */
final class WarmJvm implements FairnessCheck {
    private static final String ID = "warm-jvm";

    private static final double TOLERATED_COMPILATION = 0.25;
    private static final double TOLERATED_COLLECTION = 0.1;

    @Override
    public List<FairnessFinding> check(StoredCampaign stored) {
        List<FairnessFinding> findings = new ArrayList<>();
        for (Cell cell : stored.campaign().cells()) {
            List<Trial> valid = stored.trialsOf(cell.id()).stream()
                    .filter(trial -> trial.outcome() == Outcome.VALID)
                    .toList();
            tag(
                    cell,
                    valid,
                    "compiling",
                    trial -> trial.resources().compilationMillis(),
                    TOLERATED_COMPILATION,
                    findings);
            tag(
                    cell,
                    valid,
                    "collecting garbage",
                    trial -> trial.resources().gcMillis(),
                    TOLERATED_COLLECTION,
                    findings);
        }
        return findings;
    }

    private static void tag(
            Cell cell,
            List<Trial> valid,
            String activity,
            ToLongFunction<Trial> millis,
            double tolerated,
            List<FairnessFinding> findings) {
        double[] shares = valid.stream()
                .mapToDouble(trial -> millis.applyAsLong(trial) / 1e3 / windowSeconds(trial))
                .filter(share -> share > tolerated)
                .toArray();
        if (shares.length > 0) {
            findings.add(new FairnessFinding(
                    ID,
                    Severity.NOTE,
                    String.format(
                            Locale.ROOT,
                            "The JVM was %s for more than %.0f %% of the measured window in %d of %s of %s on %s, %.0f %% in the worst.",
                            activity,
                            100 * tolerated,
                            shares.length,
                            Plural.of(valid.size(), "trial"),
                            cell.engineName(),
                            cell.workload(),
                            100 * Arrays.stream(shares).max().orElseThrow())));
        }
    }

    private static double windowSeconds(Trial trial) {
        return trial.operations() / trial.throughputOpsPerSecond();
    }
}
