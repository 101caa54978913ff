package io.quorumark.report.page;

import io.quorumark.report.text.Figures;
import io.quorumark.results.analysis.LifecycleComparison;
import io.quorumark.results.analysis.LifecycleComparison.Compared;
import io.quorumark.results.analysis.LifecycleComparison.Duration;
import io.quorumark.results.cell.CellSetting;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.LifecyclePhase;
import io.quorumark.results.stats.Interval;
import io.quorumark.results.text.Plural;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How long starting, recovering, copying and compacting took: a line for each phase and workload, a column for each engine. The names are
 * the template's.
 *
 * @param hasTable whether any phase was timed
 * @param setting of the phases, and how to read the table
 * @param head of the columns
 * @param lines of the table
 * @param notes why no verdict could be a difference, if that is so, and what was not timed
 */
public record LifecycleView(boolean hasTable, String setting, List<String> head, List<Row> lines, List<String> notes) {
    private static final double MICROS = 1e6;
    private static final String QUESTION = "What was timed";

    public LifecycleView {
        head = List.copyOf(head);
        lines = List.copyOf(lines);
        notes = List.copyOf(notes);
    }

    /**
     * One phase, on one workload if there are several.
     *
     * @param question what was timed
     * @param workload empty if there is only one
     */
    public record Row(String phase, String question, String workload, List<Field> fields) {}

    /**
     * What one engine took. What there is not is empty.
     *
     * @param label the head of its column
     * @param range of the time, with the confidence that it attains
     * @param ratio how many times shorter than the reference's
     * @param ratioRange the same of the ratio
     * @param verdict at most one
     */
    public record Field(
            String label,
            String time,
            String range,
            String ratio,
            String ratioRange,
            List<Comparison.WordedVerdict> verdict) {
        private static Field absent(String label) {
            return new Field(label, Figures.ABSENT, "", "", "", List.of());
        }

        private String text() {
            return time
                    + (range.isEmpty() ? "" : " " + range)
                    + (ratio.isEmpty() ? "" : "; " + ratio + (ratioRange.isEmpty() ? "" : " " + ratioRange))
                    + verdict.stream().map(word -> ", " + word.text()).collect(Collectors.joining());
        }
    }

    /** As text, for documents without styles. */
    public List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        for (Row line : lines) {
            List<String> row = new ArrayList<>(List.of(line.phase() + ": " + line.question()));
            if (!line.workload().isEmpty()) {
                row.add(line.workload());
            }
            line.fields().forEach(field -> row.add(field.text()));
            rows.add(List.copyOf(row));
        }
        return rows;
    }

    static LifecycleView of(ReportContent content) {
        Campaign campaign = content.campaign();
        LifecycleComparison lifecycle = content.lifecycle();
        if (lifecycle.durations().isEmpty()) {
            return new LifecycleView(false, "", List.of(), List.of(), List.of());
        }
        LabelledCells labels = content.labelledCells();
        Map<CellSetting, List<Duration>> bySetting = new LinkedHashMap<>();
        lifecycle
                .durations()
                .forEach(duration -> bySetting
                        .computeIfAbsent(CellSetting.of(duration.cell()), setting -> new ArrayList<>())
                        .add(duration));
        List<Timed> timed = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        bySetting.forEach((setting, durations) -> {
            int occurrence = seen.merge(setting.workload(), 1, Integer::sum);
            timed.add(new Timed(
                    occurrence == 1 ? setting.workload() : setting.workload() + " (" + occurrence + ")", durations));
        });
        List<String> engines = lifecycle.durations().stream()
                .map(duration -> labels.of(duration.cell().id()).name())
                .distinct()
                .toList();
        boolean many = timed.size() > 1;
        List<String> head = new ArrayList<>(many ? List.of(QUESTION, "Workload") : List.of(QUESTION));
        head.addAll(engines);
        List<Row> rows = new ArrayList<>();
        for (LifecyclePhase phase : LifecyclePhase.values()) {
            for (Timed each : timed) {
                List<Duration> durations = each.durations().stream()
                        .filter(duration -> duration.phase() == phase)
                        .toList();
                if (!durations.isEmpty()) {
                    rows.add(new Row(
                            phase.id(),
                            phase.question(),
                            many ? each.title() : "",
                            engines.stream()
                                    .map(engine -> durations.stream()
                                            .filter(duration -> labels.of(
                                                            duration.cell().id())
                                                    .name()
                                                    .equals(engine))
                                            .findFirst()
                                            .map(duration -> field(engine, campaign, duration))
                                            .orElse(Field.absent(engine)))
                                    .toList()));
                }
            }
        }
        return new LifecycleView(
                true,
                setting(campaign, timed),
                head,
                rows,
                Stream.concat(
                                content.tooShortReachOfDurations().stream(),
                                lifecycle.notOffered().stream()
                                        .map(note -> labels.of(note.cell().id()).name() + ", " + note.sentence() + ".")
                                        .distinct())
                        .toList());
    }

    /** Durations of cells that are compared with each other, with what tells them from others. */
    private record Timed(String title, List<Duration> durations) {}

    private static Field field(String label, Campaign campaign, Duration duration) {
        double wanted = campaign.design().confidence();
        Interval seconds = duration.seconds();
        String time = Figures.micros(MICROS * seconds.estimate());
        String range = seconds.attains(wanted)
                ? Figures.range(time, Figures.micros(MICROS * seconds.low()), Figures.micros(MICROS * seconds.high()))
                        + at(seconds)
                : "";
        if (duration.comparison().isEmpty()) {
            return new Field(label, time, range, "", "", List.of());
        }
        Compared compared = duration.comparison().get();
        Interval ratio = compared.ratio().ratio();
        return new Field(
                label,
                time,
                range,
                Figures.ratio(ratio.estimate()),
                ratio.attains(wanted)
                        ? "[" + Figures.significant(ratio.low()) + ", " + Figures.significant(ratio.high()) + "]"
                                + at(ratio)
                        : "",
                campaign.design().supportsVerdicts()
                        ? List.of(Comparison.WordedVerdict.valueOf(
                                compared.verdict().name()))
                        : List.of());
    }

    private static String at(Interval interval) {
        return " at " + Figures.confidence(interval.confidence());
    }

    private static String setting(Campaign campaign, List<Timed> timed) {
        List<String> preloads = timed.stream()
                .map(each -> preload(each.durations().get(0).cell()))
                .distinct()
                .toList();
        String preload = preloads.size() == 1
                ? "After " + preloads.get(0)
                : "Before it: "
                        + timed.stream()
                                .map(each -> each.title() + ", "
                                        + preload(each.durations().get(0).cell()))
                                .collect(Collectors.joining("; "));
        return preload + ". The ratio tells how many times shorter than with " + reference(campaign)
                + " it was, so that above 1 is better"
                + (campaign.design().supportsVerdicts()
                        ? "; verdicts are against the planned band, p-values adjusted for all durations."
                        : "; too few trials for verdicts.");
    }

    private static String preload(Cell cell) {
        return Plural.of(cell.load().records(), "record") + " and as many overwrites, at "
                + cell.cluster().logDurability();
    }

    /** The name of the engine that others are compared with. */
    static String reference(Campaign campaign) {
        return campaign.cells().stream()
                .filter(each -> each.engine().equals(campaign.design().referenceEngine()))
                .map(Cell::engineName)
                .findFirst()
                .orElse(campaign.design().referenceEngine());
    }
}
