package io.quorumark.app.plan;

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
    /** How a plan may space the intended sends of an open loop or a sweep. */
    static final String CONSTANT = "constant";

    static final String POISSON = "poisson";
    static final String BURSTS = "bursts";

    private static final List<LoadKind> ALL = List.of(
            new LoadKind(
                    Cell.Load.CLOSED,
                    null,
                    "load.clients operations are outstanding: the next one is sent when one is answered. Finds the throughput; has"
                            + " service times only."),
            new LoadKind(
                    Cell.Load.OPEN,
                    CONSTANT,
                    "load.rateOpsPerSecond, equally spaced, whether answers come or not. Response times count from the intended send."),
            new LoadKind(
                    Cell.Load.OPEN,
                    POISSON,
                    "The same mean rate with exponential gaps, as of many users who do not know of each other."),
            new LoadKind(
                    Cell.Load.OPEN,
                    BURSTS,
                    "The same mean rate, all of it in the first load.arrivals.duty of every load.arrivals.periodSeconds."),
            new LoadKind(
                    Cell.Load.SWEEP,
                    null,
                    "An open loop of any arrivals at one rate after another, to the highest that holds load.sweep.objective, such as"
                            + " p99 <= 10 ms."),
            new LoadKind(
                    Cell.Load.REPLAY,
                    null,
                    "The operations of a recorded trace at its own times, load.speed times as fast."));

    /** All that a plan may name; an open loop once for each kind of arrivals. */
    public static List<LoadKind> all() {
        return ALL;
    }

    /** The kind, with its arrivals where it has them, such as {@code open, poisson}. */
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
