package io.quorumark.app.campaign;

import io.quorumark.app.UsageError;
import io.quorumark.results.model.Cell;
import io.quorumark.results.store.AtomicFiles;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.workload.WorkloadSpec;
import io.quorumark.workload.catalog.WorkloadCatalog;
import io.quorumark.workload.spec.SpecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The workloads of a plan, read once: what one is recognised by may be the digest of a long trace. In the plan's order; no two have the same name. */
public final class PlannedWorkloads {
    private final Map<String, PlannedWorkload> byName = new LinkedHashMap<>();

    /**
     * @param source the name of a built-in workload, or the path of a file
     * @param spec as it was read
     * @param identity of {@code spec}
     */
    record PlannedWorkload(String source, WorkloadSpec spec, String identity) {
        private boolean isFile() {
            return WorkloadCatalog.isPath(source);
        }
    }

    private PlannedWorkloads() {}

    /**
     * Reads them.
     *
     * @param sources names of built-in workloads, or paths of files
     * @throws SpecException one of them cannot be used, or has the name of a built-in workload and is another
     * @throws UsageError two have the same name
     */
    static PlannedWorkloads read(List<String> sources) {
        PlannedWorkloads workloads = new PlannedWorkloads();
        for (String source : sources) {
            WorkloadSpec spec = WorkloadCatalog.resolve(source);
            PlannedWorkload workload = new PlannedWorkload(source, spec, spec.identity());
            checkName(workload);
            PlannedWorkload other = workloads.byName.putIfAbsent(spec.name(), workload);
            if (other != null) {
                throw new UsageError("workloads: '" + other.source + "' and '" + source + "' are both named '"
                        + spec.name() + "'; give each a name of its own");
            }
        }
        return workloads;
    }

    private static void checkName(PlannedWorkload workload) {
        String name = workload.spec.name();
        if (workload.isFile()
                && WorkloadCatalog.names().contains(name)
                && !workload.identity.equals(WorkloadCatalog.find(name).identity())) {
            throw new SpecException(
                    workload.source,
                    0,
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

    /** Copies the files among them into the campaign's folder, for those who read the results later. */
    public void keepIn(CampaignFolder folder) throws IOException {
        for (PlannedWorkload workload : all()) {
            if (workload.isFile()) {
                Path copy = folder.workloadYaml(workload.spec.name());
                Files.createDirectories(folder.workloads());
                AtomicFiles.write(copy, Files.readString(Path.of(workload.source)));
            }
        }
    }
}
