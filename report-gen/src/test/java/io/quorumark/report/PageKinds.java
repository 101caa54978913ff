package io.quorumark.report;

import io.quorumark.report.gate.GateHtml;
import io.quorumark.report.index.CampaignIndex;
import io.quorumark.report.index.IndexHtml;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.store.CampaignReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A page of every kind, that of the kept campaign among them, as files that a browser opens. */
final class PageKinds {
    static final String HOSTILE = "</style><b>" + "unbroken".repeat(20);

    /** Six engines on eight workloads: the largest campaign that a page is made for. */
    static final String WIDE = "wide.html";

    private PageKinds() {}

    /** A page with line breaks where a browser may put them, as its template has it. */
    static String breaking(String page) {
        return page.replaceAll("<span class=k>([^<]*)</span>", "$1").replace('\u00a0', ' ');
    }

    /** Of each kind one that has all parts that a page of it can have. */
    static List<Path> withAllParts(Path folder) throws IOException {
        return write(folder, kindsWithAllParts());
    }

    private static Map<String, String> kindsWithAllParts() throws IOException {
        Map<String, String> kinds = new LinkedHashMap<>();
        kinds.put("report.html", HtmlReport.render(CampaignFixture.judged()));
        kinds.put("gate.html", GateHtml.render(GateFixture.regression()));
        kinds.put("index-depths.html", IndexHtml.render(CampaignIndex.of("1", IndexFixture.depths(), List.of())));
        return kinds;
    }

    /** By the name of their files. */
    static List<Path> all(Path folder) throws IOException {
        Map<String, String> kinds = kindsWithAllParts();
        kinds.put("quick.html", HtmlReport.render(CampaignFixture.quick()));
        kinds.put("sweep.html", HtmlReport.render(CampaignKinds.sweep()));
        kinds.put("paced.html", HtmlReport.render(CampaignKinds.paced()));
        kinds.put("control-arms.html", HtmlReport.render(CampaignKinds.controlArms()));
        kinds.put("lifecycle.html", HtmlReport.render(CampaignKinds.lifecycle()));
        kinds.put("drills.html", HtmlReport.render(CampaignKinds.drills(folder)));
        kinds.put("void.html", HtmlReport.render(CampaignKinds.voids()));
        kinds.put("large.html", HtmlReport.render(CampaignKinds.large()));
        kinds.put("hostile.html", HtmlReport.render(CampaignFixture.hostile(HOSTILE)));
        kinds.put("hostile-names.html", HtmlReport.render(CampaignKinds.hostileNames(HOSTILE)));
        kinds.put("hostile-gate.html", GateHtml.render(GateFixture.hostile(HOSTILE)));
        kinds.put("index.html", IndexHtml.render(IndexFixture.index()));
        kinds.put("hostile-index.html", IndexHtml.render(IndexFixture.hostile(HOSTILE)));
        kinds.put("gate-passed.html", GateHtml.render(GateFixture.passed()));
        kinds.put("gate-unmeasured.html", GateHtml.render(GateFixture.unmeasured()));
        kinds.put("comparison.html", GateHtml.render(GateFixture.comparison()));
        kinds.put(
                "kept.html",
                HtmlReport.render(
                        Analysis.of(CampaignReader.read(Path.of("..", "results", "reference", "five-engines")))));
        kinds.put(WIDE, HtmlReport.render(CampaignKinds.wide()));
        return write(folder, kinds);
    }

    private static List<Path> write(Path folder, Map<String, String> kinds) throws IOException {
        List<Path> pages = new ArrayList<>();
        for (Map.Entry<String, String> kind : kinds.entrySet()) {
            pages.add(Files.writeString(folder.resolve(kind.getKey()), kind.getValue()));
        }
        return pages;
    }
}
