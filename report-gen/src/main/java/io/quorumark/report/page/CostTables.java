package io.quorumark.report.page;

import io.quorumark.report.page.Facts.Fact;
import io.quorumark.report.text.Figures;
import io.quorumark.results.model.Cost;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Costs;
import io.quorumark.results.model.Trial.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** What the engines of a group cost beyond time, a line for each cost: medians of the trials that count and could tell. */
final class CostTables {
    private CostTables() {}

    /** A table of costs, and one of processor time by role; neither, if no trial tells any. */
    static List<DataTable> of(ComparisonGroup group) {
        List<LabelledCell> labelledCells = new ArrayList<>(group.labelledCells());
        group.ceiling().ifPresent(ceiling -> labelledCells.add(ceiling.labelledCell()));
        if (labelledCells.stream()
                .flatMap(labelledCell -> labelledCell.trials().stream())
                .allMatch(trial -> trial.costs().figures().isEmpty())) {
            return List.of();
        }
        List<String> head = new ArrayList<>(List.of("cost"));
        labelledCells.forEach(labelledCell -> head.add(labelledCell.label()));
        List<List<String>> costs = new ArrayList<>();
        for (Cost cost : Cost.values()) {
            line(
                    labelledCells,
                    costs,
                    name(cost),
                    trial -> trial.costs().of(cost).stream().boxed(),
                    format(cost.unit()));
        }
        used(
                labelledCells,
                costs,
                "allocated on the Java heap per operation",
                Resources::allocatedBytesPerOperation,
                Figures::bytes);
        used(
                labelledCells,
                costs,
                "peak resident memory of the process",
                r -> (double) r.peakRssBytes(),
                Figures::bytes);
        used(labelledCells, costs, "proportional memory at the end (PSS)", r -> (double) r.pssBytes(), Figures::bytes);
        used(
                labelledCells,
                costs,
                "growth of the page cache",
                r -> Math.max(0, (double) r.pageCacheGrowthBytes()),
                Figures::bytes);
        used(labelledCells, costs, "collections", r -> (double) r.gcCount(), CostTables::count);
        used(labelledCells, costs, "time in collections", r -> 1e6 * r.gcMillis(), Figures::nanos);
        used(labelledCells, costs, "time of the JIT compiler", r -> 1e6 * r.compilationMillis(), Figures::nanos);
        line(
                labelledCells,
                costs,
                "stalls of an idle thread, 0.1 ms or more, together",
                trial -> Stream.of(1e6 * trial.timekeeping().stalledMillis()),
                Figures::nanos);
        line(
                labelledCells,
                costs,
                "lag of the load generator, 99.9th percentile",
                trial -> Stream.of(trial.timekeeping())
                        .filter(kept -> kept.lagMaxMicros() > 0)
                        .map(kept -> 1e3 * kept.lagP999Micros()),
                Figures::nanos);
        List<List<String>> roles = new ArrayList<>();
        for (String role : Costs.ROLES) {
            line(
                    labelledCells,
                    roles,
                    role,
                    trial -> Stream.ofNullable(
                            trial.costs().cpuNanosPerOperation().get(role)),
                    Figures::nanos);
        }
        head.set(0, "cost of the window");
        DataTable table = new DataTable("Costs, median of the trials", head, costs);
        if (roles.isEmpty()) {
            return List.of(table);
        }
        List<String> roleHead = new ArrayList<>(head);
        roleHead.set(0, "threads");
        return List.of(
                table, new DataTable("Processor time per operation by thread, median of the trials", roleHead, roles));
    }

    /** What the names mean. */
    static List<Fact> definitions() {
        List<Fact> facts = new ArrayList<>();
        for (Cost cost : Cost.values()) {
            facts.add(new Fact(Figures.capitalized(name(cost)), Figures.capitalized(cost.definition()) + "."));
        }
        return facts;
    }

    private static void used(
            List<LabelledCell> labelledCells,
            List<List<String>> body,
            String name,
            ToDoubleFunction<Resources> figure,
            DoubleFunction<String> format) {
        line(labelledCells, body, name, trial -> Stream.of(figure.applyAsDouble(trial.resources())), format);
    }

    private static void line(
            List<LabelledCell> labelledCells,
            List<List<String>> body,
            String name,
            Function<Trial, Stream<Double>> figure,
            DoubleFunction<String> format) {
        List<String> line = new ArrayList<>(List.of(name));
        boolean any = false;
        for (LabelledCell labelledCell : labelledCells) {
            List<Double> values = labelledCell.trials().stream().flatMap(figure).toList();
            any |= !values.isEmpty();
            line.add(values.isEmpty() ? Figures.ABSENT : format.apply(Medians.median(values)));
        }
        if (any) {
            body.add(line);
        }
    }

    private static String name(Cost cost) {
        return cost.id().replace('.', ' ');
    }

    private static DoubleFunction<String> format(Cost.Unit unit) {
        return switch (unit) {
            case COUNT -> CostTables::count;
            case BYTES -> Figures::bytes;
            case RATIO -> Figures::significant;
            case NANOS -> Figures::nanos;
            case SECONDS -> seconds -> Figures.nanos(1e9 * seconds);
            case RATE -> Figures::perSecond;
        };
    }

    private static String count(double count) {
        return Figures.rate(count);
    }
}
