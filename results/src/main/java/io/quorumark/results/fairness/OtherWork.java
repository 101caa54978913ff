package io.quorumark.results.fairness;

import io.quorumark.results.model.Cost;
import io.quorumark.results.model.Trial;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.commons.statistics.descriptive.Median;

/**
 * What else the machine did while a campaign ran: the share of the processors that other processes took inside the windows, and how far the
 * processor canary before the trials ranged. Of all trials, those that do not count included: that they were left out does not make the
 * machine quiet.
 *
 * @param trials how many of those that count could tell the share
 * @param medianShare of the processors, over those trials; 0 if none could
 * @param maxShare the largest
 * @param shortestSpinMillis the fastest processor canary; 0 if there was none
 * @param longestSpinMillis the slowest
 */
public record OtherWork(
        int trials, double medianShare, double maxShare, double shortestSpinMillis, double longestSpinMillis) {
    /** A share of the processors that a reader must be told of. */
    public static final double NOTABLE_SHARE = 0.1;

    /** So many times as long as its fastest, a processor canary tells of another machine. */
    public static final double NOTABLE_RANGE = 1.5;

    /** Beside those trials that count: what made others void is in no figure. */
    public static OtherWork in(List<Trial> trials) {
        List<Trial> counting = trials.stream()
                .filter(trial -> trial.outcome() == Trial.Outcome.VALID)
                .toList();
        double[] shares = counting.stream()
                .flatMap(trial -> trial.costs().of(Cost.OTHERS_SHARE).stream().boxed())
                .mapToDouble(Double::doubleValue)
                .toArray();
        double[] spins = counting.stream()
                .mapToDouble(trial -> trial.canary().cpuSpinMillis())
                .filter(millis -> millis > 0)
                .toArray();
        return new OtherWork(
                shares.length,
                shares.length == 0 ? 0 : Median.withDefaults().evaluate(shares),
                Arrays.stream(shares).max().orElse(0),
                Arrays.stream(spins).min().orElse(0),
                Arrays.stream(spins).max().orElse(0));
    }

    /** Whether the campaign ran beside other work. */
    public boolean isNotable() {
        return maxShare > NOTABLE_SHARE || longestSpinMillis > NOTABLE_RANGE * shortestSpinMillis;
    }

    /**
     * For example {@code other processes took 3.1 % of the processors (median of the trials that count; 34.0 % at the most), and the
     * processor canary took 20.9 to 122.6 ms}.
     */
    public String figures() {
        String share = trials == 0
                ? "what other processes took of the processors is not known"
                : String.format(
                        Locale.ROOT,
                        "other processes took %.1f %% of the processors (median of the trials that count; %.1f %% at the most)",
                        100 * medianShare,
                        100 * maxShare);
        return shortestSpinMillis == 0
                ? share
                : share
                        + String.format(
                                Locale.ROOT,
                                ", and the processor canary took %.1f to %.1f ms",
                                shortestSpinMillis,
                                longestSpinMillis);
    }
}
