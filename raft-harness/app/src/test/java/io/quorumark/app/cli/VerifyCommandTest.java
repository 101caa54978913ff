package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.campaign.ProgramFile;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Software;
import io.quorumark.results.model.Trial;
import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.sample.SampleShape;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.results.store.CampaignReader;
import io.quorumark.results.store.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of documents that {@code verify} checks them, it checks. */
class VerifyCommandTest {
    private static final SampleCampaign SAMPLE = SampleCampaign.of(SampleShape.ADR.withSize(8, 2));

    @TempDir
    static Path kept = Path.of("");

    private static CampaignFolder good = new CampaignFolder(Path.of(""));

    @TempDir
    Path temp;

    private CampaignFolder folder = good;

    @BeforeAll
    static void an_ended_campaign() throws IOException {
        good = EndedCampaign.write(SAMPLE, kept.resolve("campaign"));
    }

    @BeforeEach
    void a_copy_of_it() throws IOException {
        folder = EndedCampaign.copy(good, temp.resolve("copy"));
    }

    @Test
    void a_folder_that_nobody_touched_passes() {
        CommandLineRun run = verify();
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("0 findings in files and documents");
    }

    @ParameterizedTest
    @ValueSource(strings = {"report.html", "report.md", "adr.md"})
    void a_document_with_one_other_figure_is_found(String document) throws IOException {
        EndedCampaign.edit(
                folder.root().resolve(document), text -> text.replaceFirst("\\d(?=(\\.\\d+)? (k|ms)\\b)", "7"));
        assertFound("EDITED " + document + ": was edited after it was written");
    }

    @ParameterizedTest
    @ValueSource(strings = {"report.html", "report.md", "adr.md"})
    void a_document_that_is_gone_is_found(String document) throws IOException {
        Files.delete(folder.root().resolve(document));
        assertFound("MISSING " + document + ": was written and is missing");
    }

