package io.quorumark.results.fairness;

import io.quorumark.results.cell.AaArms;
import io.quorumark.results.cell.CellSummary;
import io.quorumark.results.cell.Contrast;
import io.quorumark.results.cell.TrialLabels;
import io.quorumark.results.fairness.FairnessFinding.Severity;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import io.quorumark.results.stats.BlockedRatio;
import io.quorumark.results.stats.EquivalenceBand;
import io.quorumark.results.store.StoredCampaign;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the A/A arms say of the campaign: whether its noise lets it call differences of the planned size, and whether a cell differs from
 * itself. The latter happens by chance in as many campaigns as confidence leaves; in more, something follows the position or the name of a
 * cell.
 */
final class NoiseFloor implements FairnessCheck {
    private static final String ID = "noise-floor";

    @Override
    public List<FairnessFinding> check(StoredCampaign stored) {
        Campaign.Design design = stored.campaign().design();
        List<CellSummary> cells = stored.campaign().cells().stream()
                .map(cell -> CellSummary.of(cell, stored.trialsOf(cell.id())))
                .toList();
        List<FairnessFinding> findings = new ArrayList<>();
        for (AaArms.Arm arm : AaArms.of(cells).arms()) {
            Optional<Contrast> contrast = Contrast.of(
                    arm.first(),
                    arm.twin(),
                    design.confidence(),
                    stored.campaign().seed());
            contrast.ifPresent(
                    each -> check(arm.first().cell(), each.primary(), arm, each.judgedBy(), design, findings));
        }
        return findings;
    }

    private static void check(
            Cell cell,
            BlockedRatio ratio,
            AaArms.Arm arm,
            Metric figure,
            Campaign.Design design,
            List<FairnessFinding> findings) {
        String name = TrialLabels.of(cell);
        double alpha = 1 - design.confidence();
        if (ratio.pValue() <= alpha) {
            findings.add(note(
                    "%s differs from itself by a factor of %.3f in the A/A arm (p = %.3f): by chance, or because of where and when its"
                            + " cells run.",
                    name, ratio.ratio().estimate(), ratio.pValue()));
        }
        new AaArms(List.of(arm))
                .detectable(cell.workload(), figure, ratio.blocks(), alpha)
                .map(detectable -> EquivalenceBand.of(design.equivalenceBand(), Optional.of(detectable)))
                .filter(EquivalenceBand::isRaised)
                .ifPresent(band -> findings.add(note(
                        "By the A/A arm of %s, differences on this workload count from %.1f %% on instead of the planned %.1f %%:"
                                + " this campaign detects no less than half of that. What is called equivalent still lies"
                                + " within the planned band.",
                        name, 100 * band.difference(), 100 * band.planned())));
    }

    private static FairnessFinding note(String format, Object... arguments) {
        return new FairnessFinding(ID, Severity.NOTE, String.format(Locale.ROOT, format, arguments));
    }
}
