package io.quorumark.report.page;

import io.quorumark.report.page.Facts.Fact;
import io.quorumark.report.text.Figures;
import io.quorumark.results.model.Campaign;
import java.util.ArrayList;
import java.util.List;

/** What the words of a report mean. */
final class Glossary {

    private Glossary() {}

    static List<Fact> of(Campaign campaign) {
        Campaign.Design design = campaign.design();
        String confidence = Figures.fixed(design.confidence() * 100, 1) + " %";
        List<Fact> words = new ArrayList<>(
                List.of(
                        new Fact(
                                "Interval",
                                "Figures in brackets hold the true value with the confidence printed beside them, which is what so"
                                        + " many trials attain and at least "
                                        + confidence
                                        + "; trials are fresh JVMs. No brackets: too few trials for such an interval."),
                        new Fact(
                                "Verdict",
                                "better or worse: the whole interval of the ratio lies beyond ± "
                                        + Figures.percent(design.equivalenceBand())
                                        + " of the reference, and the p-value, adjusted for all comparisons (Holm), agrees. equivalent:"
                                        + " wholly within. inconclusive: neither, more blocks are needed."),
                        new Fact(
                                "Band, could show",
                                "Beside each verdict. The band: differences within it do not matter, and the plan alone sets it. If an A/A"
                                        + " arm is noisier than the plan allows, a difference counts only beyond a larger size, which"
                                        + " then stands there too. Could show: the smallest true difference"
                                        + " that so many blocks, as noisy as these, find in four campaigns of five. A verdict of no"
                                        + " difference from a campaign that could not have shown one means little."),
                        new Fact(
                                "Durability",
                                "What an acknowledged write survives. NONE: nothing is promised. PROCESS_CRASH: the process being"
                                        + " killed. POWER_LOSS: the machine losing power."),
                        new Fact(
                                "Log and state",
                                "A Raft member writes every command twice: to its log, whose durability is what a client relies on,"
                                        + " and to its state, which can be rebuilt from snapshot and log. The two may lie on"
                                        + " different engines."),
                        new Fact(
                                "Response time",
                                "From the intended send in an open loop, so that waiting counts. A closed loop sends when it is ready:"
                                        + " its response time is its service time, and understates what waiting clients would see."),
                        new Fact(
                                "Percentiles",
                                "Printed only where at least 100 samples lie beyond them. An interval or band is over trials, never"
                                        + " over the seconds of one."),
                        new Fact(
                                "Harness ceiling",
                                "The same load on an engine that stores nothing: what clients, Raft and measuring cost. No engine can"
                                        + " be faster, and it takes part in no ranking."),
                        new Fact("†", "The engine has caveats: they stand under its name in every table."),
                        new Fact(
                                "Written/op and disk",
                                "Bytes that the process handed to the block layer in the measured window, per acknowledged operation;"
                                        + " allocated blocks of all members' folders when the trial ended. The kernel may count"
                                        + " pages of memory-mapped engines more than once."),
                        new Fact(
                                "Data of memory",
                                "A member's data on disk over its engine's memory budget, or all members' data over the kernel's limit"
                                        + " where trials ran under one. Far below 1, reads were served from memory."),
                        new Fact(
                                "Processor time by thread",
                                "client: the load driver, and a bare engine's work; log and apply: Raft's log and state threads with"
                                        + " the engines' work in them; engine: its background; jvm: collecting and compiling.")));
        words.addAll(CostTables.definitions());
        return List.copyOf(words);
    }
}
