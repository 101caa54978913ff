package io.quorumark.results.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Trial;
import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.sample.SampleShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each test changes one thing in a good folder; reading must fail with one line that names the file. */
class TamperingTest {
    private static final SampleCampaign SAMPLE = SampleCampaign.of(SampleShape.QUICK.withSize(1, 1));

    @TempDir
    Path temp;

    private CampaignFolder folder = new CampaignFolder(Path.of(""));
    private Path json = Path.of("");
    private Path hlog = Path.of("");

    @BeforeEach
    void a_good_campaign() throws IOException {
        folder = SAMPLE.writeTo(temp.resolve("campaign"));
        Trial first = SAMPLE.trials().get(0).trial();
        json = folder.trialJson(first.block(), first.cellId());
        hlog = folder.trialHistograms(first.block(), first.cellId());
        assertThat(CampaignReader.read(folder.root()).trials()).isNotEmpty();
    }

    @Test
    void a_better_throughput_is_noticed() throws IOException {
        String text = Files.readString(json);
        String better = text.replaceFirst("\"throughputOpsPerSecond\" : \\d", "\"throughputOpsPerSecond\" : 9");
        assertThat(better).isNotEqualTo(text);
        refused(json, better, "does not match its own checksum");
    }

    @Test
    void a_link_that_leads_nowhere_is_no_campaign_without_trials_or_manifest() throws IOException {
        Manifest.seal(folder);
        Files.delete(folder.manifestJson());
        Files.createSymbolicLink(folder.manifestJson(), temp.resolve("absent"));
        assertThatThrownBy(() -> Manifest.in(folder))
                .isInstanceOf(ResultsException.class)
                .hasMessageContaining("manifest.json: cannot be read: it is missing, or a link that leads nowhere");
        Files.move(folder.trials(), temp.resolve("trials"));
        Files.createSymbolicLink(folder.trials(), temp.resolve("absent"));
        assertThatThrownBy(() -> CampaignReader.read(folder.root()))
                .isInstanceOf(ResultsException.class)
                .hasMessageContaining("trials: cannot be read: it is missing, or a link that leads nowhere");
    }

    @Test
    void a_truncated_trial_is_noticed() throws IOException {
        String text = Files.readString(json);
        refused(json, text.substring(0, text.length() / 2), "truncated, edited or of another version");
    }

    @Test
    void an_unknown_key_is_noticed() throws IOException {
        refused(
                json,
                Files.readString(json).replaceFirst("\"block\" :", "\"blok\" : 1, \"block\" :"),
                "Unrecognized field \"blok\"");
    }

    @Test
    void a_key_given_twice_is_noticed() throws IOException {
        refused(json, Files.readString(json).replaceFirst("\"errors\" :", "\"errors\" : 0, \"errors\" :"), "Duplicate");
    }

    @Test
    void a_missing_key_is_noticed() throws IOException {
        refused(json, Files.readString(json).replaceFirst("\"errors\" : 0,", ""), "errors");
    }

    @Test
    void a_null_where_something_belongs_is_noticed() throws IOException {
        refused(json, Files.readString(json).replaceFirst("\"outcome\" : \"VALID\"", "\"outcome\" : null"), "outcome");
    }

    @Test
    void a_cost_that_nobody_knows_or_that_is_below_zero_is_noticed() throws IOException {
        String text = Files.readString(json);
        refused(json, text.replaceFirst("\"live.bytes\"", "\"dead.bytes\""), "costs.figures has 'dead.bytes'");
        refused(json, text.replaceFirst("\"open.files.peak\" : ", "\"open.files.peak\" : -"), "open.files.peak is -");
        refused(json, text.replaceFirst("\"raft\" : ", "\"graft\" : "), "costs.cpuNanosPerOperation has 'graft'");
    }

    @Test
    void cut_histograms_are_noticed() throws IOException {
        String text = Files.readString(hlog);
        refused(hlog, text.substring(0, text.lastIndexOf("Tag=")), "edited or cut");
    }

    @Test
    void missing_histograms_are_noticed() throws IOException {
        Files.delete(hlog);
        assertThatThrownBy(() -> CampaignReader.read(folder.root()))
                .hasMessage(hlog + ": is missing; restore it from a copy");
    }

    @Test
    void another_reference_engine_is_noticed() throws IOException {
        refused(
                folder.campaignJson(),
                Files.readString(folder.campaignJson())
                        .replaceFirst("\"referenceEngine\" : \"rocksdb\"", "\"referenceEngine\" : \"xodus\""),
                "is not the file under which");
    }

    @Test
    void another_plan_is_noticed() throws IOException {
        refused(folder.planYaml(), "engines: [lmdb]\n", "is not the plan in campaign.json");
    }

