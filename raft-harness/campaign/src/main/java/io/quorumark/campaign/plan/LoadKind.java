package io.quorumark.campaign.plan;

import io.quorumark.results.model.Cell;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way in which a plan may have a target driven.
 *
 * @param kind as {@code load.kind} has it
 * @param arrivals as {@code load.arrivals.kind} has it, of an open loop; null for all other kinds
 * @param description one sentence
 */
public record LoadKind(String kind, @Nullable String arrivals, String description) {
    private static final List<LoadKind> ALL = List.of(
            of(
                    Cell.Load.CLOSED,
                    "load.clients operations are outstanding: the next one is sent when one is answered. Finds the throughput; has"
                            + " service times only."),
            open(
                    Cell.Arrivals.CONSTANT,
                    "load.rateOpsPerSecond, equally spaced, whether answers come or not. Response times count from the intended send."),
            open(
                    Cell.Arrivals.POISSON,
                    "The same mean rate with exponential gaps, as of many users who do not know of each other."),
            open(
                    Cell.Arrivals.BURSTS,
                    "The same mean rate, all of it in the first load.arrivals.duty of every load.arrivals.periodSeconds."),
            of(
                    Cell.Load.SWEEP,
                    "An open loop of any arrivals at one rate after another, to the highest that holds load.sweep.objective, such as"
                            + " p99 <= 10 ms."),
            of(Cell.Load.REPLAY, "The operations of a recorded trace at its own times, load.speed times as fast."));

    private static LoadKind of(String kind, String description) {
        return new LoadKind(kind, null, description);
    }

    private static LoadKind open(String arrivals, String description) {
        return new LoadKind(Cell.Load.OPEN, arrivals, description);
    }

    /** All that a plan may name; an open loop once for each kind of arrivals. */
    public static List<LoadKind> all() {
        return ALL;
    }

    /** The kind, with its arrivals if it has them, such as {@code open, poisson}. */
    public String name() {
        return arrivals == null ? kind : kind + ", " + arrivals;
    }

    /** What {@code load.kind} may be. */
    static String[] kinds() {
        return ALL.stream().map(LoadKind::kind).distinct().toArray(String[]::new);
    }

    /** What {@code load.arrivals.kind} may be. */
    static String[] arrivalKinds() {
        return ALL.stream()
                .map(LoadKind::arrivals)
                .filter(arrivals -> arrivals != null)
                .toArray(String[]::new);
    }
}
