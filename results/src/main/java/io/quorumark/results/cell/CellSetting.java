package io.quorumark.results.cell;

import io.quorumark.results.model.Cell;
import io.quorumark.results.model.TargetKind;

/** What a cell shares with those it is compared with: they differ in the engine alone. */
public record CellSetting(
        String workload,
        TargetKind target,
        int members,
        String transport,
        String durability,
        String reads,
        Cell.Load load,
        long memoryBudgetBytes) {

    public static CellSetting of(Cell cell) {
        return new CellSetting(
                cell.workload(),
                cell.target(),
                cell.cluster().members(),
                cell.cluster().transport(),
                cell.cluster().logDurability(),
                cell.cluster().readConsistency(),
                cell.load(),
                cell.memoryBudgetBytes());
    }

    /** The engine's name, with the other half's if log and state lie on two engines, and with {@code tuned} if it has options. */
    public static String engineName(Cell cell) {
        String name = cell.engineName();
        if (cell.target().isReplicated()
                && !cell.cluster().logEngine().equals(cell.cluster().stateEngine())) {
            name += cell.engine().equals(cell.cluster().logEngine())
                    ? " (state: " + cell.cluster().stateEngine() + ")"
                    : " (log: " + cell.cluster().logEngine() + ")";
        }
        return cell.engineOptions().isEmpty() ? name : name + ", tuned";
    }
}
