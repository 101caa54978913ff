package io.quorumark.campaign.trial;

import io.quorumark.results.model.Cell;
import io.quorumark.workload.driver.DriverResult;
import io.quorumark.workload.driver.LatencyObjective;
import io.quorumark.workload.driver.ResponseParts;
import io.quorumark.workload.spec.RoundedNumbers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far the load generator's own lag may have moved a sweep's knee. A step that held did so with its lag. One that failed, and would have
 * held without, leaves open whether its rate is above the knee: the knee lies somewhere below the lowest rate of which every step failed by
 * itself.
 */
final class SweepLag {
    /** A knee counts if it is known to so many precisions of its sweep; without any lag, to one. */
    private static final int MOST_PRECISIONS = 2;

    /**
     * Lag decides a step if it is more than this share of the percentile that missed. Two windows of one rate differ by more, so that one
     * which missed by less did so by chance.
     */
    private static final double MOST_SHARE = 0.1;

    /** Of rates that a search computed. */
    private static final double ROUNDING = 1e-6;

    private SweepLag() {}

    /** @return a sentence, if the knee is not known well enough for it; empty also if no rate held, about which there is nothing to know */
    static Optional<String> decides(Cell.Sweep sweep, Measured measured) {
        LatencyObjective objective = LatencyObjective.parse(sweep.objective());
        double knee = measured.kneeOpsPerSecond();
        double most = knee * Math.pow(1 + sweep.precision(), MOST_PRECISIONS) * (1 + ROUNDING);
        Optional<String> late = Optional.empty();
        for (Map.Entry<Double, List<Measured.Run>> rate : measured.aboveKnee().entrySet()) {
            OptionalLong withoutLagNanos = rate.getValue().stream()
                    .map(Measured.Run::result)
                    .flatMapToLong(result -> heldWithoutLag(result, objective).stream())
                    .min();
            if (withoutLagNanos.isEmpty()) {
                return rate.getKey() <= most ? Optional.empty() : late;
            }
            late = late.or(() -> Optional.of(String.format(
                    Locale.ROOT,
                    "the load generator itself was late: without its lag the step at %s op/s, which set the limit, would have held %s,"
                            + " with %.1f microseconds",
                    RoundedNumbers.text(rate.getKey()),
                    objective,
                    withoutLagNanos.getAsLong() / 1e3)));
        }
        return knee > 0 ? late : Optional.empty();
    }

    /** The objective's percentile without lag, if lag alone made it miss the limit. */
    private static OptionalLong heldWithoutLag(DriverResult result, LatencyObjective objective) {
        double percentile = objective.percentile();
        if (result.parts().isEmpty()
                || result.all().response().getValueAtPercentile(percentile) <= objective.limitNanos()) {
            return OptionalLong.empty();
        }
        ResponseParts parts = result.parts().get();
        long withoutLag = parts.withoutLag().getValueAtPercentile(percentile);
        return withoutLag <= objective.limitNanos()
                        && parts.explainedByLag(result.all().response(), percentile) > MOST_SHARE
                ? OptionalLong.of(withoutLag)
                : OptionalLong.empty();
    }
}
