package io.quorumark.report;

import io.quorumark.report.gate.GateAnswer;
import io.quorumark.report.gate.GateAnswer.Kind;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.gate.Gate;
import io.quorumark.results.gate.GateResult;
import io.quorumark.results.gate.Waiver;
import io.quorumark.results.gate.Waivers;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Trial;
import io.quorumark.results.store.ResultsJson;
import io.quorumark.results.store.StoredCampaign;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Answers of gates on invented campaigns: LMDB is slower in a later campaign, with another version of it and another plan. */
final class GateFixture {
    private static final String COMMAND = "scripts/quorumark gate --base results/main --head results/branch";

    private GateFixture() {}

    static GateAnswer regression() {
        Analysis base = base();
        return gate(Gate.compare(base, slower(), false), base, slower());
    }

    /** The same regression of the closed loop under a waiver. */
    static GateAnswer waived() {
        Waiver waiver = new Waiver(
                new Waiver.Matching("lmdb", "ycsb-*"),
                "a fix for <torn> pages",
                LocalDate.parse("2026-12-31"),
                Optional.of("the storage group"));
        Analysis base = base();
        return gate(
                Gate.compare(base, slower(), false, new Waivers(List.of(waiver), LocalDate.parse("2026-11-28"))),
                base,
                slower());
    }

    static GateAnswer passed() {
        Analysis base = base();
        Analysis head = later(base, UnaryOperator.identity());
        return gate(Gate.compare(base, head, false), base, head);
    }

    /** Of which no trial of the head counts. */
    static GateAnswer unmeasured() {
        Analysis base = base();
        StoredCampaign slower = slower().stored();
        Analysis none = Analysis.of(new StoredCampaign(slower.folder(), slower.campaign(), List.of()));
        return gate(Gate.compare(base, none, false), base, none);
    }

    /** Of another machine. */
    static GateAnswer otherMachine() {
        Analysis base = base();
        Analysis head = later(base, json -> json.replace("a1b2c3d4e5f6", "ffffffffffff"));
        return gate(Gate.compare(base, head, false), base, head);
    }

    static GateAnswer comparison() {
        Analysis base = base();
        return new GateAnswer(
                Kind.COMPARISON,
                Gate.comparison(base, slower(), false),
                base,
                slower(),
                "scripts/quorumark compare results/main results/branch");
    }

    /** With this text as everything that a campaign may bring along. */
    static GateAnswer hostile(String text) {
        Analysis base = CampaignFixture.analysis(true, text, 1);
        Analysis head = later(CampaignFixture.analysis(true, text, 0.7), UnaryOperator.identity());
        return new GateAnswer(Kind.GATE, Gate.compare(base, head, false), base, head, text);
    }

    private static GateAnswer gate(GateResult result, Analysis base, Analysis head) {
        return new GateAnswer(Kind.GATE, result, base, head, COMMAND);
    }

    private static Analysis base() {
        return CampaignFixture.withOpenLoops(CampaignFixture.analysis(true, CampaignFixture.SUNSET, 1));
    }

    private static Analysis slower() {
        return later(
                CampaignFixture.withOpenLoops(CampaignFixture.analysis(true, CampaignFixture.SUNSET, 0.7)),
                json -> json.replace(
                                "\"engine\":\"lmdb\",\"engineName\":\"LMDB\",\"engineVersion\":\"1.1\"",
                                "\"engine\":\"lmdb\",\"engineName\":\"LMDB\",\"engineVersion\":\"1.2\"")
                        .replace("\"org.lmdbjava:lmdbjava\":\"0.9.3\"", "\"org.lmdbjava:lmdbjava\":\"0.9.4\"")
                        .replace("9f1c2ab", "77aa01b")
                        .replace(
                                "workloads: [ycsb-a, session-store]",
                                "workloads: [ycsb-a, session-store]\\nload:\\n  clients: 64"));
    }

    /** A week later, otherwise what {@code change} makes of the stored campaign. */
    private static Analysis later(Analysis analysis, UnaryOperator<String> change) {
        StoredCampaign stored = analysis.stored();
        UnaryOperator<String> moved = json -> json.replace("20261120T220612Z-adr-4f1c", "20261127T220612Z-adr-77aa")
                .replace("2026-11-20T22:06:12Z", "2026-11-27T22:06:12Z");
        Campaign campaign =
                read("campaign", moved.apply(change.apply(ResultsJson.writeLine(stored.campaign()))), Campaign.class);
        List<Trial> trials = stored.trials().stream()
                .map(trial -> read("trial", moved.apply(ResultsJson.writeLine(trial)), Trial.class))
                .toList();
        return Analysis.of(new StoredCampaign(stored.folder(), campaign, trials));
    }

    private static <T> T read(String name, String json, Class<T> type) {
        return ResultsJson.readLine(Path.of(name), 1, json, type);
    }
}
