package io.quorumark.results.store;

import java.nio.file.Path;
import java.util.Set;

/**
 * The paths inside a campaign's folder.
 *
 * @param root the folder
 */
public record CampaignFolder(Path root) {
    private static final String DURABILITY = "durability.json";
    private static final String LINEARIZABILITY = "linearizability.json";

    /** Files of evidence that may be put beside a campaign. */
    static final Set<String> EVIDENCE = Set.of(DURABILITY, LINEARIZABILITY);

    /** Where a campaign's own workload files lie in its folder. */
    public static final String WORKLOADS = "workloads";

    /** Where a copy of the weights lies that the decision record was made with. */
    public static final String WEIGHTS = "weights";

    /** {@link io.quorumark.results.model.Campaign}. */
    public Path campaignJson() {
        return root.resolve("campaign.json");
    }

    /** The resolved plan. */
    public Path planYaml() {
        return root.resolve("plan.yaml");
    }

    /**
     * The files of those workloads that do not come with the program, as they were when the campaign began, and the tables and traces that
     * they name.
     */
    public Path workloads() {
        return root.resolve(WORKLOADS);
    }

    /** One of them. */
    public Path workloadYaml(String name) {
        return workloads().resolve(name + ".yaml");
    }

    /** The weights file of the decision record, under its own name; no such folder if it was made with the defaults. */
    public Path weights() {
        return root.resolve(WEIGHTS);
    }

    /** {@link Manifest}. */
    public Path manifestJson() {
        return root.resolve("manifest.json");
    }

    /** What trials leave. */
    public Path trials() {
        return root.resolve("trials");
    }

    /** {@link io.quorumark.results.model.Trial}; its existence makes the trial count. */
    public Path trialJson(int block, String cellId) {
        return trial(block, cellId, ".json");
    }

    /** The trial's histograms, in HdrHistogram's log format, tagged by operation class. */
    public Path trialHistograms(int block, String cellId) {
        return trial(block, cellId, ".hlog");
    }

    /** What the trial's JVM said. */
    public Path trialLog(int block, String cellId) {
        return trial(block, cellId, ".log");
    }

    /** Held by the process that writes the campaign. */
    public Path lock() {
        return root.resolve(".lock");
    }

    /** {@link io.quorumark.results.drill.DrillEvidence}, if somebody has held drills for this campaign. */
    public Path drillsJson() {
        return root.resolve("drills.json");
    }

    /** {@link io.quorumark.results.durability.DurabilityEvidence}, if somebody has made some after the campaign began. */
    public Path durabilityJson() {
        return root.resolve(DURABILITY);
    }

    /** {@link io.quorumark.results.linearizability.LinearizabilityEvidence}, if somebody has made some. */
    public Path linearizabilityJson() {
        return root.resolve(LINEARIZABILITY);
    }

    public Path reportHtml() {
        return root.resolve("report.html");
    }

    public Path reportMarkdown() {
        return root.resolve("report.md");
    }

    public Path adr() {
        return root.resolve("adr.md");
    }

    private Path trial(int block, String cellId, String suffix) {
        String number = Integer.toString(block + 1);
        return trials().resolve("b" + "0".repeat(Math.max(0, 3 - number.length())) + number + "-" + cellId + suffix);
    }
}