    @Test
    void a_sweep_that_counts_without_a_rate_that_held_is_noticed() {
        Trial swept = Edits.of(
                ResultsJson.read(json, StoredTrial.class).trial(),
                tree -> tree.putArray("steps")
                        .addObject()
                        .put("rateOpsPerSecond", 500)
                        .put("reachedOpsPerSecond", 400)
                        .put("samples", 0)
                        .put("objectiveMicros", 0)
                        .put("finding", "OVERLOADED")
                        .putObject("percentileMicros"));
        assertThatThrownBy(() -> TrialRules.check(json, swept))
                .hasMessageContaining("is VALID although no step of its sweep held the objective");
    }

    @Test
    void another_format_version_is_noticed() throws IOException {
        refused(
                folder.campaignJson(),
                Files.readString(folder.campaignJson())
                        .replaceFirst("\"formatVersion\" : \\d+", "\"formatVersion\" : 99"),
                "has format version 99, expected " + Campaign.FORMAT_VERSION);
    }

    @Test
    void a_trial_of_another_campaign_is_noticed() throws IOException {
        CampaignFolder other =
                SampleCampaign.of(SampleShape.QUICK.withSize(1, 1).withSeed(7)).writeTo(temp.resolve("other"));
        Trial first = SAMPLE.trials().get(0).trial();
        refused(
                json,
                Files.readString(other.trialJson(first.block(), first.cellId())),
                "remove what does not belong here");
    }

    @Test
    void an_order_of_unknown_cells_is_noticed() throws IOException {
        String text = Files.readString(folder.campaignJson());
        int order = text.indexOf("\"blockOrder\"");
        String id = SAMPLE.campaign().cells().get(0).id();
        refused(
                folder.campaignJson(),
                text.substring(0, order) + text.substring(order).replace(id, "ffffffffffff"),
                "orders cell 'ffffffffffff', which it does not describe");
    }

    @Test
    void a_trial_that_the_campaign_did_not_order_is_noticed() throws IOException {
        Path stray = folder.trialJson(7, SAMPLE.campaign().cells().get(0).id());
        Files.copy(json, stray);
        assertThatThrownBy(() -> CampaignReader.read(folder.root()))
                .isInstanceOf(ResultsException.class)
                .hasMessageStartingWith(stray + ": is no trial that campaign.json orders")
                .hasMessageContaining("remove");
    }

    @Test
    void a_trial_at_another_place_than_ordered_is_noticed() throws IOException {
        Trial moved = Edits.of(SAMPLE.trials().get(0).trial(), tree -> tree.put("position", 1));
        CampaignWriter.writeTrial(folder, moved, SAMPLE.trials().get(0).histogramLog());
        assertThatThrownBy(() -> CampaignReader.read(folder.root()))
                .isInstanceOf(ResultsException.class)
                .hasMessageStartingWith(json + ": ran at place 2 of its block, expected place 1");
    }

    @Test
    void a_negative_figure_is_noticed() throws IOException {
        refused(
                json,
                Files.readString(json).replaceFirst("\"diskBytes\" : ", "\"diskBytes\" : -"),
                "resources.diskBytes is -");
    }

    @Test
    void a_figure_that_is_no_number_is_noticed() throws IOException {
        refused(
                json,
                Files.readString(json).replaceFirst("\"cpuSpinMillis\" : [^,]+", "\"cpuSpinMillis\" : \"NaN\""),
                "canary.cpuSpinMillis is NaN");
    }

    @Test
    void empty_files_are_noticed() throws IOException {
        for (Path file : List.of(json, folder.campaignJson())) {
            String text = Files.readString(file);
            refused(file, "", "truncated, edited or of another version");
            refused(file, "null", "holds null, expected a");
            Files.writeString(file, text);
        }
        refused(hlog, "", "edited or cut");
    }

    @Test
    void a_truncated_campaign_is_noticed_wherever_it_was_cut() throws IOException {
        String text = Files.readString(folder.campaignJson());
        for (int length = 1; length < text.length() - 2; length += text.length() / 50) {
            refused(folder.campaignJson(), text.substring(0, length), "truncated, edited or of another version");
            Files.writeString(folder.campaignJson(), text);
        }
    }

    @Test
    void bytes_that_are_no_text_are_noticed() throws IOException {
        for (Path file : List.of(json, hlog, folder.campaignJson(), folder.planYaml())) {
            byte[] good = Files.readAllBytes(file);
            byte[] bad = good.clone();
            bad[bad.length / 2] = (byte) 0xff;
            Files.write(file, bad);
            refused(file, "edited");
            Files.write(file, good);
        }
    }

