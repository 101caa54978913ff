package io.quorumark.report.page;

import io.quorumark.report.text.Figures;
import io.quorumark.report.text.MetricText;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.cell.CellSummary;
import io.quorumark.results.decision.GateFinding;
import io.quorumark.results.decision.GatedOption;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Software;
import io.quorumark.results.model.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What each way of storing means besides speed: a line for each option of the campaign. The names are the template's.
 *
 * @param hasTable whether there is any option
 * @param setting how to read the table
 * @param head of the columns
 * @param rows as text
 */
public record StorageModes(boolean hasTable, String setting, List<String> head, List<List<String>> rows) {
    private static final String P99 = "99";

    public StorageModes {
        head = List.copyOf(head);
        rows = rows.stream().map(List::copyOf).toList();
    }

    /** For pages. */
    public List<List<LabelledText>> labelledRows() {
        return LabelledText.rows(head, rows);
    }

    static StorageModes of(ReportContent content) {
        List<Column> columns = columns(content);
        return new StorageModes(
                !content.gated().isEmpty(),
                "Figures are medians of the trials that count, from the least to the most over the workloads. Licence and"
                        + " maintenance are what the adapter states.",
                columns.stream().map(Column::title).toList(),
                content.gated().stream()
                        .map(option -> columns.stream()
                                .map(column -> column.text().apply(option))
                                .toList())
                        .toList());
    }

    private record Column(String title, Function<GatedOption, String> text) {}

    private static List<Column> columns(ReportContent content) {
        Analysis analysis = content.analysis();
        Software software = content.campaign().software();
        return List.of(
                new Column("Engine", option -> option.option().name()),
                new Column("Stores as", option -> stored(software, option, Software.Engine::architecture)),
                new Column("Durability and its proof", StorageModes::durability),
                new Column(
                        "Quickest operations, p99", option -> operations(analysis, option, Comparator.naturalOrder())),
                new Column(
                        "Slowest operations, p99", option -> operations(analysis, option, Comparator.reverseOrder())),
                new Column("Recovery", option -> range(analysis, option, Metric.RECOVERY)),
                new Column("Memory, all members", option -> range(analysis, option, Metric.MEMORY)),
                new Column("Disk, all members", option -> range(analysis, option, Metric.DISK)),
                new Column("Data over memory", option -> range(analysis, option, Metric.DATA_OVER_MEMORY)),
                new Column("Licence", option -> stored(software, option, Software.Engine::licence)),
                new Column("Maintenance", option -> stored(software, option, Software.Engine::maintenance)));
    }

    private static String stored(Software software, GatedOption option, Function<Software.Engine, String> fact) {
        return software.engine(option.option().engine()).map(fact).orElse(Figures.ABSENT);
    }

    /** What the gate says, and which engine keeps the log if it is another. */
    private static String durability(GatedOption option) {
        String proof = option.gates().stream()
                .filter(finding -> finding.gate().equals(GateFinding.DURABLE))
                .map(finding -> finding.outcome().words() + ": " + finding.reason())
                .findFirst()
                .orElse(Figures.ABSENT);
        TreeSet<String> logs = new TreeSet<>();
        option.option().cells().stream()
                .map(each -> each.cell())
                .filter(cell -> cell.target().isReplicated()
                        && !cell.cluster().logEngine().equals(cell.engine()))
                .forEach(cell -> logs.add(cell.cluster().logEngine()));
        return logs.isEmpty() ? proof : proof + "; its log lies in " + String.join(", ", logs);
    }

    /** The first in this order of the classes of operations of all workloads, by the median of their 99th percentiles. */
    private static String operations(Analysis analysis, GatedOption option, Comparator<Double> order) {
        return summaries(analysis, option)
                .flatMap(StorageModes::classes)
                .min(Comparator.comparing(Timed::micros, order))
                .map(timed -> timed.operations() + " " + Figures.micros(timed.micros()))
                .orElse(Figures.ABSENT);
    }

    private record Timed(String operations, double micros) {}

    private static Stream<Timed> classes(CellSummary summary) {
        TreeSet<String> names = new TreeSet<>();
        summary.valid().forEach(trial -> names.addAll(trial.latency().keySet()));
        if (names.size() > 1) {
            names.remove(Trial.ALL_OPERATIONS);
        }
        return names.stream().flatMap(name -> p99(summary, name).stream());
    }

    /** Only if every trial supports it. */
    private static Optional<Timed> p99(CellSummary summary, String operations) {
        List<Double> values = new ArrayList<>();
        for (Trial trial : summary.valid()) {
            Trial.Latency latency = trial.latency().get(operations);
            Double micros = latency == null ? null : latency.percentileMicros().get(P99);
            if (micros == null) {
                return Optional.empty();
            }
            values.add(micros);
        }
        return Optional.of(new Timed(operations, Medians.median(values)));
    }

    private static String range(Analysis analysis, GatedOption option, Metric metric) {
        List<Double> medians = summaries(analysis, option)
                .map(summary -> summary.valid().stream()
                        .flatMap(trial ->
                                metric.value(summary.cell(), trial).stream().boxed())
                        .toList())
                .filter(values -> !values.isEmpty())
                .map(Medians::median)
                .sorted()
                .toList();
        if (medians.isEmpty()) {
            return Figures.ABSENT;
        }
        String least = MetricText.level(metric, medians.get(0));
        String most = MetricText.level(metric, medians.get(medians.size() - 1));
        return least.equals(most) ? least : least + " to " + most;
    }

    private static Stream<CellSummary> summaries(Analysis analysis, GatedOption option) {
        List<Cell> cells =
                option.option().cells().stream().map(each -> each.cell()).toList();
        return analysis.cells().stream()
                .filter(summary -> cells.contains(summary.cell()))
                .filter(summary -> !summary.valid().isEmpty());
    }
}
