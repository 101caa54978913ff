package io.quorumark.report.gate;

import io.quorumark.report.text.Figures;
import io.quorumark.results.cell.MetricComparison;
import io.quorumark.results.cell.UnmeasuredCell;
import io.quorumark.results.gate.GateResult;
import io.quorumark.results.gate.GateResult.GateCell;
import io.quorumark.results.gate.SameCell;
import io.quorumark.results.gate.Waiver;
import io.quorumark.results.model.Cell;
import io.quorumark.results.stats.BlockedRatio;
import io.quorumark.results.stats.MinimumDetectableEffect;
import io.quorumark.results.store.ResultsJson;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A gate as JSON, for programs. Keys are added within a format version, never renamed or removed; docs/gate.md describes them. */
public final class GateJson {
    private static final int FORMAT_VERSION = 1;

    private GateJson() {}

    /** The whole document. The same result gives the same text. */
    public static String render(GateResult gate) {
        return ResultsJson.write(document(gate));
    }

    /** The same on one line, for pages that carry it. */
    static String renderLine(GateResult gate) {
        return ResultsJson.writeLine(document(gate));
    }

    private static Document document(GateResult gate) {
        return new Document(
                FORMAT_VERSION,
                gate.baseCampaignId(),
                gate.headCampaignId(),
                gate.passed(),
                gate.exitCode().code(),
                key(gate.exitCode()),
                gate.equivalenceBand(),
                gate.confidence(),
                gate.cells().stream().map(GateJson::row).toList(),
                gate.notMeasured().stream().map(GateJson::notMeasured).toList(),
                gate.problems());
    }

    record Document(
            int formatVersion,
            String baseCampaignId,
            String headCampaignId,
            boolean passed,
            int exitCode,
            String outcome,
            double equivalenceBand,
            double confidence,
            List<Row> cells,
            List<NotMeasured> notMeasured,
            List<String> problems) {}

    /** A planned cell of a campaign of which no trial counts. */
    public record NotMeasured(
            String cellId,
            String seriesId,
            String engine,
            String engineVersion,
            String workload,
            int plannedTrials,
            int ranTrials,
            String reason) {}

    public static NotMeasured notMeasured(UnmeasuredCell unmeasured) {
        Cell cell = unmeasured.cell();
        return new NotMeasured(
                cell.id(),
                SameCell.of(cell).id(),
                cell.engine(),
                cell.engineVersion(),
                cell.workload(),
                unmeasured.planned(),
                unmeasured.ran().size(),
                unmeasured.reason());
    }

    record Row(
            String cellId,
            String seriesId,
            String engine,
            String engineVersion,
            String workload,
            String figure,
            String unit,
            JsonInterval base,
            JsonInterval head,
            JsonInterval ratio,
            @Nullable JsonInterval relativeRatio,
            int blocks,
            double holmPValue,
            @Nullable Double detectableEffect,
            double band,
            double leastDifference,
            String verdict,
            @Nullable String waiver,
            List<Other> others) {}

    /**
     * A metric that passes or fails nothing. In short, what follows from the rest of the document is null.
     *
     * @param unit of the metric
     * @param base its value in the base
     * @param head its value in the head
     * @param blocks as many as the cell's own comparison has, in short
     * @param band the design's, in short
     * @param leastDifference the band, in short
     */
    public record Other(
            String metric,
            @Nullable String unit,
            @Nullable JsonInterval base,
            @Nullable JsonInterval head,
            JsonInterval ratio,
            @Nullable Integer blocks,
            double holmPValue,
            @Nullable Double band,
            @Nullable Double leastDifference,
            String verdict) {
        /**
         * For documents whose cells hold their values themselves, and that say once what nearly all share.
         *
         * @param usualBlocks those of the cell's own comparison
         */
        public Other inShort(double usualConfidence, int usualBlocks, double usualBand) {
            return new Other(
                    metric,
                    null,
                    null,
                    null,
                    ratio.inShort(usualConfidence),
                    unlessUsual(blocks, usualBlocks),
                    holmPValue,
                    unlessUsual(band, usualBand),
                    unlessUsual(leastDifference, band),
                    verdict);
        }
    }

    /** Null if it is the usual one. */
    public static <T> @Nullable T unlessUsual(@Nullable T value, @Nullable T usual) {
        return Objects.equals(value, usual) ? null : value;
    }

    public static Other other(MetricComparison comparison) {
        return new Other(
                comparison.metric().id(),
                comparison.metric().unit().symbol(),
                JsonInterval.of(comparison.reference()),
                JsonInterval.of(comparison.value()),
                JsonInterval.of(comparison.ratio().ratio()),
                comparison.ratio().blocks(),
                Figures.rounded(comparison.holmPValue()),
                Figures.rounded(comparison.band().planned()),
                Figures.rounded(comparison.band().difference()),
                key(comparison.verdict()));
    }

    private static Row row(GateCell cell) {
        return new Row(
                cell.cell().id(),
                SameCell.of(cell.cell()).id(),
                cell.cell().engine(),
                cell.cell().engineVersion(),
                cell.cell().workload(),
                cell.judgedBy().id(),
                cell.judgedBy().unit().symbol(),
                JsonInterval.of(cell.base()),
                JsonInterval.of(cell.head()),
                JsonInterval.of(cell.primary().ratio()),
                cell.relative().map(BlockedRatio::ratio).map(JsonInterval::of).orElse(null),
                cell.primary().blocks(),
                Figures.rounded(cell.holmPValue()),
                cell.detectable()
                        .map(MinimumDetectableEffect::relative)
                        .map(Figures::rounded)
                        .orElse(null),
                Figures.rounded(cell.band().planned()),
                Figures.rounded(cell.band().difference()),
                key(cell.verdict()),
                cell.waiver().map(Waiver::sentence).orElse(null),
                cell.others().stream().map(GateJson::other).toList());
    }

    /** {@code NOT_COMPARABLE} as {@code not-comparable}. */
    public static String key(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