    @Test
    void a_folder_where_a_file_belongs_is_noticed() throws IOException {
        Files.delete(json);
        Files.createDirectory(json);
        refused(json, "cannot be read");
    }

    @Test
    void a_trial_of_another_format_version_is_noticed() throws IOException {
        refused(
                json,
                Files.readString(json).replaceFirst("\"formatVersion\" : \\d+", "\"formatVersion\" : 1"),
                "has format version 1, expected " + Campaign.FORMAT_VERSION);
    }

    @Test
    void a_trial_laid_out_anew_is_still_the_same_and_an_edited_one_is_not() throws IOException {
        String text = Files.readString(json);
        Files.writeString(json, text.replace("\n  ", "\n\t"));
        assertThat(CampaignReader.read(folder.root()).trials())
                .hasSize(SAMPLE.trials().size());
        refused(
                json,
                text.replaceFirst("\"operations\" : \\d", "\"operations\" : 9").replace("\n  ", "\n\t"),
                "checksum");
    }

    @Test
    void another_host_is_noticed() throws IOException {
        refused(
                folder.campaignJson(),
                Files.readString(folder.campaignJson())
                        .replaceFirst("\"fingerprint\" : \"[^\"]+\"", "\"fingerprint\" : \"0123456789ab\""),
                "is not the file under which");
    }

    @Test
    void figures_beyond_all_numbers_are_noticed_wherever_they_stand() throws IOException {
        String text = Files.readString(json);
        for (String key :
                List.of("throughputOpsPerSecond", "meanMicros", "p99Micros", "cpuNanosPerOperation", "seconds")) {
            for (String wrong : List.of("\"NaN\"", "1e999", "-1.5")) {
                refused(
                        json,
                        text.replaceFirst("\"" + key + "\" : [^,\n}]+", "\"" + key + "\" : " + wrong),
                        "expected a number");
                Files.writeString(json, text);
            }
        }
    }

    @Test
    void a_second_that_comes_twice_is_noticed() throws IOException {
        Trial first = SAMPLE.trials().get(0).trial();
        Trial twice = Edits.of(first, tree -> {
            var series = tree.withArray("/series");
            series.add(series.get(0).deepCopy());
        });
        assertThatThrownBy(() -> CampaignWriter.writeTrial(
                        folder, twice, SAMPLE.trials().get(0).histogramLog()))
                .isInstanceOf(ResultsException.class)
                .hasMessage(json + ": series has second 0 after second 0, expected them in ascending order from 0 on");
    }

    @Test
    void a_log_without_a_single_interval_is_not_written() {
        Trial first = SAMPLE.trials().get(0).trial();
        assertThatThrownBy(() -> CampaignWriter.writeTrial(
                        folder, first, "#[Histogram log format version 1.3]\n\"StartTimestamp\"\n"))
                .isInstanceOf(ResultsException.class)
                .hasMessageStartingWith(hlog + ": is empty although its trial has ");
    }

    @Test
    void a_design_that_cannot_be_is_noticed() throws IOException {
        String text = Files.readString(folder.campaignJson());
        refused(
                folder.campaignJson(),
                text.replaceFirst("\"equivalenceBand\" : [^,]+", "\"equivalenceBand\" : \"NaN\""),
                "design.equivalenceBand is NaN");
        refused(
                folder.campaignJson(),
                text.replaceFirst("\"confidence\" : [^,]+", "\"confidence\" : 95"),
                "design.confidence is 95.0");
    }

    @Test
    void a_cell_that_is_ordered_twice_in_a_block_is_noticed() throws IOException {
        String text = Files.readString(folder.campaignJson());
        int order = text.indexOf("\"blockOrder\"");
        List<String> ids = SAMPLE.campaign().blockOrder().get(0);
        refused(
                folder.campaignJson(),
                text.substring(0, order) + text.substring(order).replace(ids.get(1), ids.get(0)),
                "orders cell '" + ids.get(0) + "' twice in block 1");
    }

    @Test
    void of_several_broken_trials_the_first_is_reported() throws IOException {
        for (SampleCampaign.DrawnTrial drawn : SAMPLE.trials()) {
            Files.writeString(
                    folder.trialJson(drawn.trial().block(), drawn.trial().cellId()), "{}");
        }
        for (int i = 0; i < 20; i++) {
            refused(json, "");
        }
    }

    private void refused(Path file, String content, String expected) throws IOException {
        assertThat(Files.readString(file)).isNotEqualTo(content);
        Files.writeString(file, content);
        refused(file, expected);
    }

    private void refused(Path file, String expected) {
        assertThatThrownBy(() -> CampaignReader.read(folder.root()))
                .isInstanceOf(ResultsException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(expected)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }
}
