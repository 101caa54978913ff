package io.quorumark.results.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.sample.LargeSample;
import io.quorumark.results.store.CampaignReader;
import io.quorumark.results.store.HistogramLogs;
import io.quorumark.results.store.StoredCampaign;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A campaign of ten thousand trials, read, checked, summed and judged in a fresh JVM with 1 GiB of heap. What is bounded is processor time,
 * the start of the JVM included, since what else runs on the machine decides about the time on the clock; both are printed. On two cores it
 * took 7 to 8 s of processor time and 4 s on the clock, more on a busy machine; comparing alone once took 21 s, so that a square in the
 * number of blocks does not go unnoticed.
 */
class LargeCampaignTest {
    private static final int TRIALS = 10_000;
    private static final Duration MOST = Duration.ofSeconds(15);
    private static final Pattern SPENT = Pattern.compile("(\\d+) ms of processor time");

    @TempDir
    Path temp;

    @Test
    @Tag("long")
    void ten_thousand_trials_take_seconds_and_one_gibibyte() throws Exception {
        LargeSample.writeTo(temp.resolve("large"), TRIALS);
        String output = analyseInAnotherProcess(temp.resolve("large"));
        System.out.println(output);
        assertThat(output).contains("10008 trials"); // twelve cells in whole blocks
        Matcher spent = SPENT.matcher(output);
        assertThat(spent.find()).isTrue();
        assertThat(Duration.ofMillis(Long.parseLong(spent.group(1)))).isLessThanOrEqualTo(MOST);
    }

    private static String analyseInAnotherProcess(Path root) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AnalysingProcess.class.getName(),
                        root.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return output;
        } finally {
            process.destroyForcibly();
        }
    }

    /** Analyses the campaign named by its first argument, and prints how long each part took. */
    static final class AnalysingProcess {
        private AnalysingProcess() {}

        public static void main(String[] arguments) throws IOException {
            long begun = System.nanoTime();
            StoredCampaign stored = CampaignReader.read(Path.of(arguments[0]));
            long read = System.nanoTime();
            long samples = stored.trials().parallelStream()
                    .map(trial -> stored.folder().trialHistograms(trial.block(), trial.cellId()))
                    .flatMap(log -> HistogramLogs.windows(log).values().stream())
                    .flatMap(byClass -> byClass.values().stream())
                    .mapToLong(Histogram::getTotalCount)
                    .sum();
            long summed = System.nanoTime();
            Analysis analysis = Analysis.of(stored);
            long analysed = System.nanoTime();
            System.out.printf(
                    Locale.ROOT,
                    "%d trials read in %d ms, %d samples summed in %d ms, %d comparisons made in %d ms, %d findings; %d ms since the"
                            + " JVM started, %d ms of processor time%n",
                    stored.trials().size(),
                    (read - begun) / 1_000_000,
                    samples,
                    (summed - read) / 1_000_000,
                    analysis.comparisons().size(),
                    (analysed - summed) / 1_000_000,
                    analysis.findings().size(),
                    ManagementFactory.getRuntimeMXBean().getUptime(),
                    ProcessHandle.current()
                            .info()
                            .totalCpuDuration()
                            .orElseThrow()
                            .toMillis());
        }
    }
}
