package io.quorumark.report.index;

import io.quorumark.report.page.Check;
import io.quorumark.report.page.Headline;
import io.quorumark.report.page.ReportContent;
import io.quorumark.results.ExitCode;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.decision.GatedOption;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Host;
import io.quorumark.results.model.Trial.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * One campaign in an index: what its report says first, without its trials.
 *
 * @param documents where it lies, and what can be opened there
 * @param host the machine that its figures hold for
 * @param sentence that leads its report
 * @param durability the levels at which operations were acknowledged, each once
 * @param workloads each once, in the plan's order
 * @param engines their names, each once
 * @param checks of its report
 * @param options at the gates of its report
 * @param outcome what the trials come to
 * @param tracked figures that are followed over campaigns
 * @param layers what its cells cost, by what they reach
 */
public record CampaignCard(
        CampaignDocuments documents,
        String campaignId,
        Instant createdAt,
        String profile,
        Host host,
        String sentence,
        List<String> durability,
        List<String> workloads,
        List<String> engines,
        long countingTrials,
        int plannedTrials,
        List<Check> checks,
        List<GatedOption> options,
        ExitCode outcome,
        List<TrackedFigure> tracked,
        List<LayerCell> layers) {

    public CampaignCard {
        durability = List.copyOf(durability);
        workloads = List.copyOf(workloads);
        engines = List.copyOf(engines);
        checks = List.copyOf(checks);
        options = List.copyOf(options);
        tracked = List.copyOf(tracked);
        layers = List.copyOf(layers);
    }

    /** Keeps nothing of the analysis but what the card shows, so that an index needs the memory of one campaign at a time. */
    public static CampaignCard of(Analysis analysis, CampaignDocuments documents) {
        ReportContent content = ReportContent.of(analysis);
        Campaign campaign = content.campaign();
        return new CampaignCard(
                documents,
                campaign.id(),
                campaign.createdAt(),
                campaign.profile(),
                campaign.host(),
                Headline.of(content).sentence(),
                campaign.cells().stream()
                        .map(CampaignCard::acknowledgedAt)
                        .distinct()
                        .toList(),
                campaign.cells().stream().map(Cell::workload).distinct().toList(),
                campaign.cells().stream().map(Cell::engineName).distinct().toList(),
                content.trials().stream()
                        .filter(trial -> trial.outcome() == Outcome.VALID)
                        .count(),
                analysis.stored().plannedTrials(),
                content.checks(),
                content.gated(),
                analysis.exitCode(),
                TrackedFigure.of(content),
                LayerCell.of(content));
    }

    /** What is called by its name in the card: workloads and engines. */
    List<String> names() {
        return Stream.concat(workloads.stream(), engines.stream()).toList();
    }

    private static String acknowledgedAt(Cell cell) {
        return cell.target().isReplicated()
                ? cell.cluster().logDurability()
                : cell.cluster().stateDurability();
    }
}
