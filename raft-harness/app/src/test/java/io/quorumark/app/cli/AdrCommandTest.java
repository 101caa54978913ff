package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.sample.SampleShape;
import io.quorumark.results.store.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Records on the command line: written, renewed, refused and checked. */
class AdrCommandTest {
    private static final SampleCampaign SAMPLE = SampleCampaign.of(SampleShape.ADR.withSize(6, 1));

    @TempDir
    Path folder;

    @Test
    void a_record_is_renewed_byte_for_byte_with_its_own_weights() throws IOException {
        Path campaign = campaign(SAMPLE, "one");
        Path weights = Files.writeString(folder.resolve("weights.yaml"), "throughput: 3\ndisk: 1\n");
        Files.setLastModifiedTime(weights, FileTime.from(Instant.parse("2026-12-01T00:00:00Z")));
        assertThat(CommandLineRun.of("adr", campaign.toString(), "--weights", weights.toString())
                        .exitCode())
                .isZero();
        String record = Files.readString(campaign.resolve("adr.md"));
        assertThat(record).contains("weights.yaml, SHA-256 ").contains("Weights were fixed before the results: no.");
        assertThat(CommandLineRun.of("adr", campaign.toString()).exitCode()).isZero();
        assertThat(campaign.resolve("adr.md")).hasContent(record);
    }

