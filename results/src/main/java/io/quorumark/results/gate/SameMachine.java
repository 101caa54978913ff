package io.quorumark.results.gate;

import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Canary;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.stats.SignFlip;
import io.quorumark.results.stats.SignedRank;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.apache.commons.statistics.descriptive.Median;

/**
 * Whether a machine was as fast in one session as in another, by the canaries that ran before each trial. Two sessions have two days' drift, and no number of blocks within them
 * averages it away: blocks of a slow session are slow together.
 *
 * <p>Sessions that took turns are another matter: their blocks of the same number ran one right after the other, so that drift hits both, and what noise there is between the two
 * is in the interval of their ratio already. There a difference counts only where the pairs of blocks agree on it.
 */
final class SameMachine {
    private static final String POWER_LOSS = "POWER_LOSS";

    /** Of a difference that is noise. */
    private static final double ALPHA = 0.05;

    /** Of flips, where there are more blocks than can be enumerated. */
    private static final long SEED = 1;

    private SameMachine() {}

    /**
     * A sentence on what differed; empty where the canaries agree, or neither session has any.
     *
     * @param tolerance relative difference that is none, such as 0.025
     */
    static Optional<String> difference(Analysis base, Analysis head, double tolerance) {
        Map<String, ToDoubleFunction<Canary>> canaries = new LinkedHashMap<>();
        canaries.put("processor", Canary::cpuSpinMillis);
        canaries.put("memory", Canary::memoryCopyMillis);
        if (head.stored().campaign().cells().stream()
                .map(Cell::cluster)
                .anyMatch(cluster -> cluster.logDurability().equals(POWER_LOSS))) {
            canaries.put("device", Canary::syncMicros);
        }
        boolean byTurns = tookTurns(base, head);
        List<String> differences = new ArrayList<>();
        canaries.forEach((name, canary) -> {
            double[] logRatios = logRatios(byBlock(base, canary), byBlock(head, canary));
            double ratio = logRatios.length == 0 ? 1 : Math.exp(SignedRank.hodgesLehmann(logRatios));
            if (Math.abs(Math.log(ratio)) > Math.log1p(tolerance)
                    && (!byTurns || SignFlip.pValue(logRatios, SEED) <= ALPHA)) {
                differences.add(String.format(Locale.ROOT, "the %s canary took %.2f times as long", name, ratio));
            }
        });
        return differences.isEmpty()
                ? Optional.empty()
                : Optional.of("The machine was not the same in the head campaign: " + String.join(", ", differences)
                        + " as in the base campaign.");
    }

    /** Whether each session began before the other had ended. */
    private static boolean tookTurns(Analysis base, Analysis head) {
        return first(base).isBefore(last(head)) && first(head).isBefore(last(base));
    }

    private static Instant first(Analysis session) {
        return startedAt(session).min(Comparator.naturalOrder()).orElse(Instant.MAX);
    }

    private static Instant last(Analysis session) {
        return startedAt(session).max(Comparator.naturalOrder()).orElse(Instant.MIN);
    }

    private static Stream<Instant> startedAt(Analysis session) {
        return session.stored().trials().stream().map(Trial::startedAt);
    }

    /** Of block medians; empty where the sessions share no block with the canary. */
    private static double[] logRatios(Map<Integer, Double> base, Map<Integer, Double> head) {
        return base.entrySet().stream()
                .filter(each -> head.containsKey(each.getKey()))
                .mapToDouble(each -> Math.log(head.getOrDefault(each.getKey(), Double.NaN) / each.getValue()))
                .toArray();
    }

    private static Map<Integer, Double> byBlock(Analysis analysis, ToDoubleFunction<Canary> canary) {
        Map<Integer, List<Double>> values = new TreeMap<>();
        for (Trial trial : analysis.stored().trials()) {
            double value = canary.applyAsDouble(trial.canary());
            if (trial.outcome() == Outcome.VALID && value > 0) {
                values.computeIfAbsent(trial.block(), block -> new ArrayList<>())
                        .add(value);
            }
        }
        Map<Integer, Double> medians = new TreeMap<>();
        values.forEach((block, of) -> medians.put(
                block,
                Median.withDefaults()
                        .evaluate(of.stream().mapToDouble(Double::doubleValue).toArray())));
        return medians;
    }
}
