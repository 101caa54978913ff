package io.quorumark.report.adr;

import io.quorumark.report.page.ComparisonGroup;
import io.quorumark.report.page.Estimate;
import io.quorumark.report.page.Findings;
import io.quorumark.report.page.LabelledCell;
import io.quorumark.report.page.Standing;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.Cell;
import java.util.Optional;

/**
 * Weighted scores of the options: per driver and workload the option's figure over the best option's (or the other way round where less is
 * better), averaged over workloads, weighted, and divided by the sum of weights. 1 is the best at everything. Taken at the ends of the
 * intervals, scores bound what the trials support.
 */
final class Scores {

    private final Findings findings;
    private final AdrWeights weights;

    Scores(Findings findings, AdrWeights weights) {
        this.findings = findings;
        this.weights = weights;
    }

    /** Which end of an interval a score is taken at. */
    enum Bound {
        ESTIMATE,
        /** Every figure as bad as its interval allows. */
        WORST,
        /** Every figure as good as its interval allows. */
        BEST
    }

    /** {@code NaN} where a figure that counts, or the end of its interval, is missing. */
    double of(String option, Bound bound) {
        double sum = 0;
        double sumOfWeights = 0;
        for (AdrDriver driver : AdrDriver.all()) {
            double weight = weights.of(driver);
            if (weight > 0) {
                sum += weight * score(option, driver, bound);
                sumOfWeights += weight;
            }
        }
        return sum / sumOfWeights;
    }

    /** What keeps this option from being scored with certainty, or empty. */
    Optional<String> missing(String option) {
        for (AdrDriver driver : AdrDriver.all()) {
            for (ComparisonGroup race : findings.races()) {
                if (weights.of(driver) > 0 && Double.isNaN(score(race, option, driver, Bound.WORST))) {
                    return Optional.of(option + " has no interval for " + driver.key() + " on " + race.title());
                }
            }
        }
        return Optional.empty();
    }

    private double score(String option, AdrDriver driver, Bound bound) {
        return findings.races().stream()
                .mapToDouble(race -> score(race, option, driver, bound))
                .average()
                .orElse(Double.NaN);
    }

    private static double score(ComparisonGroup race, String option, AdrDriver driver, Bound bound) {
        Optional<Standing> standing = race.standings().stream()
                .filter(s -> s.contender().label().equals(option))
                .findFirst();
        if (standing.isEmpty()) {
            return Double.NaN;
        }
        Optional<Metric> metric = driver.metric();
        if (metric.isEmpty()) {
            return crashSafety(standing.get().contender());
        }
        Metric measured = metric.get();
        double value = at(standing.get().of(measured), bound, measured.moreIsBetter());
        double best = race.standings().stream()
                .mapToDouble(s -> s.of(measured).value())
                .filter(Double::isFinite)
                .reduce(measured.moreIsBetter() ? Math::max : Math::min)
                .orElse(Double.NaN);
        // nothing written at all, by the best or by this one: as good as it gets, or as far from it
        if (value == 0 || best == 0) {
            return measured.moreIsBetter() == (value != 0) || value == best ? 1 : 0;
        }
        return measured.moreIsBetter() ? value / best : best / value;
    }

    private static double at(Estimate estimate, Bound bound, boolean moreIsBetter) {
        return switch (bound) {
            case ESTIMATE -> estimate.value();
            case WORST -> moreIsBetter ? estimate.low() : estimate.high();
            case BEST -> moreIsBetter ? estimate.high() : estimate.low();
        };
    }

    private static double crashSafety(LabelledCell contender) {
        return switch (ownDurability(contender)) {
            case "POWER_LOSS" -> 1;
            case "PROCESS_CRASH" -> 0.5;
            default -> 0;
        };
    }

    /**
     * What a write acknowledged by this engine itself survives: the log's level where it holds the log, its own commits' where another
     * engine does.
     */
    static String ownDurability(LabelledCell contender) {
        Cell.Cluster cluster = contender.cell().cluster();
        return cluster.logEngine().equals(contender.cell().engine())
                ? cluster.logDurability()
                : cluster.stateDurability();
    }
}
