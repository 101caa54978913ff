package io.quorumark.results.cell;

import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial;

/** Names a cell or a trial for people. */
public final class TrialLabels {
    private TrialLabels() {}

    /** {@code block 2 of LMDB on ycsb-a}. */
    public static String of(Cell cell, Trial trial) {
        return "block " + (trial.block() + 1) + " of " + of(cell);
    }

    /** {@code LMDB on ycsb-a}. */
    public static String of(Cell cell) {
        return cell.engineName() + " on " + cell.workload();
    }
}
