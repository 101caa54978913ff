package io.quorumark.report;

import io.quorumark.report.page.ComparedCell;
import io.quorumark.report.page.Comparison;
import io.quorumark.report.page.ComparisonGroup;
import io.quorumark.report.page.Headline;
import io.quorumark.report.page.PacedWindows;
import io.quorumark.report.page.ReportContent;
import io.quorumark.report.text.Figures;
import io.quorumark.report.text.MetricText;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.analysis.LifecycleComparison;
import io.quorumark.results.metric.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The results for a terminal: at most {@link #COLUMNS} columns wide. */
public final class ConsoleTable {

    public static final int COLUMNS = 100;

    private static final List<Metric> METRICS = Metric.columns();
    private static final int NAME_COLUMNS = 24;

    private ConsoleTable() {}

    /** The table of this analysis. */
    public static String render(Analysis analysis, boolean unicode) {
        return render(ReportContent.of(analysis), unicode);
    }

    /** The first sentence and the tables alone, without notes, checks and caveats. */
    public static String excerpt(Analysis analysis) {
        ReportContent content = ReportContent.of(analysis);
        List<String> lines = wrapped(Headline.of(content).sentence(), "");
        content.groups().forEach(group -> {
            lines.add("");
            lines.addAll(table(group));
        });
        return text(lines, true);
    }

    /** @param unicode false if the terminal shows ASCII only */
    public static String render(ReportContent content, boolean unicode) {
        List<String> lines = wrapped(Headline.of(content).sentence(), "");
        content.tooShortReach().ifPresent(sentence -> lines.addAll(wrapped(sentence, "")));
        for (ComparisonGroup group : content.groups()) {
            lines.add("");
            lines.addAll(table(group));
            PacedWindows.line(group).ifPresent(line -> lines.addAll(wrapped(line, "")));
            group.cells()
                    .forEach(compared -> compared.notes()
                            .forEach(note ->
                                    lines.addAll(wrapped(compared.labelledCell().label() + ": " + note, "  "))));
        }
        lines.addAll(durations(content));
        lines.add("");
        content.checks().forEach(c -> lines.addAll(wrapped(c.title() + ": " + c.summary(), "  ")));
        content.labelledCells()
                .legend()
                .forEach(c ->
                        c.cell().caveats().forEach(caveat -> lines.addAll(wrapped(c.label() + ": " + caveat, "  "))));
        return text(lines, unicode);
    }

    private static String text(List<String> lines, boolean unicode) {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            String shown = unicode ? line : Figures.ascii(line);
            text.append(shown.stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /** How long starting, recovering, copying and compacting took: a line for each phase and workload. */
    private static List<String> durations(ReportContent content) {
        Map<String, List<String>> byPhase = new LinkedHashMap<>();
        content.lifecycle()
                .durations()
                .forEach(duration -> byPhase.computeIfAbsent(
                                duration.phase().id() + " on " + duration.cell().workload(), phase -> new ArrayList<>())
                        .add(duration(duration, content.campaign().design().supportsVerdicts())));
        List<String> lines = new ArrayList<>();
        byPhase.forEach((phase, engines) -> lines.addAll(wrapped(phase + ": " + String.join("; ", engines), "")));
        content.tooShortReachOfDurations().ifPresent(sentence -> lines.addAll(wrapped(sentence, "")));
        if (!lines.isEmpty()) {
            lines.add(0, "");
        }
        return lines;
    }

    private static String duration(LifecycleComparison.Duration duration, boolean supportsVerdicts) {
        return duration.cell().engineName() + " "
                + Figures.micros(1e6 * duration.seconds().estimate())
                + duration.comparison()
                        .map(compared -> ", "
                                + Figures.ratio(compared.ratio().ratio().estimate()) + " as short"
                                + (supportsVerdicts
                                        ? ", " + compared.verdict().name().toLowerCase(Locale.ROOT)
                                        : ""))
                        .orElse(", reference");
    }

    private static List<String> table(ComparisonGroup group) {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of(group.title()));
        for (Metric metric : METRICS) {
            head.add(metric == Metric.THROUGHPUT ? "ops/s" : metric.title());
            if (metric == Metric.THROUGHPUT) {
                head.add("ratio");
            }
        }
        rows.add(head);
        group.cells()
                .forEach(compared ->
                        rows.add(row(compared, compared.labelledCell().label())));
        group.ceiling().ifPresent(ceiling -> rows.add(row(ceiling, "(harness ceiling)")));
        int[] widths = new int[head.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        int figures = Arrays.stream(widths).skip(1).sum();
        int gaps = widths.length - 1;
        widths[0] = Math.min(widths[0], NAME_COLUMNS);
        String gap = widths[0] + figures + 2 * gaps <= COLUMNS ? "  " : " ";
        widths[0] = Math.min(widths[0], COLUMNS - figures - gap.length() * gaps);
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(padded(row.get(0), widths[0], false));
            for (int i = 1; i < widths.length; i++) {
                line.append(gap).append(padded(row.get(i), widths[i], true));
            }
            lines.add(line.toString());
            if (lines.size() == 1) {
                lines.add("─".repeat(Math.min(COLUMNS, line.length())));
            }
        }
        return lines;
    }

    private static List<String> row(ComparedCell compared, String name) {
        List<String> row = new ArrayList<>(List.of(name));
        for (Metric metric : METRICS) {
            row.add(MetricText.column(metric, compared.of(metric).value()));
            if (metric == Metric.THROUGHPUT) {
                row.add(compared.comparison().map(ConsoleTable::ratio).orElse(""));
            }
        }
        return row;
    }

    private static String ratio(Comparison comparison) {
        return switch (comparison.verdict()) {
            case REFERENCE -> "reference";
            case NOT_SUPPORTED -> Figures.ratio(comparison.ratio().value()) + " ?";
            default ->
                Figures.ratio(comparison.ratio().value()) + " "
                        + comparison.verdict().text();
        };
    }

    private static String padded(String text, int width, boolean right) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        String cut = width(line) <= width ? line : line.substring(0, line.offsetByCodePoints(0, width - 1)) + "~";
        String padding = " ".repeat(width - width(cut));
        return right ? padding + cut : cut + padding;
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    private static List<String> wrapped(String text, String indent) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(indent);
        for (String word : text.replaceAll("\\p{Cntrl}", " ").split(" ")) {
            if (line.length() > indent.length() && line.length() + word.length() + 1 > COLUMNS) {
                lines.add(line.toString());
                line = new StringBuilder(indent).append("  ");
            } else if (line.length() > indent.length()) {
                line.append(' ');
            }
            line.append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
