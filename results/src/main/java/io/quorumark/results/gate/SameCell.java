package io.quorumark.results.gate;

import io.quorumark.results.model.Cell;
import io.quorumark.results.model.TargetKind;
import io.quorumark.results.store.ResultsJson;
import io.quorumark.results.store.Sha256;
import java.util.Map;

/**
 * What two cells must share to be compared over time: everything but the engine's version, which a gate and a history are there to see
 * change. A cell's own id holds the version, and is another after an upgrade.
 *
 * @param engine as in {@link Cell}, like all others
 */
public record SameCell(
        String engine,
        String workload,
        String workloadIdentity,
        TargetKind target,
        Cell.Cluster cluster,
        Cell.Load load,
        long memoryBudgetBytes,
        Map<String, String> engineOptions) {
    public static SameCell of(Cell cell) {
        return new SameCell(
                cell.engine(),
                cell.workload(),
                cell.workloadIdentity(),
                cell.target(),
                cell.cluster(),
                cell.load(),
                cell.memoryBudgetBytes(),
                cell.engineOptions());
    }

    /** Whether the other one runs another workload of the same name, and is the same in all else. */
    boolean isChangedWorkloadOf(SameCell other) {
        return !workloadIdentity.equals(other.workloadIdentity)
                && equals(new SameCell(
                        other.engine,
                        other.workload,
                        workloadIdentity,
                        other.target,
                        other.cluster,
                        other.load,
                        other.memoryBudgetBytes,
                        other.engineOptions));
    }

    /** A hash of all of it: twelve hexadecimal digits, the same on every machine. */
    public String id() {
        return Sha256.id(ResultsJson.write(this));
    }
}
