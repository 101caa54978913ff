package io.quorumark.workload.catalog;

import io.quorumark.workload.WorkloadSpec;
import io.quorumark.workload.spec.SpecException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** The workloads that come with Quorumark: those that models name as theirs. */
public final class WorkloadCatalog {
    private static final List<String> NAMES = WorkloadModels.all().stream()
            .flatMap(model -> model.builtInWorkloads().stream())
            .toList();

    private WorkloadCatalog() {}

    /** The names of all built-in workloads, in the order to list them. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * A built-in workload.
     *
     * @throws SpecException there is none of that name; the message lists those there are
     */
    public static WorkloadSpec find(String name) {
        if (!NAMES.contains(name)) {
            throw new SpecException(
                    "workload " + name,
                    0,
                    "",
                    "is not in the catalog, expected one of " + String.join(", ", NAMES)
                            + ", or the path of a .yaml file");
        }
        String resource = "/io/quorumark/workload/" + name + ".yaml";
        try (InputStream in = WorkloadCatalog.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing from the jar: build it again");
            }
            return WorkloadFile.read(resource, in);
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be read from the jar", e);
        }
    }

    /**
     * Whether this is the path of a workload file, which ends in {@code .yaml} or {@code .yml}, and not the name of a built-in workload.
     */
    public static boolean isPath(String nameOrPath) {
        return nameOrPath.endsWith(".yaml") || nameOrPath.endsWith(".yml");
    }

    /**
     * A workload by the name of a built-in one, or by the path of a file.
     *
     * @throws SpecException there is none, or the file cannot be used
     */
    public static WorkloadSpec resolve(String nameOrPath) {
        return isPath(nameOrPath) ? WorkloadFile.read(Path.of(nameOrPath)) : find(nameOrPath);
    }
}
