package io.quorumark.results.gate;

import io.quorumark.results.model.Cell;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The waivers that a gate was given, and the day on which it judges.
 *
 * @param all in the order of their file; the first that holds wins
 * @param today by the caller's clock
 */
public record Waivers(List<Waiver> all, LocalDate today) {
    /** Of a gate that was given none. */
    public static final Waivers NONE = new Waivers(List.of(), LocalDate.EPOCH);

    public Waivers {
        all = List.copyOf(all);
    }

    /** The waiver that lets a regression of this cell pass. */
    Optional<Waiver> forRegressionOf(Cell cell) {
        return all.stream()
                .filter(waiver -> !waiver.isExpired(today) && waiver.cells().cover(cell))
                .findFirst();
    }

    /** The waiver that would have let it pass on an earlier day. */
    Optional<Waiver> expiredFor(Cell cell) {
        return all.stream()
                .filter(waiver -> waiver.isExpired(today) && waiver.cells().cover(cell))
                .findFirst();
    }
}
