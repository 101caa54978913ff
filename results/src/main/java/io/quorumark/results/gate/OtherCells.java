package io.quorumark.results.gate;

import io.quorumark.results.stats.BlockedRatio;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.commons.statistics.descriptive.Median;

/**
 * The other cells of a gate as a control: what the median of them did in a block, the machine did. A cell is then judged by what it did
 * beyond that. A change that hits most cells alike cannot be seen this way.
 */
final class OtherCells {
    /** Of fewer, the median is one cell's own regression or gain. */
    static final int LEAST = 3;

    private OtherCells() {}

    /**
     * @param cells head over base in each block, for each cell of the gate
     * @param which of them is judged
     * @return its ratio over the median ratio of the others; empty if no block has {@value #LEAST} others
     */
    static Optional<BlockedRatio> ratio(
            List<SortedMap<Integer, BlockedRatio.Pair>> cells, int which, double confidence, long seed) {
        List<BlockedRatio.Pair> relative = new ArrayList<>();
        cells.get(which).forEach((block, pair) -> {
            double[] others = new double[cells.size() - 1];
            int found = 0;
            for (int i = 0; i < cells.size(); i++) {
                BlockedRatio.Pair other = cells.get(i).get(block);
                if (i != which && other != null) {
                    others[found++] = other.logRatio();
                }
            }
            if (found >= LEAST) {
                double machine = Median.withDefaults().evaluateRange(others, 0, found);
                relative.add(new BlockedRatio.Pair(pair.value() / Math.exp(machine), pair.reference()));
            }
        });
        return relative.isEmpty() ? Optional.empty() : Optional.of(BlockedRatio.of(relative, confidence, seed));
    }
}
