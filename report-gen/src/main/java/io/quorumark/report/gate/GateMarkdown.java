package io.quorumark.report.gate;

import io.quorumark.report.text.Figures;
import io.quorumark.report.text.MarkdownText;
import io.quorumark.report.text.MetricText;
import io.quorumark.report.text.Template;
import io.quorumark.results.ExitCode;
import io.quorumark.results.cell.UnmeasuredCell;
import io.quorumark.results.gate.GateResult;
import io.quorumark.results.gate.GateResult.GateCell;
import io.quorumark.results.model.Cell;
import io.quorumark.results.stats.Interval;
import io.quorumark.results.stats.Verdict;
import io.quorumark.results.text.Plural;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A gate's verdict as Markdown, for a pull request's comment or a CI job's summary. */
public final class GateMarkdown {

    private static final Template DOCUMENT = Template.markdown("gate.md.mustache");

    private GateMarkdown() {}

    /** The whole document. The same result gives the same text. */
    public static String render(GateResult gate) {
        return render(
                gate,
                (gate.passed() ? "Passed" : gate.exitCode() == ExitCode.INCONCLUSIVE ? "Not passed" : "Failed")
                        + ": "
                        + (gate.passed() && !gate.notMeasured().isEmpty()
                                ? Plural.of(gate.notMeasured().size(), "planned cell") + " not measured"
                                : words(gate.exitCode().name())));
    }

    /** The same table for a comparison that nothing passes or fails; above it, how many cells came to which verdict. */
    public static String renderComparison(GateResult comparison) {
        Map<Verdict, Long> counts = comparison.cells().stream()
                .collect(Collectors.groupingBy(GateCell::verdict, TreeMap::new, Collectors.counting()));
        String outcome = counts.entrySet().stream()
                .map(count -> count.getValue() + " " + words(count.getKey().name()))
                .collect(Collectors.joining(", "));
        if (!comparison.notMeasured().isEmpty()) {
            outcome +=
                    (outcome.isEmpty() ? "" : ", ") + comparison.notMeasured().size() + " not measured";
        }
        return render(comparison, "Comparison: " + (outcome.isEmpty() ? "nothing was compared" : outcome));
    }

    private static String render(GateResult gate, String outcome) {
        return DOCUMENT.render(new View(
                outcome,
                gate.baseCampaignId(),
                gate.headCampaignId(),
                Figures.percent(gate.equivalenceBand()),
                Figures.percent(gate.confidence()),
                !gate.cells().isEmpty() || !gate.notMeasured().isEmpty(),
                gate.problems(),
                Stream.concat(
                                gate.cells().stream().map(GateMarkdown::row),
                                gate.notMeasured().stream().map(GateMarkdown::row))
                        .toList(),
                gate.cells().stream().flatMap(GateMarkdown::others).toList()));
    }

    record View(
            String outcome,
            String base,
            String head,
            String band,
            String confidence,
            boolean hasCells,
            List<String> problems,
            List<Row> cells,
            List<OtherRow> others) {
        boolean hasOthers() {
            return !others.isEmpty();
        }
    }

    /** A metric that differs, and fails nothing. */
    record OtherRow(
            String engine,
            String workload,
            String cellId,
            String metric,
            String base,
            String head,
            String ratio,
            String p,
            String verdict) {}

    /** Those that the data can tell apart: a table of all would bury them. */
    private static Stream<OtherRow> others(GateCell cell) {
        return cell.others().stream()
                .filter(other -> other.verdict() == Verdict.BETTER || other.verdict() == Verdict.WORSE)
                .map(other -> new OtherRow(
                        cell.cell().engineName(),
                        cell.cell().workload(),
                        MarkdownText.code(cell.cell().id()),
                        other.metric().words(cell.cell().load()),
                        MetricText.level(other.metric(), other.reference().estimate()),
                        MetricText.level(other.metric(), other.value().estimate()),
                        ratio(other.ratio().ratio()),
                        Figures.fixed(other.holmPValue(), 4),
                        words(other.verdict().name())));
    }

    record Row(
            String engine,
            String workload,
            String cellId,
            String figure,
            String base,
            String head,
            String ratio,
            String blocks,
            String p,
            String verdict) {}

    private static Row row(GateCell cell) {
        return new Row(
                cell.cell().engineName() + (cell.cell().caveats().isEmpty() ? "" : " †"),
                cell.cell().workload(),
                MarkdownText.code(cell.cell().id()),
                cell.judgedBy().words(cell.cell().load()),
                level(cell, cell.base()),
                level(cell, cell.head()),
                judged(cell),
                String.valueOf(cell.primary().blocks()),
                Figures.fixed(cell.holmPValue(), 4),
                verdict(cell));
    }

    private static Row row(UnmeasuredCell unmeasured) {
        Cell cell = unmeasured.cell();
        return new Row(
                cell.engineName(),
                cell.workload(),
                MarkdownText.code(cell.id()),
                Figures.ABSENT,
                Figures.ABSENT,
                Figures.ABSENT,
                Figures.ABSENT,
                "0",
                Figures.ABSENT,
                "not measured: " + unmeasured.reason());
    }

    /** A campaign's value of the deciding figure with its unit: {@code 39.1 k ops/s}, {@code 1.24 ms}. */
    static String level(GateCell cell, Interval level) {
        return MetricText.level(cell.judgedBy(), level.estimate());
    }

    /** What the verdict rests on; if that is not the plain ratio, both. */
    static String judged(GateCell cell) {
        String plain = ratio(cell.primary().ratio());
        return cell.relative()
                .map(relative -> ratio(relative.ratio()) + " beyond the other cells; " + plain + " in all")
                .orElse(plain);
    }

    /** {@code 0.914× [0.90, 0.93] at 95 %}: with the confidence that the interval attains. */
    static String ratio(Interval ratio) {
        return Figures.ratio(ratio.estimate()) + " [" + Figures.significant(ratio.low()) + ", "
                + Figures.significant(ratio.high()) + "] at " + Figures.confidence(ratio.confidence());
    }

    private static String verdict(GateCell cell) {
        return words(cell.verdict().name())
                + MetricText.standIn(cell.judgedBy(), cell.cell().load())
                        .map(standIn -> ": " + standIn)
                        .orElse("")
                + cell.waiver().map(waiver -> ", " + waiver.sentence()).orElse("");
    }

    static String words(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
