package io.quorumark.jmh.raw;

import io.quorumark.results.stats.BlockedRatio;
import java.util.ArrayList;
import java.util.List;

/**
 * One engine and operation, through the SPI and raw.
 *
 * @param engine a provider id
 * @param operation a method of {@link SpiOverheadBenchmark}
 * @param rounds one pair of forks each, in the order they ran
 */
record OverheadRow(String engine, String operation, List<Round> rounds) {
    private static final double CONFIDENCE = 0.95;

    /** Engines whose other side does less work than their adapter. They count for no average. */
    private static final String UNLIKE = "memory";

    OverheadRow {
        rounds = List.copyOf(rounds);
        if (rounds.isEmpty()) {
            throw new IllegalArgumentException(
                    "rounds is empty for " + engine + " " + operation + ", expected one or more");
        }
    }

    /** One fork's result. */
    record Side(double nanosPerOperation, double bytesPerOperation) {}

    /** Two forks that ran one after the other. */
    record Round(Side spi, Side raw) {}

    /** Whether both sides do the same work. */
    boolean isLike() {
        return !engine.equals(UNLIKE);
    }

    /** Time through the SPI over time without, from the pairs. */
    BlockedRatio ratio() {
        List<BlockedRatio.Pair> pairs = new ArrayList<>();
        for (Round round : rounds) {
            pairs.add(new BlockedRatio.Pair(
                    round.spi().nanosPerOperation(), round.raw().nanosPerOperation()));
        }
        return BlockedRatio.of(pairs, CONFIDENCE, 1);
    }

    double meanNanosSpi() {
        return rounds.stream()
                .mapToDouble(round -> round.spi().nanosPerOperation())
                .average()
                .orElseThrow();
    }

    double meanNanosRaw() {
        return rounds.stream()
                .mapToDouble(round -> round.raw().nanosPerOperation())
                .average()
                .orElseThrow();
    }

    /** Bytes that the SPI allocates on the heap per operation, beyond what raw code does. */
    double addedBytesPerOperation() {
        return rounds.stream()
                .mapToDouble(
                        round -> round.spi().bytesPerOperation() - round.raw().bytesPerOperation())
                .average()
                .orElseThrow();
    }
}
