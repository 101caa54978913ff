package io.quorumark.results.gate;

import io.quorumark.results.ExitCode;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.cell.AaArms;
import io.quorumark.results.cell.CellSummary;
import io.quorumark.results.cell.Contrast;
import io.quorumark.results.cell.MetricComparison;
import io.quorumark.results.fairness.FairnessFinding;
import io.quorumark.results.gate.GateResult.GateCell;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import io.quorumark.results.stats.BlockedRatio;
import io.quorumark.results.stats.EquivalenceBand;
import io.quorumark.results.stats.Holm;
import io.quorumark.results.stats.MinimumDetectableEffect;
import io.quorumark.results.stats.Verdict;
import io.quorumark.results.stats.VerdictReach;
import io.quorumark.results.store.StoredCampaign;
import io.quorumark.results.text.Plural;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;

/**
 * Compares two campaigns cell by cell, block by block. A cell has regressed if the whole interval of head over base lies below the
 * equivalence band, with the confidence that the head campaign's design asks for, and its Holm-adjusted p-value agrees. If the canaries
 * say that the machine was not as fast in both, this is asked of each cell's ratio over that of the other cells. Failed trials of the head
 * fail the gate, too: what does not run has no figure that could be worse. A planned cell of the head without a trial that counts is not
 * measured: it is listed, and if nothing of the head can be judged the gate is inconclusive. So is a gate of a campaign against itself.
 */
public final class Gate {
    /** A machine that differs by more than this part of the band could carry a cell over its edge. */
    private static final double TOLERATED_SHARE_OF_BAND = 0.5;

    private Gate() {}

    /** Without waivers; see {@link #compare(Analysis, Analysis, boolean, Waivers)}. */
    public static GateResult compare(Analysis base, Analysis head, boolean strict) {
        return compare(base, head, strict, Waivers.NONE);
    }

    /**
     * @param strict whether an inconclusive or impossible comparison fails
     * @param waivers of regressions that are to be shown and not to fail
     */
    public static GateResult compare(Analysis base, Analysis head, boolean strict, Waivers waivers) {
        return compare(base, head, strict, waivers, true);
    }

    /**
     * The same comparison without a gate: a cell that is worse, or whose trials failed, is told and fails nothing.
     *
     * @param strict whether an inconclusive or impossible comparison fails
     */
    public static GateResult comparison(Analysis base, Analysis head, boolean strict) {
        return compare(base, head, strict, Waivers.NONE, false);
    }

    private static GateResult compare(
            Analysis base, Analysis head, boolean strict, Waivers waivers, boolean failsOnRegression) {
        Campaign baseCampaign = base.stored().campaign();
        Campaign headCampaign = head.stored().campaign();
        List<String> problems = new ArrayList<>();
        boolean isSame = isSame(base.stored(), head.stored());
        if (isSame) {
            problems.add("Both folders hold campaign " + headCampaign.id()
                    + ", which cannot differ from itself; give two campaigns.");
        }
        ExitCode broken = broken(base, head, problems);
        if (broken != ExitCode.DONE) {
            return result(base, head, List.of(), problems, false, broken);
        }
        UnmeasuredCells gaps = UnmeasuredCells.of(base, head);
        boolean headFailed = failsOnRegression && !gaps.failed().isEmpty();
        if (!head.anythingCounts()) {
            problems.addAll(gaps.failed());
            problems.add("Nothing of the head campaign can be judged: no trial of it counts.");
            return result(
                    base, head, List.of(), problems, headFailed, headFailed ? ExitCode.HARNESS : ExitCode.INCONCLUSIVE);
        }
        if (!baseCampaign.host().fingerprint().equals(headCampaign.host().fingerprint())) {
            problems.add("The campaigns ran on different machines ("
                    + baseCampaign.host().fingerprint() + " and "
                    + headCampaign.host().fingerprint() + "): their ratio would compare machines.");
            return result(
                    base, head, List.of(), problems, headFailed, strict ? ExitCode.NOT_COMPARABLE : ExitCode.DONE);
        }
        problems.addAll(gaps.failed());
        missing("base", base).ifPresent(problems::add);
        missing("head", head).ifPresent(problems::add);
        double tolerance = headCampaign.design().equivalenceBand() * TOLERATED_SHARE_OF_BAND;
        Optional<String> otherMachine = SameMachine.difference(base, head, tolerance);
        boolean judges = supportsVerdicts(base, head) && !(failsOnRegression && isSame);
        List<GateCell> cells = cells(base, head, otherMachine.isEmpty(), judges, waivers);
        if (cells.isEmpty()) {
            problems.add("The campaigns have no valid cell in common: same engine, workload, cluster and load.");
        } else {
            problems.addAll(gaps.uncompared());
            problems.addAll(expired(cells, waivers));
            powerless(base, head, cells).ifPresent(problems::add);
            otherMachine.map(difference -> difference + consequence(cells)).ifPresent(problems::add);
        }
        ExitCode exitCode = verdict(cells, gaps, strict, failsOnRegression, headFailed);
        boolean failed = exitCode == ExitCode.REGRESSION || exitCode == ExitCode.HARNESS;
        if (!failed && nothingJudged(cells) && (lacksTrials(base) || lacksTrials(head))) {
            problems.add("Nothing of the head campaign can be judged: trials are missing.");
            exitCode = ExitCode.INCONCLUSIVE;
        } else if (!failed && failsOnRegression && isSame) {
            exitCode = ExitCode.INCONCLUSIVE;
        } else if (exitCode == ExitCode.DONE && strict && !head.unmeasured().isEmpty()) {
            exitCode = ExitCode.INCONCLUSIVE;
        }
        return result(base, head, cells, problems, headFailed, exitCode);
    }

