package io.quorumark.results.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Trial;
import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.sample.SampleCampaign.DrawnTrial;
import io.quorumark.results.sample.SampleShape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CampaignFolderTest {
    private static final SampleCampaign SAMPLE = SampleCampaign.of(SampleShape.QUICK.withSize(2, 2));

    @TempDir
    Path temp;

    @Test
    void what_was_written_is_read_back() throws IOException {
        SAMPLE.writeTo(temp.resolve("new"));
        StoredCampaign stored = CampaignReader.read(temp.resolve("new"));
        assertThat(stored.campaign()).isEqualTo(SAMPLE.campaign());
        assertThat(stored.trials()).isEqualTo(SAMPLE.unsaved().trials());
        assertThat(stored.isComplete()).isTrue();
    }

    @Test
    void histograms_hold_what_the_trial_says() throws IOException {
        CampaignFolder folder = SAMPLE.writeTo(temp.resolve("new"));
        for (DrawnTrial drawn : SAMPLE.trials()) {
            Trial trial = drawn.trial();
            Map<String, Histogram> merged =
                    Objects.requireNonNull(HistogramLogs.windows(folder.trialHistograms(trial.block(), trial.cellId()))
                            .get(HistogramLogs.COUNTED));
            merged.forEach((name, histogram) -> {
                Trial.Latency latency = Objects.requireNonNull(trial.latency().get(name), name);
                assertThat(histogram.getTotalCount()).isEqualTo(latency.count());
                assertThat(histogram.getMaxValue() / 1e3).isEqualTo(latency.maxMicros());
            });
            assertThat(merged).hasSize(trial.latency().size() - 1);
        }
    }

    @Test
    void a_folder_that_holds_anything_is_refused_and_left_alone() throws IOException {
        Files.writeString(temp.resolve("thesis.txt"), "mine");
        assertThatThrownBy(() -> SAMPLE.writeTo(temp))
                .isInstanceOf(ResultsException.class)
                .hasMessageContaining("is not empty")
                .hasMessageContaining("--out");
        assertThat(temp).isDirectoryContaining(path -> path.endsWith("thesis.txt"));
        try (var entries = Files.list(temp)) {
            assertThat(entries).hasSize(1);
        }
    }

    @Test
    void a_file_where_the_folder_should_be_is_refused() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "");
        assertThatThrownBy(() -> SAMPLE.writeTo(file)).hasMessageContaining("is a file, expected an absent or empty");
    }

    @Test
    void two_writers_of_one_campaign_are_not_let_in() throws IOException {
        Path root = temp.resolve("new");
        try (CampaignWriter first = CampaignWriter.create(root, SAMPLE.campaign())) {
            assertThat(first.folder().root()).isEqualTo(root);
            assertThatThrownBy(() -> CampaignWriter.resume(root))
                    .isInstanceOf(ResultsException.class)
                    .hasMessageContaining("being written by another process");
        }
        CampaignWriter.resume(root).close();
    }

    @Test
    void another_process_is_not_let_in_until_the_first_has_gone() throws Exception {
        Path root = temp.resolve("new");
        try (CampaignWriter first = CampaignWriter.create(root, SAMPLE.campaign())) {
            assertThat(resumeInAnotherProcess(first.folder().root()))
                    .isEqualTo(root + ": is being written by another process; wait for it, or stop it first");
        }
        assertThat(resumeInAnotherProcess(root)).isEqualTo("resumed");
    }

    private static String resumeInAnotherProcess(Path root) throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ResumingProcess.class.getName(),
                        root.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(other.waitFor(60, TimeUnit.SECONDS)).as("ended in time").isTrue();
            return new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } finally {
            other.destroyForcibly();
        }
    }

    /** Resumes the campaign named by its first argument, and says how that went. */
    static final class ResumingProcess {
        private ResumingProcess() {}

        public static void main(String[] arguments) throws IOException {
            try (CampaignWriter writer = CampaignWriter.resume(Path.of(arguments[0]))) {
                System.out.println(writer.folder().root().equals(Path.of(arguments[0])) ? "resumed" : "elsewhere");
            } catch (ResultsException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void a_resumed_campaign_knows_what_is_done_and_forgets_what_was_half_written() throws IOException {
        Path root = temp.resolve("new");
        DrawnTrial done = SAMPLE.trials().get(0);
        Trial half = SAMPLE.trials().get(1).trial();
        try (CampaignWriter writer = CampaignWriter.create(root, SAMPLE.campaign())) {
            CampaignWriter.writeTrial(writer.folder(), done.trial(), done.histogramLog());
        }
        CampaignFolder folder = new CampaignFolder(root);
        Path halfJson = folder.trialJson(half.block(), half.cellId());
        Path leftover = halfJson.resolveSibling(halfJson.getFileName() + AtomicFiles.TEMPORARY_SUFFIX);
        Files.writeString(leftover, "{\"trialSha256\" : \"");
        Files.writeString(folder.trialHistograms(half.block(), half.cellId()), "the histograms came first");

        try (CampaignWriter writer = CampaignWriter.resume(root)) {
            assertThat(leftover).doesNotExist();
            assertThat(writer.stored(done.trial().block(), done.trial().cellId()))
                    .isEqualTo(done.trial());
            assertThat(writer.stored(half.block(), half.cellId())).isNull();
        }
        assertThat(CampaignReader.read(root).trials()).containsExactly(done.trial());
        assertThat(CampaignReader.read(root).isComplete()).isFalse();
    }

    @Test
    void a_folder_without_a_campaign_is_refused() {
        assertThatThrownBy(() -> CampaignReader.read(temp)).hasMessageContaining("holds no campaign.json");
        assertThatThrownBy(() -> CampaignWriter.resume(temp)).hasMessageContaining("holds no campaign.json");
    }

    @Test
    void a_trial_that_could_not_be_read_back_is_not_written() throws IOException {
        try (CampaignWriter writer = CampaignWriter.create(temp.resolve("new"), SAMPLE.campaign())) {
            DrawnTrial drawn = SAMPLE.trials().get(0);
            Trial wrong = Edits.of(
                    drawn.trial(), tree -> tree.withObject("/resources").put("cpuNanosPerOperation", Double.NaN));
            assertThatThrownBy(() -> CampaignWriter.writeTrial(writer.folder(), wrong, drawn.histogramLog()))
                    .isInstanceOf(ResultsException.class)
                    .hasMessageContaining("resources.cpuNanosPerOperation is NaN");
            assertThat(writer.folder().trials()).isEmptyDirectory();
        }
    }

    @Test
    void operations_without_their_histograms_are_not_written() throws IOException {
        try (CampaignWriter writer = CampaignWriter.create(temp.resolve("new"), SAMPLE.campaign())) {
            Trial trial = SAMPLE.trials().get(0).trial();
            assertThatThrownBy(() -> CampaignWriter.writeTrial(writer.folder(), trial, ""))
                    .isInstanceOf(ResultsException.class)
                    .hasMessageContaining("is empty although its trial has " + trial.operations() + " operations");
            assertThat(writer.folder().trials()).isEmptyDirectory();
        }
    }

    @Test
    void a_campaign_with_the_same_cell_twice_is_refused() throws IOException {
        SampleCampaign twice = SAMPLE.withCampaign(campaign -> Edits.of(campaign, Campaign.class, tree -> {
            var cells = tree.withArray("/cells");
            cells.set(1, cells.get(0).deepCopy());
        }));
        CampaignFolder folder = new CampaignFolder(temp);
        Files.writeString(folder.campaignJson(), ResultsJson.write(twice.campaign()));
        assertThatThrownBy(() -> CampaignReader.read(temp)).hasMessageContaining("two cells with the same id");
    }
}
