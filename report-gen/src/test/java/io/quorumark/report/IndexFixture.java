package io.quorumark.report;

import io.quorumark.report.index.CampaignCard;
import io.quorumark.report.index.CampaignDocuments;
import io.quorumark.report.index.CampaignIndex;
import io.quorumark.report.index.LeftOutFolder;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Host;
import io.quorumark.results.model.Trial;
import io.quorumark.results.store.ResultsJson;
import io.quorumark.results.store.StoredCampaign;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Invented campaigns of two machines, and a folder that cannot be read. */
final class IndexFixture {
    private static final Pattern CPU = Pattern.compile("(\"resources\":\\{\"cpuNanosPerOperation\":)([0-9.E]+)");

    private IndexFixture() {}

    static List<CampaignCard> cards() {
        Analysis judged = CampaignFixture.analysis(true, CampaignFixture.SUNSET, 1);
        return List.of(
                card(judged, "small", 0, "first"),
                card(CampaignFixture.analysis(false, CampaignFixture.SUNSET, 1.05), "small", 2, "nested/second"),
                card(judged, "large", 1, "nested/third"));
    }

    static CampaignIndex index() {
        return CampaignIndex.of(
                "1.2.3",
                cards(),
                List.of(new LeftOutFolder("torn", "campaign.json: is truncated; restore it from a copy")));
    }

    /** The same cells bare, behind the state machine and replicated, in three campaigns of one machine. */
    static List<CampaignCard> depths() {
        return List.of(
                card(reaching("engine", 0.2), "small", 0, "bare"),
                card(reaching("state-machine", 0.5), "small", 1, "without-raft"),
                card(reaching("cluster", 1), "small", 2, "replicated"));
    }

    /** @param cpu of what a replicated operation costs */
    private static Analysis reaching(String target, double cpu) {
        StoredCampaign stored =
                CampaignFixture.analysis(true, CampaignFixture.SUNSET, 1).stored();
        String json = ResultsJson.writeLine(stored.campaign())
                .replace("\"target\":\"cluster\"", "\"target\":\"" + target + "\"");
        List<Trial> trials = stored.trials().stream()
                .map(trial -> ResultsJson.readLine(
                        Path.of("trial"), 1, withCpu(ResultsJson.writeLine(trial), cpu), Trial.class))
                .toList();
        return Analysis.of(new StoredCampaign(
                stored.folder(), ResultsJson.readLine(Path.of("campaign"), 1, json, Campaign.class), trials));
    }

    private static String withCpu(String trial, double factor) {
        return CPU.matcher(trial).replaceFirst(found -> found.group(1) + factor * Double.parseDouble(found.group(2)));
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
