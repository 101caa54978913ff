package io.quorumark.results.gate;

import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Canary;
import io.quorumark.results.model.Trial.Event;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.stats.SignedRank;
import io.quorumark.results.text.Speed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.descriptive.Median;

/**
 * Whether a machine was as fast in one session as in another, by the canaries that ran before each trial. Two sessions have two days'
 * drift, and no number of blocks within them
 * averages it away: blocks of a slow session are slow together.
 *
 * <p>Trials that took turns with their counterparts are left out. A fraction of a second apart, both were measured on one machine,
 * whatever it did; and a canary that sang while the other
 * campaign loaded or verified tells how busy that was.
 */
final class SameMachine {
    private static final String POWER_LOSS = "POWER_LOSS";

    private SameMachine() {}

    /**
     * A sentence on what differed; empty if the canaries agree, or if the sessions have none to compare.
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
        List<String> differences = new ArrayList<>();
        canaries.forEach((name, canary) -> {
            double[] logRatios = logRatios(byBlock(base, canary), byBlock(head, canary));
            double ratio = logRatios.length == 0 ? 1 : Math.exp(SignedRank.hodgesLehmann(logRatios));
            if (Math.abs(Math.log(ratio)) > Math.log1p(tolerance)) {
                differences.add("the " + name + " canary was " + Speed.of(ratio));
            }
        });
        if (differences.isEmpty()) {
            return Optional.empty();
        }
        String told = String.join(", ", differences) + " than in the base campaign";
        String before = options(base);
        String after = options(head);
        return Optional.of(
                before.equals(after)
                        ? "The machine was not the same in the head campaign: " + told + "."
                        : "The JVM that ran the canaries had other options from its environment (base: " + before
                                + "; head: " + after + "), so that canaries tell nothing of the machine: " + told
                                + ". Unset the variables and run both campaigns again.");
    }

    /** What the environment gave to the campaign's own JVM. */
    private static String options(Analysis analysis) {
        Map<String, String> options = analysis.stored().campaign().software().environmentOptions();
        return options == null || options.isEmpty() ? "none" : options.toString();
    }

    private static boolean tookTurns(Trial trial) {
        return trial.events().stream().anyMatch(event -> event.kind().equals(Event.TURNS));
    }

    /** Of block medians; empty if the sessions share no block with the canary. */
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
            if (trial.outcome() == Outcome.VALID && value > 0 && !tookTurns(trial)) {
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