    /** Two copies of one campaign, one of them perhaps of before it was whole: they differ in nothing, which looks like a good result. */
    private static boolean isSame(StoredCampaign base, StoredCampaign head) {
        return base.campaign().id().equals(head.campaign().id())
                && base.campaign().cells().equals(head.campaign().cells())
                && (base.trials().containsAll(head.trials()) || head.trials().containsAll(base.trials()));
    }

    private static boolean nothingJudged(List<GateCell> cells) {
        return cells.stream().allMatch(cell -> cell.verdict() == Verdict.INCONCLUSIVE);
    }

    /** Whether planned trials did not run, or did not count for a whole cell. */
    private static boolean lacksTrials(Analysis analysis) {
        return !analysis.stored().isComplete() || !analysis.unmeasured().isEmpty();
    }

    private static Optional<String> missing(String which, Analysis analysis) {
        int planned = analysis.stored().plannedTrials();
        int ran = analysis.stored().trials().size();
        return ran == planned
                ? Optional.empty()
                : Optional.of("Of the " + which + " campaign's " + Plural.of(planned, "planned trial") + " only " + ran
                        + (ran == 1 ? " has run." : " have run."));
    }

    private static GateResult result(
            Analysis base,
            Analysis head,
            List<GateCell> cells,
            List<String> problems,
            boolean headFailed,
            ExitCode exitCode) {
        Campaign.Design design = head.stored().campaign().design();
        return new GateResult(
                base.stored().campaign().id(),
                head.stored().campaign().id(),
                design.equivalenceBand(),
                design.confidence(),
                cells,
                head.unmeasured(),
                problems,
                headFailed,
                exitCode);
    }

    private static ExitCode broken(Analysis base, Analysis head, List<String> problems) {
        ExitCode baseCode = broken("base", base, problems);
        ExitCode headCode = broken("head", head, problems);
        return baseCode == ExitCode.DONE || headCode == ExitCode.INCORRECT ? headCode : baseCode;
    }

    private static ExitCode broken(String which, Analysis analysis, List<String> problems) {
        ExitCode code = analysis.exitCode();
        if (code != ExitCode.INCORRECT && code != ExitCode.UNFAIR) {
            return ExitCode.DONE;
        }
        problems.add(
                "The " + which + " campaign " + analysis.stored().campaign().id() + " is "
                        + (code == ExitCode.INCORRECT ? "incorrect" : "unfair") + ".");
        analysis.findings().stream()
                .filter(finding -> finding.severity() != FairnessFinding.Severity.NOTE)
                .map(FairnessFinding::sentence)
                .forEach(problems::add);
        return code;
    }

