package io.quorumark.report.page;

import io.quorumark.results.model.Trial;
import java.util.ArrayList;
import java.util.List;

/** Every chart of cells that are looked at side by side: the engines of one workload, or one cell of two campaigns. */
public final class CellCharts {
    private CellCharts() {}

    /**
     * @param id that the ids of the charts begin with, unique in the document
     * @param cells in the order of their colours
     * @param instruments that stand beside them if time is split into stages, and in no other chart
     */
    public static List<Figure> of(String id, List<LabelledCell> cells, List<LabelledCell> instruments) {
        List<LabelledCell> staged = new ArrayList<>(cells);
        staged.addAll(instruments);
        List<Figure> charts = new ArrayList<>();
        RateCurve.of(id + "-rates", cells).ifPresent(charts::add);
        LatencyCurve.of(id + "-latency", Trial.ALL_OPERATIONS, cells).ifPresent(charts::add);
        WriteWaterfall.of(id + "-stages", staged).ifPresent(charts::add);
        OverTime.of(id + "-time", cells).ifPresent(charts::add);
        return charts;
    }

    /** The longest stalls, which are marks in the chart over time; no table if nobody watched. */
    public static List<DataTable> stalls(List<LabelledCell> cells) {
        return StallTable.of(cells).stream().toList();
    }
}
