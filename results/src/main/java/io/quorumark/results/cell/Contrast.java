package io.quorumark.results.cell;

import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.LifecyclePhase;
import io.quorumark.results.model.Trial;
import io.quorumark.results.stats.BlockedRatio;
import io.quorumark.results.stats.BootstrapInterval;
import io.quorumark.results.stats.EquivalenceBand;
import io.quorumark.results.stats.Holm;
import io.quorumark.results.stats.Interval;
import io.quorumark.results.stats.MinimumDetectableEffect;
import io.quorumark.results.stats.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Two cells set against each other, block by block: an engine and the reference, or the same cell of two campaigns.
 *
 * @param value the cell
 * @param reference that it is held against
 * @param primary how many times as good the cell is by {@code judgedBy}; above 1 is better
 * @param judgedBy the metric that decides: {@link Metric#primaryOf}, throughput if an open loop has too few samples for it, and of a
 * lifecycle its recovery or else its first duration
 */
public record Contrast(CellSummary value, CellSummary reference, BlockedRatio primary, Metric judgedBy) {

    /** Empty if no block has a valid trial of both. */
    public static Optional<Contrast> of(CellSummary value, CellSummary reference, double confidence, long seed) {
        return candidates(value, reference).stream()
                .flatMap(metric -> ratio(value, reference, metric, confidence, seed)
                        .map(ratio -> new Contrast(value, reference, ratio, metric))
                        .stream())
                .findFirst();
    }

    /** What may decide, the first for which there are pairs: durations if an engine's life is timed, and never the load before it. */
    private static List<Metric> candidates(CellSummary value, CellSummary reference) {
        return value.timesLifecycle() || reference.timesLifecycle()
                ? Stream.concat(Stream.of(LifecyclePhase.RECOVERY), Arrays.stream(LifecyclePhase.values()))
                        .flatMap(phase -> Metric.of(phase.id()).stream())
                        .toList()
                : List.of(Metric.primaryOf(value.cell().load()), Metric.THROUGHPUT);
    }

    /**
     * All contrasts by all judged metrics but the one that decides each, p-values adjusted by metric.
     *
     * @param supported whether the campaigns may call differences
     * @return for each contrast, in the catalogue's order
     */
    public static List<List<MetricComparison>> others(
            List<Contrast> together, Campaign.Design design, long seed, boolean supported) {
        List<Metric> metrics = Metric.judged();
        int count = together.size();
        // by all processors, and in the same order whichever of them is done first
        List<Optional<Compared>> compared = IntStream.range(0, metrics.size() * count)
                .parallel()
                .mapToObj(i -> together.get(i % count).compared(metrics.get(i / count), design, seed))
                .toList();
        List<List<MetricComparison>> all = new ArrayList<>();
        together.forEach(each -> all.add(new ArrayList<>()));
        for (int i = 0; i < metrics.size(); i++) {
            List<Optional<Compared>> ofMetric = compared.subList(i * count, (i + 1) * count);
            double[] adjusted = Holm.adjust(ofMetric.stream()
                    .flatMap(Optional::stream)
                    .mapToDouble(each -> each.ratio().pValue())
                    .toArray());
            int next = 0;
            for (int j = 0; j < count; j++) {
                if (ofMetric.get(j).isPresent()) {
                    Compared each = ofMetric.get(j).get();
                    all.get(j).add(each.judged(metrics.get(i), design, adjusted[next++], supported));
                }
            }
        }
        return all;
    }

    /** Both cells by a metric that does not decide, before it is known how many are compared by it. */
    private record Compared(Interval reference, Interval value, BlockedRatio ratio) {
        MetricComparison judged(Metric metric, Campaign.Design design, double holmPValue, boolean supported) {
            EquivalenceBand band = EquivalenceBand.of(design.equivalenceBand(), ratio.detectable());
            return new MetricComparison(
                    metric,
                    reference,
                    value,
                    ratio,
                    holmPValue,
                    band,
                    supported
                            ? Verdict.of(ratio.ratio(), band, design.confidence(), holmPValue)
                            : Verdict.INCONCLUSIVE);
        }
    }

    /** Empty for the metric that decides, or if no block has a valid trial of both. */
    private Optional<Compared> compared(Metric metric, Campaign.Design design, long seed) {
        if (metric == judgedBy) {
            return Optional.empty();
        }
        List<BlockedRatio.Pair> pairs =
                List.copyOf(pairs(value, reference, metric).values());
        return pairs.isEmpty()
                ? Optional.empty()
                : Optional.of(new Compared(
                        level(reference, metric, design),
                        level(value, metric, design),
                        BlockedRatio.ofBlocks(pairs, design.confidence(), seed)));
    }

    /** There is one: the ratio comes from trials that have the metric. */
    private static Interval level(CellSummary cell, Metric metric, Campaign.Design design) {
        return cell.ofThoseThatHave(metric, design.confidence()).orElseThrow();
    }

    /** The cell's value of the metric that decides. */
    public Interval valueLevel(Campaign.Design design) {
        return level(value, judgedBy, design);
    }

    /** The reference's value of it. */
    public Interval referenceLevel(Campaign.Design design) {
        return level(reference, judgedBy, design);
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
        return judgedBy.decides(value.cell().load())
                ? Verdict.of(judged.ratio(), band, confidence, holmPValue)
                : Verdict.INCONCLUSIVE;
    }

    private static Optional<BlockedRatio> ratio(
            CellSummary value, CellSummary reference, Metric figure, double confidence, long seed) {
        List<BlockedRatio.Pair> pairs =
                List.copyOf(pairs(value, reference, figure).values());
        return pairs.isEmpty() ? Optional.empty() : Optional.of(BlockedRatio.of(pairs, confidence, seed));
    }

    /** One for each block in which valid trials of both have the figure, by block. */
    public static SortedMap<Integer, BlockedRatio.Pair> pairs(CellSummary value, CellSummary reference, Metric figure) {
        Map<Integer, Trial> references = new HashMap<>();
        reference.valid().forEach(trial -> references.put(trial.block(), trial));
        SortedMap<Integer, BlockedRatio.Pair> pairs = new TreeMap<>();
        for (Trial trial : value.valid()) {
            Trial other = references.get(trial.block());
            if (other == null) {
                continue;
            }
            OptionalDouble mine = figure.goodness(value.cell(), trial);
            OptionalDouble theirs = figure.goodness(reference.cell(), other);
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
