package io.quorumark.report.gate;

import io.quorumark.report.page.Facts.Fact;
import io.quorumark.report.text.Figures;
import io.quorumark.results.gate.GateResult;
import java.util.List;

/** What the words of a gate's page mean. */
final class GateGlossary {
    private GateGlossary() {}

    static List<Fact> of(GateAnswer answer) {
        GateResult result = answer.result();
        return List.of(
                new Fact(
                        "Ratio",
                        "How many times as good the head is as the base, block by block: above 1 is better, below 1 worse, also for"
                                + " response times. Hodges–Lehmann estimate over the blocks that both campaigns have."),
                new Fact(
                        "Interval",
                        "Figures in brackets hold the true value with the confidence printed beside them, which is what so many blocks"
                                + " attain; "
                                + Figures.percent(result.confidence()) + " was asked for."),
                new Fact(
                        "Verdict",
                        "worse or better: the whole interval lies beyond the band, and the p-value agrees. equivalent: wholly within ± "
                                + Figures.percent(result.equivalenceBand())
                                + ". inconclusive: neither; more blocks are needed."
                                + (answer.isGate()
                                        ? " worse is a regression: it fails the gate unless a waiver holds."
                                        : " Nothing passes or fails.")),
                new Fact(
                        "p",
                        "How often blocks without any difference would differ as much, adjusted for all cells (Holm), so that many cells"
                                + " do not make false alarms more likely."),
                new Fact(
                        "Band, could show",
                        "Differences within the band do not matter. Could show: the smallest true difference that so many blocks, as noisy"
                                + " as these, find in four campaigns of five."),
                new Fact(
                        "Cell",
                        "An engine on a workload with its cluster, load, memory and options. Cells of both campaigns are matched by all of"
                                + " that but the engine's version."));
    }
}
