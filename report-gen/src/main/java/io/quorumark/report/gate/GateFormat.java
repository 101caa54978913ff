package io.quorumark.report.gate;

import io.quorumark.report.gate.GateGithubBenchmark.Tool;
import io.quorumark.results.gate.GateResult;
import io.quorumark.results.store.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Every format of a gate's answer that goes to a file; a new one is a constant here and an option of the command. An option may stand for
 * several files, each of which is a constant.
 */
public enum GateFormat implements GateWriter {
    HTML("--html", GateHtml::write),
    MARKDOWN("--markdown", text(GateMarkdown::render)),
    JUNIT("--junit", text(GateJunitXml::render)),
    OPEN_METRICS("--openmetrics", text(GateOpenMetrics::render)),
    BENCHER("--bencher", text(GateBencher::render)),
    GITHUB_BIGGER("--github", Tool.BIGGER),
    GITHUB_SMALLER("--github", Tool.SMALLER),
    CSV("--csv", text(GateCsv::render));

    private final String option;

    @SuppressWarnings("ImmutableEnumChecker") // all of them are functions without state
    private final GateWriter writer;

    @SuppressWarnings("ImmutableEnumChecker")
    private final UnaryOperator<Path> fileFor;

    private final boolean isOneOfSeveral;

    GateFormat(String option, GateWriter writer) {
        this.option = option;
        this.writer = writer;
        this.fileFor = UnaryOperator.identity();
        this.isOneOfSeveral = false;
    }

    GateFormat(String option, Tool tool) {
        this.option = option;
        this.writer = (answer, file) -> GateGithubBenchmark.write(answer.result(), tool, file);
        this.fileFor = tool::fileFor;
        this.isOneOfSeveral = true;
    }

    private static GateWriter text(Function<GateResult, String> render) {
        return (answer, file) -> AtomicFiles.writeOutput(file, render.apply(answer.result()));
    }

    /** What names the file on a command line. */
    public String option() {
        return option;
    }

    /**
     * The file that is written.
     *
     * @param named by the option
     */
    public Path fileFor(Path named) {
        return fileFor.apply(named);
    }

    /** Whether the option names no file, but what several are called by. */
    public boolean isOneOfSeveral() {
        return isOneOfSeveral;
    }

    @Override
    public void write(GateAnswer answer, Path file) throws IOException {
        writer.write(answer, file);
    }
}
