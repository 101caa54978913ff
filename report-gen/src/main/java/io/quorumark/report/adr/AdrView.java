package io.quorumark.report.adr;

import io.quorumark.report.page.ComparisonGroup;
import io.quorumark.report.page.DurabilityMatrix;
import io.quorumark.report.page.Estimate;
import io.quorumark.report.page.Findings;
import io.quorumark.report.page.Headline;
import io.quorumark.report.page.LabelledCell;
import io.quorumark.report.page.Standing;
import io.quorumark.report.text.Figures;
import io.quorumark.report.text.MetricText;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import io.quorumark.results.text.Plural;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What the decision record's template fills in; the names are the template's. */
record AdrView(
        String date,
        String campaignId,
        String title,
        String context,
        String headline,
        String weightsSource,
        List<DriverView> drivers,
        List<OptionView> options,
        String outcome,
        List<String> reasons,
        List<String> consequences,
        DurabilityMatrix durability,
        String command,
        String host) {

    record DriverView(String name, String weight, String meaning) {}

    /**
     * @param scoreText with its range where the intervals support one
     * @param points good, neutral and bad, each citing its cell
     */
    record OptionView(String name, String scoreText, List<PointView> points) {}

    record PointView(String word, String text) {}

    static AdrView of(Findings findings, AdrWeights weights) {
        Campaign campaign = findings.campaign();
        Outcome outcome = Outcome.of(findings, weights);
        Scores scores = new Scores(findings, weights);
        List<DriverView> drivers = new ArrayList<>();
        for (AdrDriver driver : AdrDriver.all()) {
            if (weights.of(driver) > 0) {
                drivers.add(new DriverView(driver.title(), Figures.fixed(weights.of(driver), 3), driver.meaning()));
            }
        }
        return new AdrView(
                campaign.createdAt().atZone(ZoneOffset.UTC).toLocalDate().toString(),
                campaign.id(),
                outcome.winner()
                        .map(w -> "Use " + w + " under the Raft group")
                        .orElse("Choose the engine under the Raft group"),
                "Campaign " + campaign.id() + " compared "
                        + Plural.of(findings.contenders().legend().size(), "engine") + " on "
                        + String.join(
                                ", ",
                                findings.races().stream()
                                        .map(ComparisonGroup::title)
                                        .toList()) + ".",
                Headline.of(findings).sentence(),
                weights.source(),
                drivers,
                findings.contenders().legend().stream()
                        .map(c -> option(c, findings, weights, scores))
                        .toList(),
                outcome.winner()
                        .map(w -> "Proposed option: " + w + ".")
                        .orElse("No winner is supported by these results."),
                outcome.reasons(),
                consequences(outcome, findings),
                DurabilityMatrix.of(campaign),
                campaign.command().replaceAll("\\p{Cntrl}", " "),
                campaign.host().cpuModel() + ", " + campaign.host().cpuCount() + " processors, "
                        + Figures.bytes((double) campaign.host().memoryBytes()) + ", "
                        + campaign.host().dataFilesystem() + " on "
                        + campaign.host().dataDevice()
                        + ", fingerprint " + campaign.host().fingerprint());
    }

    private static List<String> consequences(Outcome outcome, Findings findings) {
        return outcome.winner()
                .map(winner -> {
                    List<String> consequences = new ArrayList<>();
                    findings.contenders().legend().stream()
                            .filter(c -> c.label().equals(winner))
                            .forEach(c -> c.cell().caveats().forEach(v -> consequences.add("Bad, because: " + v)));
                    consequences.add(
                            "Neutral, because the figures hold for this machine, these workloads and this durability; others need a"
                                    + " campaign of their own.");
                    return List.copyOf(consequences);
                })
                .orElse(List.of(
                        "Good, because nothing is decided on evidence that is too thin.",
                        "Bad, because the decision waits for a campaign with the adr profile."));
    }

    private static OptionView option(LabelledCell option, Findings findings, AdrWeights weights, Scores scores) {
        List<PointView> points = new ArrayList<>();
        for (ComparisonGroup race : findings.races()) {
            for (Standing standing : race.standings()) {
                if (standing.contender().label().equals(option.label())) {
                    addPoints(points, race, standing, findings.campaign(), weights);
                }
            }
        }
        option.cell().caveats().forEach(caveat -> points.add(new PointView("Bad", caveat)));
        double score = scores.of(option.label(), Scores.Bound.ESTIMATE);
        double worst = scores.of(option.label(), Scores.Bound.WORST);
        String range = Double.isFinite(worst)
                ? " [" + Figures.significant(worst) + ", "
                        + Figures.significant(scores.of(option.label(), Scores.Bound.BEST)) + "]"
                : ", no range: an interval is missing";
        return new OptionView(option.label(), Figures.significant(score) + range, points);
    }

    private static void addPoints(
            List<PointView> points, ComparisonGroup race, Standing standing, Campaign campaign, AdrWeights weights) {
        Cell cell = standing.contender().cell();
        String citation = " [" + campaign.id() + " / " + cell.id() + "]";
        for (AdrDriver driver : AdrDriver.all()) {
            if (weights.of(driver) == 0) {
                continue;
            }
            Metric metric = driver.metric().orElse(null);
            if (metric == null) {
                String durability = Scores.ownDurability(standing.contender());
                points.add(new PointView(
                        durability.equals("POWER_LOSS") ? "Good" : durability.equals("NONE") ? "Bad" : "Neutral",
                        race.title() + ": a write that it acknowledged itself survives " + durability
                                + (cell.cluster().logEngine().equals(cell.engine())
                                        ? ""
                                        : "; the log lay on " + cell.cluster().logEngine())
                                + citation));
            } else {
                points.add(new PointView(
                        word(metric, standing, race),
                        race.title() + ": " + metric.title() + " " + figure(metric, standing.of(metric)) + citation));
            }
        }
    }

    private static String figure(Metric metric, Estimate estimate) {
        String value = MetricText.column(metric, estimate.value());
        String unit = metric.unit() == Metric.Unit.OPERATIONS_PER_SECOND ? " ops/s" : "";
        return value
                + unit
                + (estimate.hasInterval()
                        ? " "
                                + Figures.range(
                                        value,
                                        MetricText.column(metric, estimate.low()),
                                        MetricText.column(metric, estimate.high()))
                                + " at " + Figures.confidence(estimate.confidence())
                        : "");
    }

    /** Good for the best of all, bad for the worst, neutral between; equal figures are neutral. */
    private static String word(Metric metric, Standing standing, ComparisonGroup race) {
        double own = standing.of(metric).value();
        List<Double> all = race.standings().stream()
                .map(s -> s.of(metric).value())
                .filter(Double::isFinite)
                .sorted(metric.moreIsBetter() ? Comparator.reverseOrder() : Comparator.naturalOrder())
                .toList();
        if (!Double.isFinite(own) || all.get(0).equals(all.get(all.size() - 1))) {
            return "Neutral";
        }
        return own == all.get(0) ? "Good" : own == all.get(all.size() - 1) ? "Bad" : "Neutral";
    }
}
