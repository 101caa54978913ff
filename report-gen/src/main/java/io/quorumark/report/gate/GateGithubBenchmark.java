package io.quorumark.report.gate;

import io.quorumark.report.text.Figures;
import io.quorumark.results.gate.GateResult;
import io.quorumark.results.gate.GateResult.GateCell;
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
 * A gate's head campaign for github-action-benchmark. That action takes either figures where more is better or figures where less is, and
 * refuses an empty file. So closed loops, judged by throughput, and open loops, judged by response time, go to a file each, and a file
 * without a cell is not written.
 */
public final class GateGithubBenchmark {
    private GateGithubBenchmark() {}

    /** Which of the action's tools reads it. */
    public enum Tool {
        /** Throughput. */
        BIGGER("customBiggerIsBetter", "bigger", true),
        /** Response time. */
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
     * Replaces {@code NAME-bigger.json} and {@code NAME-smaller.json}, each in one step; one that would have no cell is removed.
     *
     * @param file {@code NAME.json}, which itself is not written
     */
    public static void write(GateResult gate, Path file) throws IOException {
        for (Tool tool : Tool.values()) {
            if (cells(gate, tool).isEmpty()) {
                Files.deleteIfExists(tool.fileFor(file));
            } else {
                AtomicFiles.write(tool.fileFor(file), render(gate, tool));
            }
        }
    }

    /** The whole document. The same result gives the same text. */
    public static String render(GateResult gate, Tool tool) {
        return ResultsJson.write(
                cells(gate, tool).stream().map(GateGithubBenchmark::entry).toList());
    }

    private static List<GateCell> cells(GateResult gate, Tool tool) {
        return gate.cells().stream()
                .filter(cell -> cell.judgedBy().moreIsBetter() == tool.moreIsBetter)
                .toList();
    }

    private static Map<String, Object> entry(GateCell cell) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", GateBencher.benchmark(cell));
        entry.put("unit", cell.judgedBy().unit().symbol());
        entry.put("value", Figures.rounded(cell.head().estimate()));
        entry.put(
                "range",
                Figures.plain(cell.head().low()) + " to "
                        + Figures.plain(cell.head().high()) + " at "
                        + Figures.confidence(cell.head().confidence()));
        entry.put(
                "extra",
                cell.cell().engineName() + " " + cell.cell().engineVersion() + ", verdict "
                        + GateMarkdown.words(cell.verdict().name()) + ", " + GateMarkdown.judged(cell)
                        + " as good as the base over "
                        + Plural.of(cell.primary().blocks(), "block"));
        return entry;
    }
}
