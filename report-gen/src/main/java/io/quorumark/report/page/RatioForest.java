package io.quorumark.report.page;

import io.quorumark.report.chart.ChartSize;
import io.quorumark.report.chart.ForestChart;
import io.quorumark.report.text.Figures;
import io.quorumark.results.model.Campaign;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How many times as good as the reference every contender is, with intervals. */
final class RatioForest {

    private RatioForest() {}

    static Optional<Figure> of(ComparisonGroup race, Campaign campaign) {
        List<ForestChart.Row> rows = new ArrayList<>();
        List<List<String>> body = new ArrayList<>();
        for (Standing standing : race.standings()) {
            Comparison comparison = standing.comparison().orElse(null);
            if (comparison == null || !comparison.ratio().isPresent()) {
                continue;
            }
            String label = standing.contender().label();
            Estimate ratio = comparison.ratio();
            body.add(List.of(
                    label,
                    Figures.ratio(ratio.value()),
                    comparison.interval().isEmpty() ? Figures.ABSENT : comparison.interval(),
                    comparison.verdict().text()));
            rows.add(new ForestChart.Row(
                    label,
                    standing.contender().slot(),
                    ratio.value(),
                    ratio.low(),
                    ratio.high(),
                    comparison.verdict() == Comparison.Verdict.REFERENCE
                            ? "reference"
                            : comparison.figures() + " " + comparison.verdict().text()));
        }
        if (rows.size() < 2) {
            return Optional.empty();
        }
        String reference = race.reference().orElse("the reference");
        String figure = race.comparedBy();
        ForestChart chart = new ForestChart(
                Figures.capitalized(figure) + " against that of " + reference
                        + ". The table below holds the same figures.",
                figure + ", times as good as " + reference,
                campaign.design().equivalenceBand(),
                ratio -> Figures.fixed(ratio, 3) + "×",
                rows);
        return Optional.of(new Figure(
                race.id() + "-ratio",
                Figures.capitalized(figure) + " against " + reference,
                "Point: estimate; bar: its interval at "
                        + Figures.fixed(campaign.design().confidence() * 100, 1)
                        + " % confidence or more, if the trials support one; grey: differences of up to ± "
                        + Figures.percent(campaign.design().equivalenceBand()) + " that count as none.",
                true,
                chart.svg(ChartSize.FULL),
                chart.svg(ChartSize.NARROW),
                new DataTable(
                        Figures.capitalized(figure) + " against that of " + reference,
                        List.of("engine", "ratio", "interval", "verdict"),
                        body)));
    }
}
