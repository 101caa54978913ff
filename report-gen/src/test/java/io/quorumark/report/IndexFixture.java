package io.quorumark.report;

import io.quorumark.report.index.CampaignCard;
import io.quorumark.report.index.CampaignDocuments;
import io.quorumark.report.index.CampaignIndex;
import io.quorumark.report.index.LeftOutFolder;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Host;
import io.quorumark.results.store.StoredCampaign;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Invented campaigns of two machines, and a folder that cannot be read. */
final class IndexFixture {
    private IndexFixture() {}

    static List<CampaignCard> cards() {
        Analysis judged = CampaignFixture.analysis(true, CampaignFixture.SUNSET, 1);
        return List.of(
                card(judged, "small", 0, "first"),
                card(CampaignFixture.analysis(false, CampaignFixture.SUNSET, 1), "small", 2, "nested/second"),
                card(judged, "large", 1, "nested/third"));
    }

    static CampaignIndex index() {
        return CampaignIndex.of(
                "1.2.3",
                cards(),
                List.of(new LeftOutFolder("torn", "campaign.json: is truncated; restore it from a copy")));
    }

    /** One campaign whose every text from outside is this one. */
    static CampaignIndex hostile(String text) {
        return CampaignIndex.of(
                "1.2.3",
                List.of(card(CampaignFixture.analysis(true, text, 1), text, 0, text)),
                List.of(new LeftOutFolder(text, text)));
    }

    private static CampaignCard card(Analysis analysis, String machine, int day, String folder) {
        StoredCampaign stored = analysis.stored();
        Campaign campaign = stored.campaign();
        Host host = campaign.host();
        Instant began = campaign.createdAt().plus(Duration.ofDays(day));
        Campaign moved = new Campaign(
                campaign.formatVersion(),
                campaign.id().replace("20261120", "2026112" + day),
                began,
                campaign.profile(),
                campaign.command(),
                campaign.seed(),
                campaign.software(),
                new Host(
                        machine,
                        "Invented CPU, " + machine,
                        host.cpuCount(),
                        host.memoryBytes(),
                        host.os(),
                        host.architecture(),
                        host.dataFilesystem(),
                        host.dataDevice(),
                        host.mountOptions(),
                        host.warnings()),
                campaign.plan(),
                campaign.design(),
                campaign.cells(),
                campaign.blockOrder(),
                campaign.durability(),
                campaign.linearizability());
        return CampaignCard.of(
                Analysis.of(new StoredCampaign(stored.folder(), moved, stored.trials())),
                new CampaignDocuments(folder, Optional.of("there/report.html"), Optional.empty()));
    }
}
