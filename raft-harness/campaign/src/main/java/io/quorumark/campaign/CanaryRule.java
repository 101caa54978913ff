package io.quorumark.campaign;

import io.quorumark.results.model.Trial.Canary;
import io.quorumark.results.text.Speed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.statistics.descriptive.Median;

/**
 * Whether the machine is as fast before a trial as it was before the trials so far, by a rule that was fixed in the plan and looks at no
 * result: the processor canary against its median. Nothing is asked of the first few, which have nothing to be held against. The other
 * canaries scatter by themselves as much as a disturbed machine does.
 */
final class CanaryRule {
    /** So many canaries make a median to hold others against. */
    static final int LEAST = 5;

    private final double maxDeviation;
    private final List<Double> spinMillis = new ArrayList<>();

    /** @param maxDeviation relative, such as 0.15 for 15 % longer or shorter; 0 if nothing is asked */
    CanaryRule(double maxDeviation) {
        this.maxDeviation = maxDeviation;
    }

    /** Takes the canary of a trial, whether that counts or not, for the median of later ones. */
    void remember(Canary canary) {
        spinMillis.add(canary.cpuSpinMillis());
    }

    /** A sentence on what is wrong with the machine, fit to be a trial's reason; empty if nothing is. */
    Optional<String> problem(Canary canary) {
        if (maxDeviation == 0 || spinMillis.size() < LEAST) {
            return Optional.empty();
        }
        double median = Median.withDefaults()
                .evaluate(spinMillis.stream().mapToDouble(Double::doubleValue).toArray());
        double ratio = canary.cpuSpinMillis() / median;
        return Math.abs(Math.log(ratio)) > Math.log1p(maxDeviation)
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "the machine was not as before: the processor canary was %s than its median, beyond the plan's %.1f %%",
                        Speed.of(ratio),
                        100 * maxDeviation))
                : Optional.empty();
    }
}
