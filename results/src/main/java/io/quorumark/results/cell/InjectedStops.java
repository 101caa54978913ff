package io.quorumark.results.cell;

import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Stall;
import io.quorumark.results.model.Trial;
import io.quorumark.results.text.Plural;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/**
 * What a campaign says of stops whose length and number are known, in a known-slowdown arm that stands still seldom and for long. A trial
 * finds them if as many as fall into every window stand among its longest stalls, and names them if an idle thread of its process had no
 * processor during most of each.
 *
 * @param millis how long the trial was stopped at a time
 * @param everySeconds from one stop to the next
 * @param trials of the arm that count
 * @param found those that found and named them
 */
public record InjectedStops(double millis, double everySeconds, int trials, int found) {
    /** What is due within a stop waits for what is left of it. */
    private static final double LEAST_LENGTH = 0.8;

    /** Of a stall, for its name. */
    private static final double MOST = 0.5;

    /** A stop that begins with the window may end outside of it. */
    private static final double AT_THE_EDGES = 0.1;

    /** As many as a trial keeps stalls. */
    private static final int MOST_STALLS = 10;

    private static final MathContext DIGITS = new MathContext(3);

    /** Empty unless the cell's trials were stopped so. */
    static Optional<InjectedStops> of(CellSummary control) {
        Cell.Load load = control.cell().load();
        Double millis = load.slowdownStopMillis();
        if (millis == null) {
            return Optional.empty();
        }
        double everySeconds = millis / 1e3 / load.slowdown();
        double inWindow = Math.floor(load.measureSeconds() / everySeconds - AT_THE_EDGES);
        long wanted = (long) Math.max(1, Math.min(MOST_STALLS, inWindow));
        long found = control.valid().stream()
                .filter(trial -> named(trial, millis) >= wanted)
                .count();
        return Optional.of(
                new InjectedStops(millis, everySeconds, control.valid().size(), Math.toIntExact(found)));
    }

    private static long named(Trial trial, double millis) {
        return trial.stalls() == null
                ? 0
                : trial.stalls().stream()
                        .filter(stall -> stall.millis() >= LEAST_LENGTH * millis)
                        .filter(InjectedStops::isNamed)
                        .count();
    }

    private static boolean isNamed(Stall stall) {
        return stall.coincided().stream()
                .anyMatch(each -> each.kind().equals(Stall.NO_PROCESSOR) && each.millis() >= MOST * stall.millis());
    }

    /** Whether every trial found them; none did if there is none. */
    boolean areFound() {
        return trials > 0 && found == trials;
    }

    /** {@code stops of 50 ms every 5 s}. */
    public String sentence() {
        return "stops of " + number(millis) + " ms every " + number(everySeconds) + " s";
    }

    /** {@code found and named in 10 of 10 trials}. */
    public String outcome() {
        return "found and named in " + found + " of " + Plural.of(trials, "trial");
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value).round(DIGITS).stripTrailingZeros().toPlainString();
    }
}
