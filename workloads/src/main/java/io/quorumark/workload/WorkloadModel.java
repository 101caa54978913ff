package io.quorumark.workload;

import io.quorumark.workload.spec.InvalidValue;
import io.quorumark.workload.value.ValueSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A family of workloads: which come with Quorumark, which operations there are, what they demand of a target, which keys its files have
 * besides those of every workload, and how its stream is made.
 *
 * <p>A new one is a package under {@code workload.model} and a line in {@code catalog.WorkloadModels}. Models hold no state and are safe
 * for any number of threads.
 */
public interface WorkloadModel {
    /**
     * As the key {@code model} of a workload file names it: lower-case words joined by dashes. Part of the identity of its workloads, so it
     * never changes.
     */
    String id();

    /**
     * The names of the workloads of this model that come with Quorumark, in the order to list them: of each there is a resource
     * {@code NAME.yaml}.
     */
    default List<String> builtInWorkloads() {
        return List.of();
    }

    /** Its operations, in the order of {@link Operation#operationClassIndex()}. */
    List<OperationType> operations();

    /** What the load demands of a target. */
    Set<Demand> loadDemands();

    /**
     * Opens the generator of a workload of this model. The arguments are those of {@link WorkloadSpec#openStream} and have been checked.
     */
    Generator openGenerator(WorkloadSpec spec, long seed, long records);

    /** The most records that a workload may load. */
    default long maxRecords() {
        return WorkloadSpec.MAX_RECORDS;
    }

    /** The operation that scans 1 to {@link WorkloadSpec#maxScanLength()} records; empty if none does. */
    default String scanOfDrawnLength() {
        return "";
    }

    /**
     * Whether it replays recorded operations at recorded times. Then its files have neither {@code operations} nor {@code keys}, and value
     * sizes are the recording's.
     */
    default boolean isReplay() {
        return false;
    }

    /** Whether a trial of it times starts, recovery, copies and compaction besides operations. */
    default boolean timesLifecycle() {
        return false;
    }

    /** The key of its own section in workload files; empty if it has none. */
    default String sectionKey() {
        return "";
    }

    /** What its section is read into; null if it has none. */
    default @Nullable Class<? extends ModelSection> sectionType() {
        return null;
    }

    /** The section of a workload that does not write it; null if there is none, or if it must be written. */
    default @Nullable ModelSection defaultSection() {
        return null;
    }

    /** What the recording of a workload demands of a target; empty if it replays none. */
    default Set<Demand> recordedDemands(@Nullable ModelSection section) {
        return Set.of();
    }

    /**
     * Checks what only this model asks of a workload.
     *
     * @param shares of the operations; empty for a replay
     * @param section of its files, the default one filled in
     * @throws InvalidValue a value makes no sense
     */
    default void check(Map<String, Double> shares, ValueSpec values, @Nullable ModelSection section) {}

    /** The names of {@link #operations()}, in their order. */
    default List<String> operationClasses() {
        return operations().stream().map(OperationType::name).toList();
    }
}
