package io.quorumark.report.gate;

import io.quorumark.results.gate.GateResult;
import io.quorumark.results.store.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;

/** Every format of a gate's answer that goes to a file; a new one is a constant here and an option of the command. */
public enum GateFormat implements GateWriter {
    HTML("--html", GateHtml::write),
    MARKDOWN("--markdown", text(GateMarkdown::render)),
    JUNIT("--junit", text(GateJunitXml::render)),
    OPEN_METRICS("--openmetrics", text(GateOpenMetrics::render)),
    BENCHER("--bencher", text(GateBencher::render)),
    GITHUB("--github", (answer, file) -> GateGithubBenchmark.write(answer.result(), file)),
    CSV("--csv", text(GateCsv::render));

    private final String option;

    @SuppressWarnings("ImmutableEnumChecker") // all of them are functions without state
    private final GateWriter writer;

    GateFormat(String option, GateWriter writer) {
        this.option = option;
        this.writer = writer;
    }

    private static GateWriter text(Function<GateResult, String> render) {
        return (answer, file) -> AtomicFiles.write(file, render.apply(answer.result()));
    }

    /** What names the file on a command line. */
    public String option() {
        return option;
    }

    @Override
    public void write(GateAnswer answer, Path file) throws IOException {
        writer.write(answer, file);
    }
}
