package io.quorumark.report.page;

import io.quorumark.report.chart.Key;
import io.quorumark.results.model.Campaign;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

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
        List<RaceView> races,
        RunOrder order,
        DurabilityMatrix durability,
        DrillsView drills,
        LifecycleView lifecycle,
        List<Facts> environment,
        List<Facts> options,
        String seed,
        String command,
        String commandBlock,
        String plan,
        List<Facts.Fact> reading,
        String jsonBase64,
        Asset style,
        Asset script) {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** An engine that charts show. */
    public record LegendView(String name, String key) {}

    /** @param json the figures for programs, which the page offers for download */
    public static PageView of(Findings findings, String json, Asset style, Asset script) {
        Campaign campaign = findings.campaign();
        Headline headline = Headline.of(findings);
        return new PageView(
                campaign.software().quorumarkVersion(),
                EnvironmentSection.revision(campaign.software()),
                campaign.id(),
                MINUTE.format(campaign.createdAt()),
                campaign.profile(),
                headline.sentence(),
                headline.support(),
                headline.notes(),
                !headline.notes().isEmpty(),
                HeatMap.of(findings.races()),
                findings.checks(),
                findings.contenders().legend().stream()
                        .map(c -> new LegendView(c.label(), Key.svg(c.slot())))
                        .toList(),
                findings.races().stream()
                        .map(race -> RaceView.of(race, campaign, findings.trials()))
                        .toList(),
                RunOrder.of(findings.trials(), findings.contenders()),
                DurabilityMatrix.of(campaign),
                DrillsView.of(campaign, findings.drills()),
                LifecycleView.of(campaign, findings.lifecycle()),
                EnvironmentSection.environment(campaign, findings.trials()),
                EnvironmentSection.options(findings.contenders()),
                String.valueOf(campaign.seed()),
                campaign.command(),
                campaign.command().replaceAll("\\p{Cntrl}", " "),
                campaign.plan(),
                Glossary.of(campaign),
                Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8)),
                style,
                script);
    }
}