    /**
     * @param sameMachine whether head over base can be taken as it is; otherwise each cell is judged against the others
     * @param judges whether there are verdicts at all
     */
    private static List<GateCell> cells(
            Analysis base, Analysis head, boolean sameMachine, boolean judges, Waivers waivers) {
        Campaign.Design design = head.stored().campaign().design();
        long seed = head.stored().campaign().seed();
        List<CellSummary> matched = new ArrayList<>();
        List<Contrast> contrasts = new ArrayList<>();
        List<SortedMap<Integer, BlockedRatio.Pair>> pairs = new ArrayList<>();
        for (CellSummary after : head.cells()) {
            if (after.cell().isHarnessCeiling()
                    || head.aaArms().isTwin(after)
                    || after.cell().load().isSlowed()) {
                continue;
            }
            UnmeasuredCells.counterpart(after, base)
                    .ifPresent(before -> Contrast.of(after, before, design.confidence(), seed)
                            .ifPresent(contrast -> {
                                matched.add(after);
                                contrasts.add(contrast);
                                pairs.add(Contrast.pairs(after, before, contrast.judgedBy()));
                            }));
        }
        List<Optional<BlockedRatio>> relatives = IntStream.range(0, pairs.size())
                .mapToObj(i -> sameMachine
                        ? Optional.<BlockedRatio>empty()
                        : OtherCells.ratio(pairs, i, design.confidence(), seed))
                .toList();
        List<BlockedRatio> judged = IntStream.range(0, pairs.size())
                .mapToObj(i -> relatives.get(i).orElse(contrasts.get(i).primary()))
                .toList();
        double[] adjusted =
                Holm.adjust(judged.stream().mapToDouble(BlockedRatio::pValue).toArray());
        AaArms arms = base.aaArms().and(head.aaArms());
        List<List<MetricComparison>> others = Contrast.others(contrasts, design, seed, judges && sameMachine);
        List<GateCell> cells = new ArrayList<>();
        for (int i = 0; i < contrasts.size(); i++) {
            Contrast contrast = contrasts.get(i);
            Optional<BlockedRatio> relative = relatives.get(i);
            Optional<MinimumDetectableEffect> detectable =
                    contrast.detectable(matched.get(i), arms, 1 - design.confidence());
            EquivalenceBand band = EquivalenceBand.of(design.equivalenceBand(), detectable);
            boolean supported = judges && (sameMachine || relative.isPresent());
            Cell cell = matched.get(i).cell();
            Verdict verdict = supported
                    ? contrast.verdict(matched.get(i), judged.get(i), band, design.confidence(), adjusted[i])
                    : Verdict.INCONCLUSIVE;
            cells.add(new GateCell(
                    cell,
                    contrast.referenceLevel(design),
                    contrast.valueLevel(design),
                    contrast.primary(),
                    contrast.judgedBy(),
                    relative,
                    adjusted[i],
                    detectable,
                    band,
                    verdict,
                    verdict == Verdict.WORSE ? waivers.forRegressionOf(cell) : Optional.empty(),
                    others.get(i)));
        }
        return cells;
    }

    private static boolean supportsVerdicts(Analysis base, Analysis head) {
        return head.stored().campaign().design().supportsVerdicts()
                && base.stored().campaign().design().supportsVerdicts();
    }

    /** What another machine means for the cells. */
    private static String consequence(List<GateCell> cells) {
        return cells.stream().allMatch(cell -> cell.relative().isPresent())
                ? " Each cell is judged by what it did beyond the median of the others; a change of most cells alike cannot be seen"
                        + " so. Run both campaigns again, one right after the other."
                : " With fewer than " + (OtherCells.LEAST + 1)
                        + " cells nothing tells the machine from the code. Run both campaigns again, one right after the other.";
    }

    /** A sentence for each regression that passed until its waiver expired. */
    private static List<String> expired(List<GateCell> cells, Waivers waivers) {
        return cells.stream()
                .filter(GateCell::isRegression)
                .flatMap(cell -> waivers
                        .expiredFor(cell.cell())
                        .map(waiver -> "The waiver for " + waiver.cells().asWritten() + " expired on "
                                + waiver.expires() + ", and " + cell.cell().engineName() + " on "
                                + cell.cell().workload() + " is still a regression: " + waiver.reason())
                        .stream())
                .toList();
    }

    /** Why no regression could have been called however large it was; empty if one could. */
    private static Optional<String> powerless(Analysis base, Analysis head, List<GateCell> cells) {
        Campaign.Design design = head.stored().campaign().design();
        if (!supportsVerdicts(base, head)) {
            return Optional.of("A campaign's profile is too small for verdicts; use the gate profile for both.");
        }
        return VerdictReach.tooShort(cells.stream().map(GateCell::primary).toList(), design.confidence())
                .map(VerdictReach::sentence);
    }

    private static ExitCode verdict(
            List<GateCell> cells, UnmeasuredCells gaps, boolean strict, boolean failsOnRegression, boolean headFailed) {
        if (failsOnRegression && cells.stream().anyMatch(GateCell::isRegression)) {
            return ExitCode.REGRESSION;
        }
        if (headFailed) {
            return ExitCode.HARNESS;
        }
        if (!strict) {
            return ExitCode.DONE;
        }
        if (cells.isEmpty() || !gaps.uncompared().isEmpty()) {
            return ExitCode.NOT_COMPARABLE;
        }
        boolean inconclusive = cells.stream().anyMatch(cell -> cell.verdict() == Verdict.INCONCLUSIVE);
        return inconclusive ? ExitCode.INCONCLUSIVE : ExitCode.DONE;
    }
}
