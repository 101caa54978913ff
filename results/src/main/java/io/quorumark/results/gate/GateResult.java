package io.quorumark.results.gate;

import io.quorumark.results.ExitCode;
import io.quorumark.results.cell.MetricComparison;
import io.quorumark.results.cell.UnmeasuredCell;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.Cell;
import io.quorumark.results.stats.BlockedRatio;
import io.quorumark.results.stats.EquivalenceBand;
import io.quorumark.results.stats.Interval;
import io.quorumark.results.stats.MinimumDetectableEffect;
import io.quorumark.results.stats.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a gate says.
 *
 * @param baseCampaignId compared with
 * @param headCampaignId compared
 * @param equivalenceBand the least relative difference that matters, as planned; noise may ask a cell for larger differences
 * @param confidence of the intervals
 * @param cells that both campaigns have
 * @param notMeasured planned cells of the head of which no trial counts: they have neither passed nor failed
 * @param problems what failed, what is missing on one side, why there is nothing to compare, why what there is must not be, or why it could
 * not have shown anything; empty in a plain comparison
 * @param headFailed whether failed trials of the head campaign fail the gate, if nothing else does
 * @param exitCode how the command ends
 */
public record GateResult(
        String baseCampaignId,
        String headCampaignId,
        double equivalenceBand,
        double confidence,
        List<GateCell> cells,
        List<UnmeasuredCell> notMeasured,
        List<String> problems,
        boolean headFailed,
        ExitCode exitCode) {

    public GateResult {
        cells = List.copyOf(cells);
        notMeasured = List.copyOf(notMeasured);
        problems = List.copyOf(problems);
    }

    /** Whether CI goes on. */
    public boolean passed() {
        return exitCode == ExitCode.DONE;
    }

    /**
     * One cell of both campaigns.
     *
     * @param cell as the head campaign describes it
     * @param base the deciding figure of the base campaign's valid trials, in the unit of {@code judgedBy}
     * @param head the same of the head campaign
     * @param primary how many times as good the head is by {@code judgedBy}, whatever the machine did: above 1 is better
     * @param judgedBy the figure that p-value and verdict rest on
     * @param relative that figure's ratio over the median ratio of the gate's other cells, if p-value and verdict rest on it: the machine
     * was another in the head campaign; empty if they rest on {@link #primary()} alone
     * @param holmPValue adjusted for all cells of the gate
     * @param detectable the smallest effect that this comparison could have shown; empty if blocks are too few
     * @param band within which differences do not count, and from which on they may be called
     * @param verdict {@link Verdict#WORSE} is a regression
     * @param others base and head by the other metrics, in the catalogue's order: they pass or fail nothing
     * @param waiver that lets this regression pass; empty if nothing regressed, too
     */
    public record GateCell(
            Cell cell,
            Interval base,
            Interval head,
            BlockedRatio primary,
            Metric judgedBy,
            Optional<BlockedRatio> relative,
            double holmPValue,
            Optional<MinimumDetectableEffect> detectable,
            EquivalenceBand band,
            Verdict verdict,
            Optional<Waiver> waiver,
            List<MetricComparison> others) {

        public GateCell {
            others = List.copyOf(others);
        }

        /** Base and head by every judged metric that both have, the deciding one among them, in the catalogue's order. */
        public List<MetricComparison> metrics() {
            return Stream.concat(Stream.of(deciding()), others.stream())
                    .sorted(Comparator.comparing(MetricComparison::metric))
                    .toList();
        }

        /** Base and head by a metric; empty if no block has it of both. */
        public Optional<MetricComparison> by(Metric metric) {
            return metrics().stream()
                    .filter(compared -> compared.metric() == metric)
                    .findFirst();
        }

        /** Base and head by the metric that decides. Its p-value and verdict rest on {@link #relative()} if that is present. */
        public MetricComparison deciding() {
            return new MetricComparison(judgedBy, base, head, primary, holmPValue, band, verdict);
        }

        /** Whether it is this metric that passes or fails the cell. */
        public boolean isJudgedBy(Metric metric) {
            return metric == judgedBy;
        }

        /** Whether this cell fails the gate. */
        public boolean isRegression() {
            return verdict == Verdict.WORSE && waiver.isEmpty();
        }

        /** Whether the estimate that the verdict rests on is worse by more than the least difference that counts. */
        public boolean isBelowBand() {
            return relative.orElseGet(this::primary).ratio().estimate() < band.worse();
        }
    }
}
