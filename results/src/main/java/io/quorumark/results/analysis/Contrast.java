package io.quorumark.results.analysis;

import io.quorumark.results.model.Trial;
import io.quorumark.results.stats.BlockedRatio;
import io.quorumark.results.stats.BootstrapInterval;
import io.quorumark.results.stats.EquivalenceBand;
import io.quorumark.results.stats.Holm;
import io.quorumark.results.stats.MinimumDetectableEffect;
import io.quorumark.results.stats.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Two cells set against each other, block by block: an engine and the reference, or the same cell of two campaigns.
 *
 * @param throughput value over reference
 * @param p99 the reference's percentile over the value's; above 1 is better
 * @param judgedBy the figure that decides: {@link Figure#primaryOf}, or throughput where an open loop has too few samples for the other
 */
public record Contrast(BlockedRatio throughput, Optional<BlockedRatio> p99, Figure judgedBy) {

    /** Empty where no block has a valid trial of both. */
    public static Optional<Contrast> of(CellSummary value, CellSummary reference, double confidence, long seed) {
        return ratio(value, reference, Figure.THROUGHPUT, confidence, seed).map(throughput -> {
            Optional<BlockedRatio> p99 = ratio(value, reference, Figure.P99, confidence, seed);
            Figure judgedBy = p99.isPresent() ? Figure.primaryOf(value.cell().load()) : Figure.THROUGHPUT;
            return new Contrast(throughput, p99, judgedBy);
        });
    }

    /** The ratio that decides. */
    public BlockedRatio primary() {
        return judgedBy == Figure.P99 ? p99.orElseThrow() : throughput;
    }

    /** The smallest effect that this contrast could have shown: from an A/A arm on its workload, or else from its own blocks. */
    public Optional<MinimumDetectableEffect> detectable(CellSummary value, AaArms arms, double alpha) {
        return arms.detectable(value.cell().workload(), judgedBy, primary().blocks(), alpha)
                .or(() -> primary().detectable());
    }

    /** The p-values of contrasts that are made together, adjusted for their number. */
    public static double[] holmPValues(List<Contrast> together) {
        return Holm.adjust(
                together.stream().mapToDouble(each -> each.primary().pValue()).toArray());
    }

    /**
     * What this contrast supports. An open loop that had to be judged by throughput supports nothing.
     *
     * @param judged the ratio to go by: {@link #primary}, or what a control leaves of it
     * @param holmPValue of that ratio among all that are judged together
     */
    public Verdict verdict(
            CellSummary value, BlockedRatio judged, EquivalenceBand band, double confidence, double holmPValue) {
        return judgedBy == Figure.primaryOf(value.cell().load())
                ? Verdict.of(judged.ratio(), band, confidence, holmPValue)
                : Verdict.INCONCLUSIVE;
    }

    private static Optional<BlockedRatio> ratio(
            CellSummary value, CellSummary reference, Figure figure, double confidence, long seed) {
        List<BlockedRatio.Pair> pairs =
                List.copyOf(pairs(value, reference, figure).values());
        return pairs.isEmpty() ? Optional.empty() : Optional.of(BlockedRatio.of(pairs, confidence, seed));
    }

    /** One for each block in which valid trials of both have the figure, by block. */
    public static SortedMap<Integer, BlockedRatio.Pair> pairs(CellSummary value, CellSummary reference, Figure figure) {
        Map<Integer, Trial> references = new HashMap<>();
        reference.valid().forEach(trial -> references.put(trial.block(), trial));
        SortedMap<Integer, BlockedRatio.Pair> pairs = new TreeMap<>();
        for (Trial trial : value.valid()) {
            Trial other = references.get(trial.block());
            if (other == null) {
                continue;
            }
            OptionalDouble mine = figure.goodness(trial);
            OptionalDouble theirs = figure.goodness(other);
            if (mine.isPresent() && theirs.isPresent()) {
                pairs.put(
                        trial.block(),
                        new BlockedRatio.Pair(
                                mine.getAsDouble(),
                                theirs.getAsDouble(),
                                new BootstrapInterval.Windows(figure.windows(trial), figure.windows(other))));
            }
        }
        return pairs;
    }
}
