package io.quorumark.workload;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What only the workloads of one model have: an immutable record that is written to JSON by its components, so that it is part of {@link
 * WorkloadSpec#identity()}.
 */
public interface ModelSection {
    /** This with the files that it names read, which are relative to {@code folder}. */
    default ModelSection withFilesIn(Path folder) {
        return this;
    }

    /** What recorded times are, for people; empty if there are none. */
    default Optional<String> times() {
        return Optional.empty();
    }

    /** Why recorded times are probably not what they are taken for, and what to do; empty if nothing speaks against them. */
    default Optional<String> doubt() {
        return Optional.empty();
    }
}
