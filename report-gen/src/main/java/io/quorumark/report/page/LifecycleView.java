package io.quorumark.report.page;

import io.quorumark.report.text.Figures;
import io.quorumark.results.analysis.LifecycleComparison;
import io.quorumark.results.analysis.LifecycleComparison.Compared;
import io.quorumark.results.analysis.LifecycleComparison.Duration;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.LifecyclePhase;
import io.quorumark.results.stats.Interval;
import io.quorumark.results.stats.Verdict;
import io.quorumark.results.text.Plural;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How long starting, recovering, copying and compacting took: a line for each phase, a column for each engine. The names are the
 * template's.
 *
 * @param hasTable whether any phase was timed
 * @param setting of the phases, and how to read the table
 * @param head of the columns
 * @param rows as text
 * @param notes why no verdict could be a difference, if that is so, and what was not timed
 */
public record LifecycleView(
        boolean hasTable, String setting, List<String> head, List<List<String>> rows, List<String> notes) {
    private static final double MICROS = 1e6;

    public LifecycleView {
        head = List.copyOf(head);
        rows = rows.stream().map(List::copyOf).toList();
        notes = List.copyOf(notes);
    }

    /** For pages. */
    public List<List<LabelledText>> labelledRows() {
        return LabelledText.rows(head, rows);
    }

    static LifecycleView of(ReportContent content) {
        Campaign campaign = content.campaign();
        LifecycleComparison lifecycle = content.lifecycle();
        if (lifecycle.durations().isEmpty()) {
            return new LifecycleView(false, "", List.of(), List.of(), List.of());
        }
        List<Cell> cells =
                lifecycle.durations().stream().map(Duration::cell).distinct().toList();
        List<String> head = new ArrayList<>(List.of("What was timed"));
        cells.forEach(cell -> head.add(cell.engineName()));
        Map<LifecyclePhase, List<Duration>> byPhase = new LinkedHashMap<>();
        lifecycle
                .durations()
                .forEach(duration -> byPhase.computeIfAbsent(duration.phase(), each -> new ArrayList<>())
                        .add(duration));
        List<List<String>> rows = new ArrayList<>();
        byPhase.forEach((phase, durations) -> rows.add(row(campaign, phase, cells, durations)));
        return new LifecycleView(
                true,
                setting(campaign, cells.get(0)),
                head,
                rows,
                Stream.concat(
                                content.tooShortReachOfDurations().stream(),
                                lifecycle.notOffered().stream()
                                        .map(note -> note.cell().engineName() + ", " + note.sentence() + "."))
                        .toList());
    }

    private static List<String> row(
            Campaign campaign, LifecyclePhase phase, List<Cell> cells, List<Duration> durations) {
        List<String> row = new ArrayList<>(List.of(phase.id() + ": " + phase.question()));
        for (Cell cell : cells) {
            row.add(durations.stream()
                    .filter(duration -> duration.cell().equals(cell))
                    .findFirst()
                    .map(duration -> text(campaign, duration))
                    .orElse(Figures.ABSENT));
        }
        return row;
    }

    private static String text(Campaign campaign, Duration duration) {
        double wanted = campaign.design().confidence();
        Interval seconds = duration.seconds();
        String text = Figures.micros(MICROS * seconds.estimate());
        if (seconds.attains(wanted)) {
            text += " (" + Figures.micros(MICROS * seconds.low()) + " to " + Figures.micros(MICROS * seconds.high())
                    + " at " + Figures.confidence(seconds.confidence()) + ")";
        }
        return duration.comparison()
                .map(compared -> text(campaign, compared))
                .map((text + "; ")::concat)
                .orElse(text);
    }

    private static String text(Campaign campaign, Compared compared) {
        Interval ratio = compared.ratio().ratio();
        String text = Figures.ratio(ratio.estimate());
        if (ratio.attains(campaign.design().confidence())) {
            text += " (" + Figures.ratio(ratio.low()) + " to " + Figures.ratio(ratio.high()) + " at "
                    + Figures.confidence(ratio.confidence()) + ")";
        }
        return campaign.design().supportsVerdicts() ? text + ", " + word(compared.verdict()) : text;
    }

    private static String word(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }

    private static String setting(Campaign campaign, Cell cell) {
        String reference = campaign.cells().stream()
                .filter(each -> each.engine().equals(campaign.design().referenceEngine()))
                .map(Cell::engineName)
                .findFirst()
                .orElse(campaign.design().referenceEngine());
        return String.format(
                        Locale.ROOT,
                        "After %s and as many overwrites, at ",
                        Plural.of(cell.load().records(), "record"))
                + cell.cluster().logDurability() + ". Behind the semicolon: how many times shorter than with "
                + reference + ", so that above 1 is better"
                + (campaign.design().supportsVerdicts()
                        ? "; verdicts are against the planned band, p-values adjusted for all durations."
                        : "; too few trials for verdicts.");
    }
}
