package io.quorumark.report.gate;

import io.quorumark.report.page.CellCharts;
import io.quorumark.report.page.DataTable;
import io.quorumark.report.page.Figure;
import io.quorumark.report.page.LabelledCell;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.cell.CellSummary;
import io.quorumark.results.gate.GateResult.GateCell;
import io.quorumark.results.gate.SameCell;
import io.quorumark.results.stats.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A cell that is worse or better in the head, with every chart of both campaigns over each other. The names are the template's.
 *
 * @param id of its heading
 * @param title which cell, and its verdict
 * @param finding its ratio in words
 * @param charts base and head
 * @param tables what stands beside them
 */
public record DifferingCell(String id, String title, String finding, List<Figure> charts, List<DataTable> tables) {
    /** More than these would make the page too large to open at once; the tables have them all. */
    private static final int MOST = 12;

    static final String BASE = "base";
    static final String HEAD = "head";

    public DifferingCell {
        charts = List.copyOf(charts);
        tables = List.copyOf(tables);
    }

    /** The worst first. */
    static List<DifferingCell> of(GateAnswer answer) {
        List<DifferingCell> cells = new ArrayList<>();
        for (GateCell cell : JudgedCells.worstFirst(answer.result().cells())) {
            boolean differs = cell.verdict() == Verdict.WORSE || cell.verdict() == Verdict.BETTER;
            if (differs && cells.size() < MOST) {
                cells.add(of("differs-" + (cells.size() + 1), cell, answer));
            }
        }
        return cells;
    }

    private static DifferingCell of(String id, GateCell cell, GateAnswer answer) {
        List<LabelledCell> sides = new ArrayList<>();
        side(BASE, 0, cell, answer.base()).ifPresent(sides::add);
        side(HEAD, 1, cell, answer.head()).ifPresent(sides::add);
        return new DifferingCell(
                id,
                JudgedCells.name(cell) + ": "
                        + GateMarkdown.words(cell.verdict().name()),
                "The head is " + JudgedCells.finding(cell) + ".",
                CellCharts.of(id, sides, List.of()),
                CellCharts.stalls(sides));
    }

    private static Optional<LabelledCell> side(String name, int slot, GateCell cell, Analysis analysis) {
        return analysis.cells().stream()
                .filter(each -> SameCell.of(each.cell()).equals(SameCell.of(cell.cell())))
                .findFirst()
                .map((CellSummary summary) -> new LabelledCell(name, slot, summary.cell(), summary.valid()));
    }
}
