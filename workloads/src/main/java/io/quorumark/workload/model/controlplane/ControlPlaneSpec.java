package io.quorumark.workload.model.controlplane;

import io.quorumark.workload.ModelSection;
import io.quorumark.workload.spec.InvalidValue;

/**
 * What only a {@code control-plane} workload has.
 *
 * @param recordsPerPrefix how many objects a prefix has at the most, 1 to 10000
 */
public record ControlPlaneSpec(int recordsPerPrefix) implements ModelSection {
    /** What holds if a file does not say. */
    static final ControlPlaneSpec DEFAULT = new ControlPlaneSpec(50);

    public ControlPlaneSpec {
        if (recordsPerPrefix < 1 || recordsPerPrefix > 10_000) {
            throw new InvalidValue("recordsPerPrefix", recordsPerPrefix, "1 to 10000");
        }
    }
}
