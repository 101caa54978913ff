package io.quorumark.jmh.raw;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs the pairs in rounds: in each, every engine and operation once through the SPI and once raw, in one process each, directly after each
 * other and in an order that changes from round to round, so that a drift of the machine meets both. JMH itself would run all forks of one
 * before the first of the other.
 */
final class OverheadRun {
    /** One side of the pairs. */
    @FunctionalInterface
    interface Way {
        OverheadRow.Side measure(String engine, String operation)
                throws RunnerException, IOException, InterruptedException;
    }

    private final Way spi;
    private final Way raw;

    OverheadRun(Way spi, Way raw) {
        this.spi = spi;
        this.raw = raw;
    }

    /** Measures every engine and operation in each round; rows in the order of engines, then operations. */
    List<OverheadRow> measure(List<String> engines, List<String> operations, int rounds)
            throws RunnerException, IOException, InterruptedException {
        Map<String, List<OverheadRow.Round>> measured = new LinkedHashMap<>();
        PieceProgress progress = new PieceProgress(rounds * engines.size() * operations.size());
        for (int round = 0; round < rounds; round++) {
            for (String engine : engines) {
                for (String operation : operations) {
                    progress.begins(engine + " " + operation + " in round " + (round + 1) + " of " + rounds);
                    measured.computeIfAbsent(engine + " " + operation, absent -> new ArrayList<>())
                            .add(round(engine, operation, round % 2 == 0));
                }
            }
        }
        List<OverheadRow> rows = new ArrayList<>();
        for (String engine : engines) {
            for (String operation : operations) {
                rows.add(
                        new OverheadRow(engine, operation, measured.getOrDefault(engine + " " + operation, List.of())));
            }
        }
        return rows;
    }

    private OverheadRow.Round round(String engine, String operation, boolean spiFirst)
            throws RunnerException, IOException, InterruptedException {
        if (spiFirst) {
            OverheadRow.Side through = spi.measure(engine, operation);
            return new OverheadRow.Round(through, raw.measure(engine, operation));
        }
        OverheadRow.Side without = raw.measure(engine, operation);
        return new OverheadRow.Round(spi.measure(engine, operation), without);
    }
}
