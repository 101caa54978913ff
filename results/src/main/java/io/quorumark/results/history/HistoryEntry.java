package io.quorumark.results.history;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.quorumark.results.gate.GateResult;
import io.quorumark.results.gate.GateResult.GateCell;
import io.quorumark.results.gate.SameCell;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.AddedLater;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.stats.Interval;
import io.quorumark.results.stats.MinimumDetectableEffect;
import io.quorumark.results.stats.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One judged cell of one gate: a line of a history.
 *
 * @param formatVersion {@link #FORMAT_VERSION} when written; a reader refuses any other
 * @param time when the head campaign began
 * @param hostFingerprint where it ran; figures of other hosts are another history
 * @param seriesId of {@link SameCell}: the same after an upgrade of the engine
 * @param cellId of the head campaign: a hash of its configuration, engine's version included
 * @param engine its id
 * @param engineVersion of library and engine
 * @param workload its name
 * @param campaignId the head campaign
 * @param gitRevision of the source that was measured
 * @param gitDirty whether the source differed from that revision
 * @param figure the metric that passes or fails the cell
 * @param unit of {@code value}
 * @param value of the head campaign, above 0
 * @param detectableEffect the smallest relative effect that the gate could have shown; null if it could not tell
 * @param verdict against the gate's base
 * @param waived whether a waiver let a regression pass
 * @param others the cell by the other judged metrics of the catalogue, in its order; null in lines of before they were kept
 */
public record HistoryEntry(
        int formatVersion,
        Instant time,
        String hostFingerprint,
        String seriesId,
        String cellId,
        String engine,
        String engineVersion,
        String workload,
        String campaignId,
        String gitRevision,
        boolean gitDirty,
        Metric figure,
        String unit,
        Interval value,
        @JsonSetter(nulls = Nulls.SET) @Nullable Double detectableEffect,
        Verdict verdict,
        boolean waived,
        @AddedLater @Nullable List<HistoryMetric> others) {

    public static final int FORMAT_VERSION = 1;

    public HistoryEntry {
        if (formatVersion != FORMAT_VERSION) {
            throw new IllegalArgumentException("formatVersion is " + formatVersion + ", expected " + FORMAT_VERSION);
        }
        HistoryMetric.requireAboveZero(figure, value, unit);
        others = others == null ? null : List.copyOf(others);
    }

    /**
     * One for each cell that the gate judged.
     *
     * @param head the gate's head campaign
     */
    public static List<HistoryEntry> of(Campaign head, GateResult gate) {
        return gate.cells().stream().map(cell -> of(head, cell)).toList();
    }

    private static HistoryEntry of(Campaign head, GateCell judged) {
        return new HistoryEntry(
                FORMAT_VERSION,
                head.createdAt(),
                head.host().fingerprint(),
                SameCell.of(judged.cell()).id(),
                judged.cell().id(),
                judged.cell().engine(),
                judged.cell().engineVersion(),
                judged.cell().workload(),
                head.id(),
                head.software().gitRevision(),
                head.software().gitDirty(),
                judged.judgedBy(),
                judged.judgedBy().unit().symbol(),
                judged.head(),
                judged.detectable().map(MinimumDetectableEffect::relative).orElse(null),
                judged.verdict(),
                judged.waiver().isPresent(),
                judged.others().stream().map(HistoryMetric::of).toList());
    }

    /** What it holds by the metric that passes or fails the cell. */
    public HistoryMetric deciding() {
        return new HistoryMetric(figure, unit, value, detectableEffect, verdict);
    }

    /** What it holds by a metric; empty if the gate could not judge it, and for all but the deciding one in lines of before. */
    public Optional<HistoryMetric> by(Metric metric) {
        Stream<HistoryMetric> known = others == null ? Stream.empty() : others.stream();
        return Stream.concat(Stream.of(deciding()), known)
                .filter(each -> each.metric() == metric)
                .findFirst();
    }

    /** Whether both are the same cell of the same campaign, judged again perhaps. */
    boolean isOfSameMeasurementAs(HistoryEntry other) {
        return campaignId.equals(other.campaignId) && cellId.equals(other.cellId);
    }
}
