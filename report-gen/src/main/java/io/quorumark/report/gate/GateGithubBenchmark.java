package io.quorumark.report.gate;

import io.quorumark.report.text.Figures;
import io.quorumark.results.cell.MetricComparison;
import io.quorumark.results.gate.GateResult;
import io.quorumark.results.gate.GateResult.GateCell;
import io.quorumark.results.stats.Interval;
import io.quorumark.results.store.AtomicFiles;
import io.quorumark.results.store.ResultsJson;
import io.quorumark.results.text.Plural;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A gate's head campaign for github-action-benchmark: an entry for each judged metric of each cell. That action takes either figures of
 * which more is better or figures of which less is, and refuses an empty file. So rates go to one file and times and bytes to another, and
 * a file without an entry is not written.
 */
public final class GateGithubBenchmark {
    private GateGithubBenchmark() {}

    /** Which of the action's tools reads it. */
    public enum Tool {
        /** Rates. */
        BIGGER("customBiggerIsBetter", "bigger", true),
        /** Times and bytes. */
        SMALLER("customSmallerIsBetter", "smaller", false);

        private final String actionName;
        private final String suffix;
        private final boolean moreIsBetter;

        Tool(String actionName, String suffix, boolean moreIsBetter) {
            this.actionName = actionName;
            this.suffix = suffix;
            this.moreIsBetter = moreIsBetter;
        }

        /** The value of the action's input {@code tool}. */
        public String actionName() {
            return actionName;
        }

        /** {@code gate.json} as {@code gate-bigger.json}. */
        public Path fileFor(Path file) {
            String name = String.valueOf(file.getFileName());
            int dot = name.lastIndexOf('.');
            return file.resolveSibling(
                    dot <= 0 ? name + "-" + suffix : name.substring(0, dot) + "-" + suffix + name.substring(dot));
        }
    }

    /**
     * Replaces a file in one step; one that would have no entry is removed.
     *
     * @param file {@link Tool#fileFor}, and no stream
     */
    public static void write(GateResult gate, Tool tool, Path file) throws IOException {
        if (entries(gate, tool).isEmpty()) {
            Files.deleteIfExists(file);
        } else {
            AtomicFiles.write(file, render(gate, tool));
        }
    }

    /** The whole document. The same result gives the same text. */
    public static String render(GateResult gate, Tool tool) {
        return ResultsJson.write(entries(gate, tool));
    }

    private static List<Map<String, Object>> entries(GateResult gate, Tool tool) {
        return gate.cells().stream()
                .flatMap(cell -> cell.metrics().stream()
                        .filter(compared -> compared.metric().moreIsBetter() == tool.moreIsBetter)
                        .map(compared -> entry(cell, compared)))
                .toList();
    }

    private static Map<String, Object> entry(GateCell cell, MetricComparison compared) {
        boolean decides = cell.isJudgedBy(compared.metric());
        Interval value = compared.value();
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", GateBencher.benchmark(cell) + "/" + compared.metric().id());
        entry.put("unit", compared.metric().unit().symbol());
        entry.put("value", Figures.rounded(value.estimate()));
        entry.put(
                "range",
                Figures.plain(value.low()) + " to " + Figures.plain(value.high()) + " at "
                        + Figures.confidence(value.confidence()));
        entry.put(
                "extra",
                cell.cell().engineName() + " " + cell.cell().engineVersion() + ", "
                        + (decides ? "decides the cell" : "decides nothing") + ", verdict "
                        + GateMarkdown.words(compared.verdict().name()) + ", "
                        + (decides
                                ? GateMarkdown.judged(cell)
                                : GateMarkdown.ratio(compared.ratio().ratio()))
                        + " as good as the base over "
                        + Plural.of(compared.ratio().blocks(), "block"));
        return entry;
    }
}
