package io.quorumark.results.cell;

import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import io.quorumark.results.stats.BlockedRatio;
import io.quorumark.results.stats.Interval;
import io.quorumark.results.stats.MinimumDetectableEffect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A pair of cells whose true difference is known: none in an A/A arm, an injected one in a known-slowdown arm. What a campaign says of them
 * tells what to make of what it says of the others.
 *
 * @param reference the cell that takes part in comparisons as usual
 * @param control the same once more, slowed in a known-slowdown arm
 * @param ratio control over reference, of {@code judgedBy}
 * @param judgedBy the figure that comparisons of this load rest on
 * @param differs whether a test at the campaign's confidence tells the two apart, in the direction of the injected slowdown if there is
 * one; of stops, whether every trial found them
 * @param detectable the smallest effect that a comparison of so many blocks could have shown, by the noise of this workload's A/A arm or
 * else of this pair; empty if blocks are too few
 */
public record ControlArm(
        CellSummary reference,
        CellSummary control,
        BlockedRatio ratio,
        Metric judgedBy,
        boolean differs,
        Optional<MinimumDetectableEffect> detectable) {

    public static List<ControlArm> of(Campaign campaign, List<CellSummary> cells) {
        AaArms twins = AaArms.of(cells);
        List<ControlArm> arms = new ArrayList<>();
        for (AaArms.Arm arm : twins.arms()) {
            of(campaign, twins, arm.first(), arm.twin()).ifPresent(arms::add);
        }
        for (CellSummary slowed : cells) {
            if (slowed.cell().load().isSlowed()) {
                unslowed(slowed.cell(), cells.stream())
                        .flatMap(reference -> of(campaign, twins, reference, slowed))
                        .ifPresent(arms::add);
            }
        }
        return arms;
    }

    private static Optional<CellSummary> unslowed(Cell slowed, Stream<CellSummary> cells) {
        return cells.filter(each -> !each.cell().load().isSlowed()
                        && each.cell().engine().equals(slowed.engine())
                        && each.cell().workload().equals(slowed.workload()))
                .findFirst();
    }

    private static Optional<ControlArm> of(
            Campaign campaign, AaArms twins, CellSummary reference, CellSummary control) {
        double confidence = campaign.design().confidence();
        return Contrast.of(control, reference, confidence, campaign.seed()).map(contrast -> {
            BlockedRatio ratio = contrast.primary();
            boolean apart = ratio.pValue() <= 1 - confidence;
            boolean slower = ratio.ratio().estimate() < 1;
            return new ControlArm(
                    reference,
                    control,
                    ratio,
                    contrast.judgedBy(),
                    InjectedStops.of(control)
                            .map(InjectedStops::areFound)
                            .orElse(apart && (slower || !control.cell().load().isSlowed())),
                    contrast.detectable(control, twins, 1 - confidence));
        });
    }

    /** The share by which the control was slowed on purpose; 0 in an A/A arm. */
    public double injected() {
        return control.cell().load().slowdown();
    }

    /** Of a control that stands still seldom and for long; empty for all others. */
    public Optional<InjectedStops> stops() {
        return InjectedStops.of(control);
    }

    /** By which share of the reference's figure the control fell short, with its interval. */
    public Interval measuredSlowdown() {
        Interval measured = ratio.ratio();
        return new Interval(1 - measured.estimate(), 1 - measured.high(), 1 - measured.low(), measured.confidence());
    }

    /** {@code RocksDB on ycsb-a}. */
    public String name() {
        return TrialLabels.of(reference.cell());
    }
}
