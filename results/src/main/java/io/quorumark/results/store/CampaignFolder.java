package io.quorumark.results.store;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

    private static final String TRIALS = "trials";
    private static final String PLAN = "plan.yaml";
    private static final String LOCK = ".lock";
    private static final String REPORT_HTML = "report.html";
    private static final String REPORT_MARKDOWN = "report.md";
    private static final String ADR = "adr.md";

    /** Folders whose files all belong to the campaign. */
    static final List<String> FOLDERS = List.of(TRIALS, WORKLOADS, WEIGHTS);

    /** What is no JSON of the campaign's own files. */
    private static final Set<String> TEXTS = Set.of(PLAN, LOCK, REPORT_HTML, REPORT_MARKDOWN, ADR);

    /** {@link io.quorumark.results.model.Campaign}. */
    public Path campaignJson() {
        return root.resolve("campaign.json");
    }

    /** The resolved plan. */
    public Path planYaml() {
        return root.resolve(PLAN);
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
        return root.resolve(TRIALS);
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
        return root.resolve(LOCK);
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
        return root.resolve(REPORT_HTML);
    }

    public Path reportMarkdown() {
        return root.resolve(REPORT_MARKDOWN);
    }

    public Path adr() {
        return root.resolve(ADR);
    }

    /**
     * The campaign to which a file would belong, whether it is there or not: as a stored file or document, or as one that {@code verify}
     * would take for a stored one.
     *
     * @param file without links in its path
     */
    public static Optional<CampaignFolder> owner(Path file) {
        for (Path root = file.getParent(); root != null; root = root.getParent()) {
            CampaignFolder folder = new CampaignFolder(root);
            if (Files.exists(folder.campaignJson(), LinkOption.NOFOLLOW_LINKS) && folder.owns(root.relativize(file))) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }

    private boolean owns(Path relative) {
        String first = relative.getName(0).toString();
        if (FOLDERS.contains(first)) {
            return true;
        }
        return relative.getNameCount() == 1
                && (TEXTS.contains(first) || first.endsWith(".json") || first.endsWith(AtomicFiles.TEMPORARY_SUFFIX));
    }

    private Path trial(int block, String cellId, String suffix) {
        String number = Integer.toString(block + 1);
        return trials().resolve("b" + "0".repeat(Math.max(0, 3 - number.length())) + number + "-" + cellId + suffix);
    }
}
