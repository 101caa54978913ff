package io.quorumark.workload.catalog;

import io.quorumark.workload.ModelSection;
import io.quorumark.workload.WorkloadModel;
import io.quorumark.workload.WorkloadSpec;
import io.quorumark.workload.key.KeySpec;
import io.quorumark.workload.spec.InvalidValue;
import io.quorumark.workload.spec.SpecException;
import io.quorumark.workload.spec.StrictYaml;
import io.quorumark.workload.spec.YamlDocument;
import io.quorumark.workload.value.ValueSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads workloads from YAML: the keys of every workload, and the section of its model. */
public final class WorkloadFile {
    private WorkloadFile() {}

    /**
     * Reads a workload file, and the files that it names, which are relative to its folder.
     *
     * @throws SpecException one of them cannot be used
     */
    public static WorkloadSpec read(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return StrictYaml.read(file, (name, in) -> read(name, in, folder));
    }

    /**
     * Reads a workload that names no files.
     *
     * @param name what error messages call it
     * @throws SpecException it cannot be used
     * @throws IOException the stream itself failed
     */
    public static WorkloadSpec read(String name, InputStream in) throws IOException {
        return read(name, in, null);
    }

    private static WorkloadSpec read(String name, InputStream in, @Nullable Path folder) throws IOException {
        YamlDocument document = StrictYaml.open(name, in);
        Map<String, Class<? extends ModelSection>> sections = sections();
        document.checkKeys(Keys.class, sections);
        Keys keys = document.rest(Keys.class, sections.keySet());
        WorkloadModel model = WorkloadModels.find(keys.model)
                .orElseThrow(() -> document.located("model", "is \"" + keys.model + "\", expected one of " + models()));
        for (String key : sections.keySet()) {
            if (document.has(key) && !key.equals(model.sectionKey())) {
                throw document.located(key, "is there, expected no such key with this model; remove it");
            }
        }
        Class<? extends ModelSection> type = model.sectionType();
        ModelSection section =
                type == null ? null : document.section(model.sectionKey(), type).orElse(null);
        try {
            return new WorkloadSpec(
                    keys.name,
                    keys.description,
                    model,
                    keys.records,
                    keys.operations,
                    keys.keys,
                    folder == null ? keys.values : keys.values.withFilesIn(folder),
                    keys.maxScanLength,
                    section == null || folder == null ? section : section.withFilesIn(folder),
                    keys.readsMayMiss);
        } catch (InvalidValue e) {
            throw document.located(e);
        }
    }

    /**
     * A fault of a file that was read: what only those who know other workloads can see.
     *
     * @param key of the file
     * @param problem value and expectation
     */
    public static SpecException fault(Path file, String key, String problem) {
        return StrictYaml.read(file, (name, in) -> StrictYaml.open(name, in).located(key, problem));
    }

    /** The keys of models' sections, and what they are read into. */
    static Map<String, Class<? extends ModelSection>> sections() {
        Map<String, Class<? extends ModelSection>> sections = new LinkedHashMap<>();
        for (WorkloadModel model : WorkloadModels.all()) {
            Class<? extends ModelSection> type = model.sectionType();
            if (type != null) {
                sections.put(model.sectionKey(), type);
            }
        }
        return sections;
    }

    private static String models() {
        return WorkloadModels.all().stream().map(WorkloadModel::id).sorted().collect(Collectors.joining(", "));
    }

    /** The keys of every workload, as {@link WorkloadSpec} describes them. */
    record Keys(
            String name,
            String description,
            String model,
            long records,
            @Nullable Map<String, Double> operations,
            @Nullable KeySpec keys,
            ValueSpec values,
            @Nullable Integer maxScanLength,
            @Nullable Boolean readsMayMiss) {}
}
