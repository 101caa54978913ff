package io.quorumark.campaign;

import io.quorumark.campaign.plan.CompletedPlan;
import io.quorumark.campaign.plan.PlanSources;
import io.quorumark.campaign.plan.Profiles;
import io.quorumark.campaign.plan.ResolvedPlan;
import io.quorumark.campaign.support.UsageError;
import io.quorumark.results.model.Cell;
import io.quorumark.results.store.AtomicFiles;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.results.text.Plural;
import io.quorumark.workload.WorkloadSpec;
import io.quorumark.workload.catalog.PortableWorkload;
import io.quorumark.workload.catalog.WorkloadCatalog;
import io.quorumark.workload.catalog.WorkloadFile;
import io.quorumark.workload.spec.SpecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The workloads of a plan, read once: what one is recognised by may be the digest of a long trace. In the plan's order; no two have the
 * same name.
 */
public final class PlannedWorkloads {
    private final Map<String, PlannedWorkload> byName = new LinkedHashMap<>();

    /**
     * @param source the name of a built-in workload, or the path of a file
     * @param spec as it was read
     * @param identity of {@code spec}
     * @param records that are loaded
     * @param recordsSource who says so
     */
    record PlannedWorkload(String source, WorkloadSpec spec, String identity, long records, String recordsSource) {
        private boolean isFile() {
            return WorkloadCatalog.isPath(source);
        }

        /** What the plan in the campaign's folder calls it: a file beside that plan, or the name it has anywhere. */
        private String storedName() {
            return isFile() ? CampaignFolder.WORKLOADS + "/" + spec.name() + ".yaml" : source;
        }
    }

    private PlannedWorkloads() {}

    /**
     * Reads them.
     *
     * @param completed whose workloads are names of built-in ones, or paths of files
     * @throws SpecException one of them cannot be used, or has the name of a built-in workload and is another
     * @throws UsageError two have the same name, with file and line
     */
    static PlannedWorkloads read(CompletedPlan completed) {
        PlannedWorkloads workloads = new PlannedWorkloads();
        List<String> sources = completed.plan().workloads();
        for (int i = 0; i < sources.size(); i++) {
            String source = sources.get(i);
            String key = "workloads[" + i + "]";
            checkIsThere(completed.sources(), key, source);
            PlannedWorkload workload = read(source, completed);
            WorkloadSpec spec = workload.spec;
            checkName(workload);
            PlannedWorkload other = workloads.byName.putIfAbsent(spec.name(), workload);
            if (other != null) {
                throw completed
                        .sources()
                        .fault(
                                key,
                                source,
                                "no second workload named '" + spec.name() + "', as '" + other.source
                                        + "' is; give each a name of its own");
            }
        }
        return workloads;
    }

    /** If a file names it, the file's line helps more than what the catalog says. */
    private static void checkIsThere(PlanSources sources, String key, String source) {
        if (sources.isInFile(key)
                && !WorkloadCatalog.isPath(source)
                && !WorkloadCatalog.names().contains(source)) {
            throw sources.fault(key, source, "one of " + WorkloadCatalog.names() + ", or the path of a .yaml file");
        }
    }

    /** Records: what an option or the plan says, else a file its own number, else the profile's for what comes with the program. */
    private static PlannedWorkload read(String source, CompletedPlan completed) {
        WorkloadSpec spec = WorkloadCatalog.resolve(source);
        ResolvedPlan plan = completed.plan();
        Long planned = plan.records();
        if (planned != null) {
            return new PlannedWorkload(
                    source, spec, spec.identity(), planned, completed.sources().of("records"));
        }
        return WorkloadCatalog.isPath(source)
                ? new PlannedWorkload(source, spec, spec.identity(), spec.records(), "workload " + source)
                : new PlannedWorkload(
                        source, spec, spec.identity(), Profiles.records(plan.profile()), "profile " + plan.profile());
    }

    private static void checkName(PlannedWorkload workload) {
        String name = workload.spec.name();
        if (workload.isFile()
                && WorkloadCatalog.names().contains(name)
                && !workload.identity.equals(WorkloadCatalog.find(name).identity())) {
            throw WorkloadFile.fault(
                    Path.of(workload.source),
                    "name",
                    "is '" + name + "', a built-in workload that this one differs from; give it a name of its own");
        }
    }

    Collection<PlannedWorkload> all() {
        return byName.values();
    }

    /**
     * What a cell of the plan runs.
     *
     * @throws IllegalArgumentException the plan has no such workload
     */
    PlannedWorkload of(Cell cell) {
        PlannedWorkload workload = byName.get(cell.workload());
        if (workload == null) {
            throw new IllegalArgumentException("the plan has no workload '" + cell.workload() + "', expected one of "
                    + byName.keySet() + "; restore its file, or begin another campaign");
        }
        return workload;
    }

    /** As the plan in the campaign's folder names them. */
    List<String> storedNames() {
        return all().stream().map(PlannedWorkload::storedName).toList();
    }

    /** A line for each: how many records it loads and who says so, and the times of a trace. */
    public List<String> descriptions() {
        List<String> lines = new ArrayList<>();
        for (PlannedWorkload workload : all()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "workload %s: %s (%s)%s",
                    workload.spec.name(),
                    Plural.of(workload.records, "record"),
                    workload.recordsSource,
                    workload.spec.traceTimes().map(times -> "; " + times).orElse("")));
        }
        return lines;
    }

    /** What a reader should doubt of them before anything runs, and what to do. */
    public List<String> doubts() {
        return all().stream()
                .flatMap(workload -> workload.spec.traceDoubt().map(doubt -> workload.source + ": " + doubt).stream())
                .toList();
    }

    /**
     * Copies the files among them, and the files that those name, into the campaign's folder: its plan needs nothing else. What runs
     * from then on are the copies.
     *
     * @return these, read from there
     */
    public PlannedWorkloads keepIn(CampaignFolder folder) throws IOException {
        PlannedWorkloads kept = new PlannedWorkloads();
        for (PlannedWorkload workload : all()) {
            String source = workload.source;
            if (workload.isFile()) {
                Files.createDirectories(folder.workloads());
                Path copy = folder.workloadYaml(workload.spec.name());
                PortableWorkload portable = PortableWorkload.of(Path.of(source), workload.spec.name());
                for (Map.Entry<String, Path> companion : portable.companions().entrySet()) {
                    AtomicFiles.copy(companion.getValue(), folder.workloads().resolve(companion.getKey()));
                }
                AtomicFiles.write(copy, portable.yaml());
                source = copy.toAbsolutePath().toString();
            }
            kept.byName.put(
                    workload.spec.name(),
                    new PlannedWorkload(
                            source, workload.spec, workload.identity, workload.records, workload.recordsSource));
        }
        return kept;
    }
}
