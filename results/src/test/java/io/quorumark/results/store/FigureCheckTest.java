package io.quorumark.results.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.results.model.Trial;
import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.sample.SampleCampaign.DrawnTrial;
import io.quorumark.results.sample.SampleLoad;
import io.quorumark.results.sample.SampleShape;
import io.quorumark.results.store.FolderFinding.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Trials that were stored with all their checksums, and tell what their histograms do not give. */
class FigureCheckTest {
    @TempDir
    Path temp;

    @ParameterizedTest
    @EnumSource(SampleLoad.class)
    void trials_of_every_load_tell_what_their_histograms_give(SampleLoad load) throws IOException {
        assertThat(found(stored(sample(load)))).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "CLOSED | (?<=\"read\":\\{\"count\":)\\d+              | 1        | number of response times of read is 1.0",
                "CLOSED | (?<=\"all\":\\{.{1,90}\"maxMicros\":)[\\d.]+ | 7        | maximum of all in µs is 7.0",
                "CLOSED | (?<=\"meanMicros\":)[\\d.]+                  | 7        | mean of all in µs is 7.0",
                "CLOSED | (?<=\"update\":\\{.{1,200}\"50\":)[\\d.]+    | 7        | p50 of update in µs is 7.0",
                "CLOSED | \"update\"(?=:\\{\"count\")                  | \"scan\" | has response times of [read, scan]",
                "PACED  | (?<=\"paced\":\\{.{1,200}\"99\":)[\\d.]+     | 7        | p99 of the paced window in µs is 7.0",
                "PACED  | (?<=\"paced\":\\{.{1,200}\"samples\":)\\d+   | 7        | response times of the paced window is 7.0",
                "SWEEP  | (?<=\"objectiveMicros\":)[\\d.]+             | 7        | of the step at 4000.0 op/s in µs is 7.0",
                "SWEEP  | MISSED                                       | HELD     | the step at"
            })
    void another_figure_is_found(SampleLoad load, String pattern, String replacement, String sentence)
            throws IOException {
        StoredCampaign forged = stored(edited(sample(load), pattern, replacement));
        Trial first = forged.trials().get(0);
        assertThat(found(forged)).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.EDITED);
            assertThat(finding.file()).isEqualTo("trials/b001-" + first.cellId() + ".json");
            assertThat(finding.sentence()).contains(sentence).contains("istograms");
        });
    }

    @Test
    void what_older_results_did_not_store_is_passed_over() throws IOException {
        for (SampleLoad load : List.of(SampleLoad.PACED, SampleLoad.SWEEP)) {
            SampleCampaign sample = sample(load);
            List<DrawnTrial> older = new ArrayList<>();
            for (DrawnTrial drawn : sample.trials()) {
                String log = drawn.histogramLog().replaceAll("(?m)^Tag=[\\w-]+:.*\\R", "");
                assertThat(log).as("%s", load).isNotEqualTo(drawn.histogramLog());
                older.add(new DrawnTrial(drawn.trial(), log));
            }
            assertThat(found(stored(new SampleCampaign(sample.campaign(), older))))
                    .as("%s", load)
                    .isEmpty();
        }
    }

    @Test
    void an_objective_that_its_reader_does_not_know_is_refused() throws IOException {
        StoredCampaign sweep = stored(sample(SampleLoad.SWEEP));
        assertThatThrownBy(() -> FigureCheck.of(sweep, objective -> {
                    throw new IllegalArgumentException("objective is \"" + objective + "\", expected another");
                }))
                .isInstanceOf(ResultsException.class)
                .hasMessageContaining("campaign.json")
                .hasMessageContaining("objective is \"p95 <= 10 ms\", expected another");
    }

    /** The objective of samples is about the 95th percentile. */
    private static List<FolderFinding> found(StoredCampaign stored) {
        return FigureCheck.of(stored, objective -> {
            assertThat(objective).isEqualTo("p95 <= 10 ms");
            return 95;
        });
    }

    private static SampleCampaign sample(SampleLoad load) {
        return SampleCampaign.of(SampleShape.QUICK.withSize(1, 1).withLoad(load));
    }

    private StoredCampaign stored(SampleCampaign sample) throws IOException {
        Path root = temp.resolve(
                sample.campaign().cells().get(0).load().kind() + sample.trials().hashCode());
        sample.writeTo(root);
        return CampaignReader.read(root);
    }

    /** Changes the first trial. */
    private static SampleCampaign edited(SampleCampaign sample, String pattern, String replacement) {
        Trial first = sample.trials().get(0).trial();
        String json = ResultsJson.writeLine(first);
        String changed = json.replaceFirst(pattern, replacement);
        assertThat(changed).as("%s", pattern).isNotEqualTo(json);
        Trial forged = ResultsJson.readLine(Path.of("trial.json"), 1, changed, Trial.class);
        return sample.withTrials(trial -> trial.equals(first) ? forged : trial);
    }
}
