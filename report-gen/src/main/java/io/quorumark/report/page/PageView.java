package io.quorumark.report.page;

import io.quorumark.report.chart.Key;
import io.quorumark.report.text.DataUri;
import io.quorumark.report.text.Figures;
import io.quorumark.report.text.RevisionText;
import io.quorumark.results.model.Campaign;
import java.util.List;

/** What the web page's template fills in; the names are the template's. */
@SuppressWarnings("UnusedVariable") // read by the template, by name
public record PageView(
        String version,
        String revision,
        String campaignId,
        String startedAt,
        String profile,
        String headline,
        List<String> sentences,
        List<String> notes,
        boolean hasNotes,
        HeatMap heatMap,
        List<Check> checks,
        List<LegendView> legend,
        List<GroupView> groups,
        RunOrder order,
        Weightings weightings,
        StorageModes storage,
        DurabilityMatrix durability,
        DrillsView drills,
        LifecycleView lifecycle,
        List<Facts> environment,
        DataTable memory,
        List<Facts> options,
        String seed,
        String command,
        String commandBlock,
        String plan,
        List<Facts.Fact> reading,
        String jsonUri,
        String csvUri,
        Asset style,
        Asset script) {

    /** An engine that charts show. */
    public record LegendView(String name, String key) {}

    /** What a page offers for download: the figures as JSON, and as CSV for spreadsheets. */
    public record Downloads(String json, String csv) {
        /** For documents that offer none. */
        public static final Downloads NONE = new Downloads("", "");
    }

    /** @param downloads empty for documents that offer none */
    public static PageView of(ReportContent content, Downloads downloads, Asset style, Asset script) {
        Campaign campaign = content.campaign();
        Headline headline = Headline.of(content);
        return new PageView(
                campaign.software().quorumarkVersion(),
                RevisionText.of(campaign.software()),
                campaign.id(),
                Figures.minute(campaign.createdAt()),
                campaign.profile(),
                headline.sentence(),
                headline.support(),
                headline.notes(),
                !headline.notes().isEmpty(),
                HeatMap.of(content.groups()),
                content.checks(),
                content.labelledCells().legend().stream()
                        .map(c -> new LegendView(c.label(), Key.svg(c.slot())))
                        .toList(),
                content.groups().stream()
                        .map(group -> GroupView.of(group, campaign, content.trials()))
                        .toList(),
                RunOrder.of(content.trials(), content.labelledCells()),
                Weightings.of(content),
                StorageModes.of(content),
                DurabilityMatrix.of(campaign),
                DrillsView.of(campaign, content.drills()),
                LifecycleView.of(content),
                EnvironmentSection.environment(campaign, content.trials()),
                EnvironmentSection.memory(content.labelledCells()),
                EnvironmentSection.options(content.labelledCells()),
                String.valueOf(campaign.seed()),
                campaign.command(),
                campaign.command().replaceAll("\\p{Cntrl}", " "),
                campaign.plan(),
                Glossary.of(campaign),
                DataUri.of("application/json", downloads.json()),
                DataUri.of("text/csv;charset=utf-8", downloads.csv()),
                style,
                script);
    }
}
