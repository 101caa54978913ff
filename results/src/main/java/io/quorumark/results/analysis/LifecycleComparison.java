package io.quorumark.results.analysis;

import io.quorumark.results.cell.AaArms;
import io.quorumark.results.cell.CellComparison;
import io.quorumark.results.cell.CellSummary;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.LifecyclePhase;
import io.quorumark.results.model.Trial;
import io.quorumark.results.stats.BlockedRatio;
import io.quorumark.results.stats.EquivalenceBand;
import io.quorumark.results.stats.Holm;
import io.quorumark.results.stats.Interval;
import io.quorumark.results.stats.SignedRank;
import io.quorumark.results.stats.Verdict;
import io.quorumark.results.stats.VerdictReach;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long an engine's life took besides operations, each phase compared with the reference engine by the ratio within blocks, as
 * {@link CellComparison} does for rates.
 *
 * @param durations by phase, then by cell in the campaign's order
 * @param notOffered what was not timed and why, each once
 */
public record LifecycleComparison(List<Duration> durations, List<Note> notOffered) {
    public LifecycleComparison {
        durations = List.copyOf(durations);
        notOffered = List.copyOf(notOffered);
    }

    /**
     * @param seconds centre and interval over valid trials
     * @param comparison with the reference; empty for the reference itself, and if no block has both
     */
    public record Duration(Cell cell, LifecyclePhase phase, Interval seconds, Optional<Compared> comparison) {}

    /**
     * @param ratio how many times shorter than the reference's, so that above 1 is better
     * @param holmPValue adjusted for all durations of the campaign
     */
    public record Compared(BlockedRatio ratio, double holmPValue, Verdict verdict) {}

    /** @param sentence phase and reason */
    public record Note(Cell cell, String sentence) {}

    /** Empty lists if no trial timed any phase. */
    public static LifecycleComparison of(Analysis analysis) {
        Campaign campaign = analysis.stored().campaign();
        AaArms arms = analysis.aaArms();
        List<CellSummary> cells = analysis.cells().stream()
                .filter(cell -> !arms.isTwin(cell) && !cell.cell().isHarnessCeiling())
                .toList();
        List<Timed> timed = new ArrayList<>();
        for (LifecyclePhase phase : LifecyclePhase.values()) {
            for (CellSummary cell : cells) {
                List<Double> seconds = cell.valid().stream()
                        .map(trial -> seconds(trial, phase))
                        .flatMap(Optional::stream)
                        .toList();
                if (!seconds.isEmpty()) {
                    timed.add(new Timed(cell, phase, seconds, ratio(campaign, cells, cell, phase)));
                }
            }
        }
        return new LifecycleComparison(judged(campaign, timed), notes(cells));
    }

    /** Why no duration could be called shorter or longer; empty if one could, and if the campaign wants no verdicts. */
    public Optional<VerdictReach> tooShortReach(Campaign.Design design) {
        return design.supportsVerdicts()
                ? VerdictReach.tooShort(
                        durations.stream()
                                .flatMap(each -> each.comparison().stream())
                                .map(Compared::ratio)
                                .toList(),
                        design.confidence())
                : Optional.empty();
    }

    private record Timed(CellSummary cell, LifecyclePhase phase, List<Double> seconds, Optional<BlockedRatio> ratio) {}

    private static List<Duration> judged(Campaign campaign, List<Timed> timed) {
        Campaign.Design design = campaign.design();
        double[] adjusted = Holm.adjust(timed.stream()
                .flatMap(each -> each.ratio().stream())
                .mapToDouble(BlockedRatio::pValue)
                .toArray());
        EquivalenceBand band = EquivalenceBand.planned(design.equivalenceBand());
        List<Duration> durations = new ArrayList<>();
        int compared = 0;
        for (Timed each : timed) {
            Optional<Compared> comparison = Optional.empty();
            if (each.ratio().isPresent()) {
                BlockedRatio ratio = each.ratio().get();
                double pValue = adjusted[compared++];
                comparison = Optional.of(new Compared(
                        ratio,
                        pValue,
                        design.supportsVerdicts()
                                ? Verdict.of(ratio.ratio(), band, design.confidence(), pValue)
                                : Verdict.INCONCLUSIVE));
            }
            durations.add(new Duration(
                    each.cell().cell(),
                    each.phase(),
                    SignedRank.interval(
                            each.seconds().stream()
                                    .mapToDouble(Double::doubleValue)
                                    .toArray(),
                            design.confidence()),
                    comparison));
        }
        return durations;
    }

    private static Optional<BlockedRatio> ratio(
            Campaign campaign, List<CellSummary> cells, CellSummary cell, LifecyclePhase phase) {
        String reference = campaign.design().referenceEngine();
        if (cell.cell().engine().equals(reference)) {
            return Optional.empty();
        }
        Map<Integer, Double> referenceSeconds = new HashMap<>();
        cells.stream()
                .filter(each -> each.cell().engine().equals(reference)
                        && !each.cell().load().isSlowed()
                        && each.cell().workload().equals(cell.cell().workload()))
                .flatMap(each -> each.valid().stream())
                .forEach(trial ->
                        seconds(trial, phase).ifPresent(seconds -> referenceSeconds.put(trial.block(), seconds)));
        List<BlockedRatio.Pair> pairs = new ArrayList<>();
        for (Trial trial : cell.valid()) {
            Double other = referenceSeconds.get(trial.block());
            if (other != null) {
                // shorter is better: the ratio is that of the speeds
                seconds(trial, phase).ifPresent(own -> pairs.add(new BlockedRatio.Pair(1 / own, 1 / other)));
            }
        }
        return pairs.isEmpty()
                ? Optional.empty()
                : Optional.of(BlockedRatio.of(pairs, campaign.design().confidence(), campaign.seed()));
    }

    /** Empty if it was not timed, or took no time that the clock could see. */
    private static Optional<Double> seconds(Trial trial, LifecyclePhase phase) {
        return trial.phases().stream()
                .filter(each -> each.name().equals(phase.id()) && each.seconds() > 0)
                .map(Trial.Phase::seconds)
                .findFirst();
    }

    private static List<Note> notes(List<CellSummary> cells) {
        return cells.stream()
                .flatMap(cell -> cell.valid().stream()
                        .flatMap(trial -> trial.events().stream())
                        .filter(event -> event.kind().equals(LifecyclePhase.NOT_OFFERED))
                        .map(event -> new Note(cell.cell(), event.detail())))
                .distinct()
                .toList();
    }
}
