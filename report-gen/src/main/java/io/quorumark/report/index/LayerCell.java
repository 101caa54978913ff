package io.quorumark.report.index;

import io.quorumark.report.page.LabelledCell;
import io.quorumark.report.page.ReportContent;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.TargetKind;
import java.util.List;
import java.util.Map;

/**
 * What one cell of a campaign cost, to be set beside the same engine without state machine or Raft in another campaign of its machine.
 *
 * @param engineName as its makers write it
 * @param engineVersion that ran
 * @param work what cells of one engine share that differ in their target alone
 * @param target what its operations reach
 * @param throughputOpsPerSecond the estimate; {@code NaN} without one, as all figures
 * @param p50Micros of the response time
 * @param p99Micros of the response time
 * @param cpuNanosPerOperation of all threads and members
 */
public record LayerCell(
        String engineName,
        String engineVersion,
        Work work,
        TargetKind target,
        double throughputOpsPerSecond,
        double p50Micros,
        double p99Micros,
        double cpuNanosPerOperation) {

    /** Work, load and means. What a commit survives is not among it: a group owes it to its log, a bare engine to its commits. */
    public record Work(
            String engine,
            String workload,
            String workloadIdentity,
            Cell.Load load,
            long memoryBudgetBytes,
            Map<String, String> engineOptions) {
        static Work of(Cell cell) {
            return new Work(
                    cell.engine(),
                    cell.workload(),
                    cell.workloadIdentity(),
                    cell.load(),
                    cell.memoryBudgetBytes(),
                    cell.engineOptions());
        }
    }

    /** Of every cell that has a figure. */
    static List<LayerCell> of(ReportContent content) {
        return content.groups().stream()
                .flatMap(group -> group.cells().stream())
                .filter(standing -> standing.of(Metric.CPU).isPresent())
                .map(standing -> {
                    LabelledCell cell = standing.labelledCell();
                    return new LayerCell(
                            cell.cell().engineName(),
                            cell.cell().engineVersion(),
                            Work.of(cell.cell()),
                            cell.cell().target(),
                            standing.of(Metric.THROUGHPUT).value(),
                            standing.of(Metric.P50).value(),
                            standing.of(Metric.P99).value(),
                            standing.of(Metric.CPU).value());
                })
                .toList();
    }
}
