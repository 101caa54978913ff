package io.quorumark.results.cell;

import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.Cell;
import io.quorumark.results.stats.BlockedRatio;
import io.quorumark.results.stats.MinimumDetectableEffect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The A/A arms of a campaign: pairs of cells that differ in nothing but id, name and caveats. What they show against each other is what
 * noise alone can do.
 *
 * @param arms the first of each pair, which takes part in comparisons as usual, with its twin
 */
public record AaArms(List<Arm> arms) {
    /**
     * @param first in the campaign's order
     * @param twin the same cell once more
     */
    public record Arm(CellSummary first, CellSummary twin) {}

    public AaArms {
        arms = List.copyOf(arms);
    }

    public static AaArms of(List<CellSummary> cells) {
        List<Arm> arms = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            for (int j = i + 1; j < cells.size(); j++) {
                if (areTwins(cells.get(i).cell(), cells.get(j).cell())) {
                    arms.add(new Arm(cells.get(i), cells.get(j)));
                }
            }
        }
        return new AaArms(arms);
    }

    /**
     * The smallest effect that a comparison on this workload could have shown; if there are several arms, that of the noisiest. Empty
     * without an arm on the workload, or if blocks are too few.
     */
    public Optional<MinimumDetectableEffect> detectable(String workload, Metric figure, int blocks, double alpha) {
        return arms.stream()
                .filter(arm -> arm.first().cell().workload().equals(workload))
                .map(arm -> MinimumDetectableEffect.fromAaArm(logRatios(arm, figure), blocks, alpha))
                .flatMap(Optional::stream)
                .max((a, b) -> Double.compare(a.relative(), b.relative()));
    }

    /** Whether this cell is in the campaign for the sake of an A/A arm alone. */
    public boolean isTwin(CellSummary cell) {
        return isTwin(cell.cell());
    }

    /** Whether this cell is in the campaign for the sake of an A/A arm alone. */
    public boolean isTwin(Cell cell) {
        return arms.stream().anyMatch(arm -> arm.twin().cell().equals(cell));
    }

    /** Of two campaigns together. */
    public AaArms and(AaArms others) {
        List<Arm> both = new ArrayList<>(arms);
        both.addAll(others.arms());
        return new AaArms(both);
    }

    private static double[] logRatios(Arm arm, Metric figure) {
        return Contrast.pairs(arm.first(), arm.twin(), figure).values().stream()
                .mapToDouble(BlockedRatio.Pair::logRatio)
                .toArray();
    }

    private static boolean areTwins(Cell one, Cell other) {
        return !one.isHarnessCeiling()
                && one.engine().equals(other.engine())
                && one.engineVersion().equals(other.engineVersion())
                && one.workload().equals(other.workload())
                && one.workloadIdentity().equals(other.workloadIdentity())
                && one.target().equals(other.target())
                && one.cluster().equals(other.cluster())
                && one.load().equals(other.load())
                && one.memoryBudgetBytes() == other.memoryBudgetBytes()
                && one.engineOptions().equals(other.engineOptions());
    }
}
