package io.quorumark.results.sample;

import io.quorumark.results.model.Cell;

/** How the trials of a sample are pretended to be driven. */
public enum SampleLoad {
    CLOSED,
    /** A closed loop, and a window at a set rate that follows it. */
    PACED,
    OPEN,
    SWEEP;

    /** Of an open loop and of the windows at a set rate, each second. */
    static final double OPERATIONS_PER_SECOND = 12_000;

    /** Steps below an engine's limit hold it, and those above miss it. */
    private static final Cell.Sweep TO_THE_LIMIT = new Cell.Sweep("p95 <= 10 ms", 4_000, 2, 0.2, 20);

    Cell.Load.Builder load(int clients) {
        return switch (this) {
            case CLOSED -> Cell.Load.closed(clients);
            case PACED -> Cell.Load.closed(clients).paced(new Cell.Paced(OPERATIONS_PER_SECOND, 1));
            case OPEN -> Cell.Load.open(clients, OPERATIONS_PER_SECOND);
            case SWEEP -> Cell.Load.sweep(clients, TO_THE_LIMIT);
        };
    }
}