    @Test
    @EnabledOnOs(OS.LINUX) // mkfifo
    void weights_from_a_pipe_are_kept_as_they_were_read() throws Exception {
        Path campaign = campaign(SAMPLE, "one");
        String text = "throughput: 3\ndisk: 1\n";
        Path pipe = folder.resolve("piped.yaml");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        CompletableFuture<Path> written = CompletableFuture.supplyAsync(() -> {
            try {
                return Files.writeString(pipe, text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        CommandLineRun run = CommandLineRun.of("adr", campaign.toString(), "--weights", pipe.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        written.get();
        assertThat(campaign.resolve("weights/piped.yaml")).isRegularFile().hasContent(text);
        assertThat(campaign.resolve("adr.md")).content().contains("piped.yaml, SHA-256 " + Sha256.of(text));
    }

    @Test
    void an_edited_record_is_refused_with_2_and_replaced_with_force_alone() throws IOException {
        Path campaign = campaign(SAMPLE, "one");
        assertThat(CommandLineRun.of("adr", campaign.toString()).exitCode()).isZero();
        Path record = campaign.resolve("adr.md");
        String edited = Files.readString(record).replace("Label: open", "Label: robust");
        Files.writeString(record, edited);
        CommandLineRun refused = CommandLineRun.of("adr", campaign.toString());
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).hasLineCount(1).contains("was edited inside its generated part");
        assertThat(record).hasContent(edited);
        CommandLineRun forced = CommandLineRun.of("adr", campaign.toString(), "--force");
        assertThat(forced.exitCode()).isZero();
        assertThat(campaign.resolve("adr.md.kept")).hasContent(edited);
        assertThat(record).content().contains("Label: open");
    }

    @Test
    void several_campaigns_make_one_record_and_none_is_set_against_another() throws IOException {
        Path one = campaign(SAMPLE, "one");
        Path other = campaign(SampleCampaign.of(SampleShape.ADR.withSize(6, 1).withSeed(7)), "other");
        Path record = folder.resolve("both.md");
        CommandLineRun run = CommandLineRun.of("adr", one.toString(), other.toString(), "--out", record.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(record)
                .content()
                .contains("ycsb-a, campaign 1", "ycsb-a, campaign 2")
                .contains("figures of two campaigns are not set against each other");
        CommandLineRun twice = CommandLineRun.of("adr", one.toString(), one.toString());
        assertThat(twice.exitCode()).isEqualTo(2);
        assertThat(twice.err()).hasLineCount(1).contains("was given twice");
    }

    @Test
    void a_check_answers_in_a_word_and_an_exit_code() throws IOException {
        Path campaign = campaign(SAMPLE, "one");
        assertThat(CommandLineRun.of("adr", campaign.toString()).exitCode()).isZero();
        CommandLineRun check = CommandLineRun.of(
                "adr", "--check", campaign.resolve("adr.md").toString(), "--against", campaign.toString());
        // nothing was shown of these engines, so that there is no outcome to check
        assertThat(check.exitCode()).as(check.err()).isEqualTo(6);
        assertThat(check.out()).startsWith("cannot tell").contains("The record names no outcome");
    }

    @Test
    void wrong_input_to_a_check_is_one_line_and_2() throws IOException {
        Path campaign = campaign(SAMPLE, "one");
        Path none = folder.resolve("none.md");
        refused("there is no such file", "adr", "--check", none.toString(), "--against", campaign.toString());
        Path ours = Files.writeString(folder.resolve("ours.md"), "# Ours\n");
        refused(
                "expected a record that adr wrote",
                "adr",
                "--check",
                ours.toString(),
                "--against",
                campaign.toString());
        refused("--against DIR", "adr", "--check", ours.toString());
        refused("--check FILE", "adr", "--against", campaign.toString());
    }

    @Test
    void rules_that_this_version_does_not_know_are_told_with_the_record_that_has_them() throws IOException {
        Path campaign = campaign(SAMPLE, "one");
        assertThat(CommandLineRun.of("adr", campaign.toString()).exitCode()).isZero();
        Path record = folder.resolve("renamed.md");
        Files.writeString(record, renamed(Files.readString(campaign.resolve("adr.md")), "cpu", "cpus"));
        String complaint = record + ": its rules cannot be used (metric is 'cpus', expected one of [throughput, p50,";
        refused(complaint, "adr", "--check", record.toString(), "--against", campaign.toString());
        refused(complaint, "verify", campaign.toString(), "--record", record.toString());
    }

    /** With another name for a driver, and the digest that belongs to it, as another version might have written it. */
    private static String renamed(String record, String metric, String otherName) {
        Matcher part = Pattern.compile(
                        "(# begin generated by quorumark, sha256 )[0-9a-f]{64}(\n)(.*?)(# end generated by quorumark\n)",
                        Pattern.DOTALL)
                .matcher(record);
        assertThat(part.find()).isTrue();
        String content = part.group(3).replace("{\"metric\":\"" + metric + "\"", "{\"metric\":\"" + otherName + "\"");
        assertThat(content).isNotEqualTo(part.group(3));
        return record.substring(0, part.start())
                + part.group(1)
                + Sha256.of(content)
                + part.group(2)
                + content
                + part.group(4)
                + record.substring(part.end());
    }

    @Test
    void words_that_are_not_utf_8_are_refused_and_kept() throws IOException {
        Path campaign = campaign(SAMPLE, "one");
        assertThat(CommandLineRun.of("adr", campaign.toString()).exitCode()).isZero();
        Path record = campaign.resolve("adr.md");
        byte[] written = Files.readAllBytes(record);
        byte[] latin1 = Arrays.copyOf(written, written.length + 2);
        latin1[written.length] = (byte) 0xe9;
        latin1[written.length + 1] = '\n';
        Files.write(record, latin1);
        refused("adr.md: is not UTF-8 text", "adr", campaign.toString());
        assertThat(record).hasBinaryContent(latin1);
        assertThat(CommandLineRun.of("adr", campaign.toString(), "--force").exitCode())
                .isZero();
        assertThat(campaign.resolve("adr.md.kept")).hasBinaryContent(latin1);
    }

    @Test
    void weights_that_somebody_put_into_a_campaign_are_not_deleted() throws IOException {
        Path campaign = campaign(SAMPLE, "one");
        Path mine = Files.createDirectory(campaign.resolve("weights")).resolve("mine.yaml");
        Files.writeString(mine, "throughput: 1\ncpu: 1\n");
        refused("mine.yaml' is not what 'adr' keeps there", "adr", campaign.toString());
        assertThat(mine).exists();
        assertThat(campaign.resolve("adr.md")).doesNotExist();
        assertThat(CommandLineRun.of("adr", campaign.toString(), "--weights", mine.toString())
                        .exitCode())
                .isZero();
        Path others = Files.writeString(folder.resolve("others.yaml"), "disk: 1\n");
        assertThat(CommandLineRun.of("adr", campaign.toString(), "--weights", others.toString())
                        .exitCode())
                .isZero();
        assertThat(mine).doesNotExist();
        assertThat(campaign.resolve("weights/others.yaml")).exists();
    }

    @Test
    void the_campaigns_own_record_is_known_however_its_path_is_written() throws IOException {
        Path campaign = campaign(SAMPLE, "one");
        Path weights = Files.writeString(folder.resolve("weights.yaml"), "throughput: 3\ndisk: 1\n");
        Path around = campaign.resolve("../one/adr.md");
        assertThat(CommandLineRun.of(
                                "adr", campaign.toString(), "--weights", weights.toString(), "--out", around.toString())
                        .exitCode())
                .isZero();
        assertThat(campaign.resolve("weights/weights.yaml")).exists();
        assertThat(campaign.resolve("manifest.json")).content().contains("adr.md", "weights/weights.yaml");
    }

    private static void refused(String complaint, String... command) {
        CommandLineRun run = CommandLineRun.of(command);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).hasLineCount(1).contains(complaint);
    }

    private Path campaign(SampleCampaign sample, String name) throws IOException {
        return sample.writeTo(folder.resolve(name)).root();
    }
}
