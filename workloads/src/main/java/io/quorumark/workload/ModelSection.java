package io.quorumark.workload;

import java.nio.file.Path;

/** What only the workloads of one model have: an immutable record that is written to JSON by its components, so that it is part of {@link WorkloadSpec#identity()}. */
public interface ModelSection {
    /** This with the files that it names read, which are relative to {@code folder}. */
    default ModelSection withFilesIn(Path folder) {
        return this;
    }
}
