package io.quorumark.report.index;

import io.quorumark.report.gate.GateJson;
import io.quorumark.report.text.Figures;
import io.quorumark.results.decision.GatedOption;
import io.quorumark.results.model.Host;
import io.quorumark.results.store.ResultsJson;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An index as JSON for programs. Keys are added within a format version, never renamed or removed; docs/reports.md describes them. */
public final class IndexJson {
    private static final int FORMAT_VERSION = 1;

    private IndexJson() {}

    /** The whole document. The same index gives the same text. */
    public static String render(CampaignIndex index) {
        return ResultsJson.write(new Document(
                FORMAT_VERSION,
                index.machines().stream()
                        .map(machine -> new Machine(
                                machine.host(),
                                machine.campaigns().stream()
                                        .map(IndexJson::entry)
                                        .toList()))
                        .toList(),
                index.leftOut()));
    }

    record Document(int formatVersion, List<Machine> machines, List<LeftOutFolder> leftOut) {}

    record Machine(Host host, List<Entry> campaigns) {}

    /**
     * @param report URL relative to the index; null if there is no report
     * @param record URL relative to the index; null if there is no decision record
     */
    record Entry(
            String folder,
            @Nullable String report,
            @Nullable String record,
            String campaignId,
            Instant createdAt,
            String profile,
            String sentence,
            List<String> durability,
            List<String> workloads,
            long countingTrials,
            int plannedTrials,
            String outcome,
            List<Option> options,
            List<TrackedFigure> tracked) {}

    record Option(String name, String engine, String engineVersion, String status, List<Gate> gates) {}

    record Gate(String gate, String outcome, String reason) {}

    private static Entry entry(CampaignCard card) {
        return new Entry(
                card.documents().folder(),
                card.documents().report().orElse(null),
                card.documents().record().orElse(null),
                card.campaignId(),
                card.createdAt(),
                card.profile(),
                card.sentence(),
                card.durability(),
                card.workloads(),
                card.countingTrials(),
                card.plannedTrials(),
                GateJson.key(card.outcome()),
                card.options().stream().map(IndexJson::option).toList(),
                card.tracked().stream().map(IndexJson::rounded).toList());
    }

    private static TrackedFigure rounded(TrackedFigure figure) {
        return new TrackedFigure(figure.series(), figure.name(), Figures.rounded(figure.value()), figure.text());
    }

    private static Option option(GatedOption option) {
        return new Option(
                option.option().name(),
                option.option().engine(),
                option.option().engineVersion(),
                option.status(),
                option.gates().stream()
                        .map(gate -> new Gate(gate.gate(), gate.outcome().words(), gate.reason()))
                        .toList());
    }
}
