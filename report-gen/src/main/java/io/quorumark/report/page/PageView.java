package io.quorumark.report.page;

import io.quorumark.report.chart.Key;
import io.quorumark.report.chart.Shapes;
import io.quorumark.report.text.Figures;
import io.quorumark.report.text.RevisionText;
import io.quorumark.results.model.Campaign;
import java.util.List;
import java.util.stream.IntStream;

/** What the templates of page and Markdown fill in, made once for both; the names are theirs. */
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
        String shapes,
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
        List<Facts.Fact> reading) {

    /** An engine that charts show. */
    public record LegendView(String name, String key) {}

    private static List<GroupView> groups(ReportContent content) {
        List<ComparisonGroup> groups = content.groups();
        List<String> settings = groups.stream()
                .map(group -> LabelledCells.setting(group.anyCell()))
                .toList();
        return IntStream.range(0, groups.size())
                .parallel()
                .mapToObj(i -> GroupView.of(
                        groups.get(i), settings.indexOf(settings.get(i)) < i, content.campaign(), content.trials()))
                .toList();
    }

    public static PageView of(ReportContent content) {
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
                Shapes.svg(),
                content.labelledCells().legend().stream()
                        .map(c -> new LegendView(c.label(), Key.svg(c.slot())))
                        .toList(),
                groups(content),
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
                Glossary.of(campaign));
    }
}