    @Test
    void files_that_may_not_be_read_are_the_users_to_correct() throws IOException {
        Path workloads = Files.createDirectories(folder.root().resolve(CampaignFolder.WORKLOADS));
        List<Path> files = List.of(
                folder.reportHtml(),
                folder.reportMarkdown(),
                folder.adr(),
                folder.campaignJson(),
                folder.manifestJson(),
                folder.planYaml(),
                Files.writeString(workloads.resolve("own.yaml"), "model: ycsb\n"));
        for (Path file : files) {
            byte[] kept = Files.readAllBytes(file);
            UnreadableFile.inPlaceOf(file);
            CommandLineRun run = verify();
            assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
            assertThat(run.err())
                    .hasLineCount(1)
                    .startsWith("quorumark: " + file + ": ")
                    .endsWith("permission denied; correct its permissions\n");
            Files.delete(file);
            Files.write(file, kept);
        }
        Files.delete(folder.reportHtml());
        Files.createDirectory(folder.reportHtml());
        CommandLineRun run = verify();
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err()).startsWith("quorumark: " + folder.reportHtml() + ": cannot be read: ");
    }

    @Test
    void a_document_of_earlier_results_is_found() throws IOException {
        Path report = folder.reportMarkdown();
        Files.writeString(report, Files.readString(report) + "what the results gave at that time\n");
        Manifest.recordDocuments(folder, List.of(report), "quorumark development");
        assertFound("STALE report.md: is out of date");
    }

    @Test
    void a_document_of_another_version_is_told_apart_from_an_edited_one() throws IOException {
        Path report = folder.reportMarkdown();
        Files.writeString(report, Files.readString(report) + "other words\n");
        Manifest.recordDocuments(folder, List.of(report), "quorumark 0.0.1");
        CommandLineRun run = verify();
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out())
                .contains("OTHER_VERSION report.md: was made by another version (quorumark 0.0.1;")
                .contains("1 finding in files and documents");
    }

    @Test
    void documents_of_a_campaign_of_before_manifests_are_those_of_another_version() throws IOException {
        Files.delete(folder.manifestJson());
        EndedCampaign.edit(folder.reportMarkdown(), text -> text + "other words\n");
        CommandLineRun run = verify();
        assertThat(run.exitCode()).as(run.out()).isEqualTo(3);
        assertThat(run.out())
                .contains("NOT_ENDED manifest.json")
                .contains(
                        "OTHER_VERSION report.md: is not what this version gives (quorumark development), and no manifest says which"
                                + " one made it; the campaign was run by quorumark 0.1.0: check it with that one, or make it again")
                .doesNotContain("EDITED");
    }

    @Test
    void a_document_of_a_campaign_that_this_version_ran_is_edited_with_or_without_a_manifest() throws IOException {
        CampaignFolder own = EndedCampaign.write(
                SAMPLE.withCampaign(campaign -> ranBy(ProgramFile.version(), campaign)), temp.resolve("own"));
        Files.delete(own.manifestJson());
        EndedCampaign.edit(own.reportMarkdown(), text -> text + "other words\n");
        CommandLineRun run = CommandLineRun.of("verify", own.root().toString());
        assertThat(run.exitCode()).as(run.out()).isEqualTo(4);
        assertThat(run.out()).contains("EDITED report.md: is not what the stored results give");
    }

    private static Campaign ranBy(String version, Campaign campaign) {
        Software before = campaign.software();
        return new Campaign(
                campaign.formatVersion(),
                campaign.id(),
                campaign.createdAt(),
                campaign.profile(),
                campaign.command(),
                campaign.seed(),
                new Software(
                        version,
                        before.gitRevision(),
                        before.gitDirty(),
                        before.javaVersion(),
                        before.javaVendor(),
                        before.jvmFlags(),
                        before.libraries()),
                campaign.host(),
                campaign.plan(),
                campaign.design(),
                campaign.cells(),
                campaign.blockOrder(),
                campaign.durability(),
                campaign.linearizability());
    }

    @Test
    void a_record_of_several_campaigns_is_made_again_by_its_own_rules() throws IOException {
        CampaignFolder other = EndedCampaign.write(
                SampleCampaign.of(SampleShape.ADR.withSize(6, 1).withSeed(7)), temp.resolve("other"));
        Path record = temp.resolve("both.md");
        List<String> both = List.of(folder.root().toString(), other.root().toString());
        assertThat(run("adr", both, "--out", record.toString()).exitCode()).isZero();
        CommandLineRun whole = run("verify", both, "--record", record.toString());
        assertThat(whole.exitCode()).as(whole.out() + whole.err()).isZero();
        assertThat(whole.out()).contains(record + ": is what these campaigns give");
        CommandLineRun backwards = run("verify", List.of(both.get(1), both.get(0)), "--record", record.toString());
        assertThat(backwards.exitCode()).isZero();

        CommandLineRun one = run("verify", both.subList(0, 1), "--record", record.toString());
        assertThat(one.exitCode()).isEqualTo(2);
        assertThat(one.err()).hasLineCount(1).contains("name the folders of exactly its campaigns");
        CommandLineRun none =
                run("verify", both, "--record", temp.resolve("none.md").toString());
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).hasLineCount(1).contains("there is no such file");

        EndedCampaign.edit(record, text -> text.replace("Label: open", "Label: robust"));
        CommandLineRun edited = run("verify", both, "--record", record.toString());
        assertThat(edited.exitCode()).isEqualTo(4);
        assertThat(edited.out()).contains("EDITED " + record + ": is not what its campaigns give");
    }

    private static CommandLineRun run(String command, List<String> folders, String... more) {
        return CommandLineRun.of(Stream.of(Stream.of(command), folders.stream(), Stream.of(more))
                .flatMap(each -> each)
                .toArray(String[]::new));
    }

    @Test
    void other_weights_than_the_record_was_made_with_are_found() throws IOException {
        EndedCampaign.edit(folder.weights().resolve("weights.yaml"), text -> text.replace("p99: 1", "p99: 9"));
        CommandLineRun run = verify();
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.out()).contains("EDITED weights/weights.yaml: is not the file that was stored");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "p99: [1", "concentration: 1e-9\np99: 1\ncpu: 1\n"})
    void weights_that_cannot_be_read_hide_nothing_else(String text) throws IOException {
        Files.writeString(folder.weights().resolve("weights.yaml"), text);
        Files.delete(folder.reportMarkdown());
        CommandLineRun run = verify();
        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(4);
        assertThat(run.out())
                .contains("EDITED weights/weights.yaml: is not the file that was stored", "MISSING report.md")
                .contains("EDITED weights: holds weights that cannot be read");
    }

    @Test
    void a_pair_of_trials_that_is_gone_is_found_wherever_it_ran() throws IOException {
        for (int block : new int[] {0, 4, 7}) {
            CampaignFolder damaged = EndedCampaign.copy(good, temp.resolve("block-" + block));
            List<String> cells = SAMPLE.campaign().blockOrder().get(block).subList(0, 2);
            for (String cell : cells) {
                Files.delete(damaged.trialJson(block, cell));
                Files.delete(damaged.trialHistograms(block, cell));
            }
            EndedCampaign.writeDocuments(damaged);
            CommandLineRun run = CommandLineRun.of("verify", damaged.root().toString());
            assertThat(run.exitCode()).isEqualTo(4);
            for (String cell : cells) {
                assertThat(run.out())
                        .contains("MISSING trials/"
                                + damaged.trialJson(block, cell).getFileName() + ": was stored and is missing");
            }
        }
    }

    @Test
    void a_trial_missing_before_others_is_found_in_a_campaign_that_has_not_ended() throws IOException {
        CampaignFolder going = SAMPLE.writeTo(temp.resolve("going"));
        assertThat(CommandLineRun.of("verify", going.root().toString()).exitCode())
                .isZero();
        String cell = SAMPLE.campaign().blockOrder().get(3).get(2);
        Files.delete(going.trialJson(3, cell));
        CommandLineRun run = CommandLineRun.of("verify", going.root().toString());
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.out()).contains("NOT_ENDED manifest.json").contains("MISSING trials/b004-" + cell + ".json");
    }

    @Test
    void a_trial_that_ran_after_later_ones_is_named() throws IOException {
        SampleCampaign rerun =
                SAMPLE.withTrials(trial -> trial.block() == 2 && trial.position() == 1 ? startedLater(trial) : trial);
        CampaignFolder written = EndedCampaign.write(rerun, temp.resolve("rerun"));
        CommandLineRun run = CommandLineRun.of("verify", written.root().toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).containsOnlyOnce("RUN_AGAIN trials/b003-");
    }

    @Test
    void damage_is_told_with_all_files_that_differ() throws IOException {
        Trial first = SAMPLE.trials().get(0).trial();
        EndedCampaign.edit(
                folder.trialJson(first.block(), first.cellId()),
                text -> text.replaceFirst("\"operations\" : \\d", "\"operations\" : 9"));
        EndedCampaign.edit(folder.planYaml(), text -> text + "\n");
        CommandLineRun run = verify();
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err()).hasLineCount(1);
        assertThat(run.out()).contains("EDITED plan.yaml").contains("EDITED trials/b001-");
    }

    @Test
    void a_campaign_with_a_missing_trial_is_not_gone_on_with() throws IOException {
        Trial first = SAMPLE.trials().get(0).trial();
        Files.delete(folder.trialJson(first.block(), first.cellId()));
        CommandLineRun run = CommandLineRun.of("run", "--resume", folder.root().toString());
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err()).contains("was stored and is missing; restore it from a copy");
    }

    @Test
    void documents_made_again_do_not_hide_what_is_missing() throws IOException {
        Manifest before = Manifest.in(folder).orElseThrow();
        EndedCampaign.writeDocuments(folder);
        assertThat(Manifest.in(folder)).contains(before);
        assertThat(CampaignReader.read(folder.root()).trials())
                .hasSize(SAMPLE.trials().size());
    }

    private CommandLineRun verify() {
        return CommandLineRun.of("verify", folder.root().toString());
    }

    private void assertFound(String finding) {
        CommandLineRun run = verify();
        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(4);
        assertThat(run.out()).contains(finding);
    }

    private static Trial startedLater(Trial trial) {
        return new Trial(
                trial.formatVersion(),
                trial.campaignId(),
                trial.cellId(),
                trial.block(),
                trial.position(),
                trial.startedAt().plusSeconds(100_000),
                trial.outcome(),
                trial.reasons(),
                trial.phases(),
                trial.throughputOpsPerSecond(),
                trial.operations(),
                trial.errors(),
                trial.latency(),
                trial.series(),
                trial.steps(),
                trial.canary(),
                trial.timekeeping(),
                trial.resources(),
                trial.costs(),
                trial.replication(),
                trial.verification(),
                trial.effectiveOptions(),
                trial.engineStats(),
                trial.events(),
                trial.readMisses(),
                trial.jvm(),
                trial.stalls(),
                trial.paced());
    }
}
