package io.quorumark.workload;

import java.util.Set;

/**
 * A sort of operation that a {@link WorkloadModel} has.
 *
 * @param name as workload files and reports write it: lower case, such as {@code read} or {@code delete-user}
 * @param demands what it demands of a target
 */
public record OperationType(String name, Set<Demand> demands) {
    public static OperationType of(String name, Demand... demands) {
        return new OperationType(name, Set.of(demands));
    }
}
