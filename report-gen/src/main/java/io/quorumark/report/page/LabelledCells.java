package io.quorumark.report.page;

import io.quorumark.report.chart.Key;
import io.quorumark.report.chart.Series;
import io.quorumark.report.text.Figures;
import io.quorumark.results.cell.CellSetting;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial;
import io.quorumark.results.text.Plural;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Gives every cell of a campaign its label, colour and trials, and gathers those cells that are compared with each other. */
public final class LabelledCells {

    private final Campaign campaign;
    private final Map<String, LabelledCell> byCell = new LinkedHashMap<>();

    public LabelledCells(Campaign campaign, List<Trial> trials) {
        this.campaign = campaign;
        Map<String, Integer> slots = new LinkedHashMap<>();
        for (List<Cell> group : groups(campaign.cells())) {
            Map<String, String> labels = labels(group);
            for (Cell cell : group) {
                String label = labels.getOrDefault(cell.id(), cell.engineName());
                // the ceiling is drawn in no chart, so it must not use up a colour
                int slot = cell.isHarnessCeiling() ? Series.SLOTS - 1 : slots.computeIfAbsent(label, l -> slots.size());
                List<Trial> counting = trials.stream()
                        .filter(t -> t.cellId().equals(cell.id()) && t.outcome() == Trial.Outcome.VALID)
                        .sorted(Comparator.comparingInt(Trial::block))
                        .toList();
                byCell.put(cell.id(), new LabelledCell(label, slot, cell, counting));
            }
        }
    }

    public LabelledCell of(String cellId) {
        LabelledCell labelledCell = byCell.get(cellId);
        if (labelledCell == null) {
            throw new IllegalArgumentException("campaign " + campaign.id() + " has no cell '" + cellId + "'");
        }
        return labelledCell;
    }

    /** Groups of cells that differ in the engine alone, in the plan's order; the harness ceiling is among them. */
    public List<List<LabelledCell>> groups() {
        return groups(campaign.cells()).stream()
                .map(group -> group.stream().map(c -> of(c.id())).toList())
                .toList();
    }

    /** All labels with their colours, once each, in order of appearance, without the harness ceiling. */
    public Collection<LabelledCell> legend() {
        Map<String, LabelledCell> byLabel = new LinkedHashMap<>();
        byCell.values().stream()
                .filter(c -> !c.cell().isHarnessCeiling() && !c.cell().load().isSlowed())
                .forEach(c -> byLabel.putIfAbsent(c.label(), c));
        return List.copyOf(byLabel.values());
    }

    /** What tells sentences on different cells apart and nothing else: labels, engines and workloads, the longest first. */
    List<String> names() {
        return byCell.values().stream()
                .flatMap(each -> Stream.of(
                        each.label(), each.cell().engineName(), each.cell().workload()))
                .distinct()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
    }

    private static Collection<List<Cell>> groups(List<Cell> cells) {
        Map<CellSetting, List<Cell>> bySetting = new LinkedHashMap<>();
        for (Cell cell : cells) {
            bySetting
                    .computeIfAbsent(CellSetting.of(cell), k -> new ArrayList<>())
                    .add(cell);
        }
        return bySetting.values();
    }

    private static Map<String, String> labels(List<Cell> group) {
        Map<String, String> labels = new LinkedHashMap<>();
        Map<String, Integer> taken = new HashMap<>();
        for (Cell cell : group) {
            labels.put(cell.id(), CellSetting.engineName(cell));
            taken.merge(CellSetting.engineName(cell), 1, Integer::sum);
        }
        for (Cell cell : group) {
            String label = CellSetting.engineName(cell);
            if (taken.getOrDefault(label, 0) > 1) {
                label += " " + cell.id().substring(0, Math.min(4, cell.id().length()));
            }
            labels.put(cell.id(), cell.caveats().isEmpty() ? label : label + LabelledCell.DAGGER);
        }
        return labels;
    }

    /** The setting of a group in one sentence. */
    static String setting(Cell cell) {
        Cell.Load load = cell.load();
        StringBuilder text = new StringBuilder();
        switch (cell.target()) {
            case CLUSTER ->
                text.append(cell.cluster().members())
                        .append(" Raft members, ")
                        .append(cell.cluster().transport())
                        .append(" transport, ")
                        .append(cell.cluster().readConsistency())
                        .append(" reads");
            case STATE_MACHINE -> text.append("Behind the state machine, without Raft");
            case ENGINE -> text.append("Bare engine, without Raft");
        }
        text.append(". ")
                .append(driven(load))
                .append(". ")
                .append(Plural.of(load.records(), "record"))
                .append(" loaded first; ")
                .append(Figures.fixed(load.warmUpSeconds(), 1))
                .append(" s warm-up, ")
                .append(
                        load.measureSeconds() > 0
                                ? Figures.fixed(load.measureSeconds(), 1) + " s measured"
                                : Plural.of(load.measureOperations(), "operation") + " measured")
                .append("; memory budget ")
                .append(Figures.bytes((double) cell.memoryBudgetBytes()))
                .append(" per engine instance.");
        return text.toString();
    }

    private static String driven(Cell.Load load) {
        String outstanding = "at most " + load.clients() + " outstanding"
                + (load.pacing().equals(Cell.Load.SPIN) ? ", paced by a thread that keeps a processor for itself" : "");
        Cell.Sweep sweep = load.sweep();
        if (sweep != null) {
            double first = sweep.firstRateOpsPerSecond();
            return "Sweep of open loops" + (first > 0 ? " from " + Figures.rate(first) + " ops/s" : "")
                    + " to the highest rate with " + sweep.objective() + ", " + outstanding
                    + ": that rate is the throughput, and all other figures are those at it";
        }
        return switch (load.kind()) {
            case Cell.Load.OPEN -> "Open loop at " + Figures.rate(load.rateOpsPerSecond()) + " ops/s, " + outstanding;
            case Cell.Load.REPLAY ->
                "Replay of a trace"
                        + (load.speed() == 1 ? "" : " at " + Figures.fixed(load.speed(), 4) + " times its speed") + ", "
                        + outstanding;
            default -> "Closed loop, " + load.clients() + " outstanding: response time equals service time";
        };
    }

    /** What an acknowledged write survives in this cell, naming the log's engine if it is not the state's. */
    public static String durability(Cell cell) {
        Cell.Cluster cluster = cell.cluster();
        if (!cell.target().isReplicated()) {
            return "commits " + cluster.stateDurability();
        }
        String log = cluster.logEngine().equals(cluster.stateEngine()) ? "" : " on " + cluster.logEngine();
        return "log " + cluster.logDurability() + log + ", state " + cluster.stateDurability();
    }

    /** The cell's shape in its colour, for keys outside charts. */
    static String key(LabelledCell labelledCell) {
        return Key.svg(labelledCell.slot());
    }
}
