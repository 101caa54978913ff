package io.quorumark.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.campaign.support.ChildJvm;
import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.sample.SampleShape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The program as its own process. */
class QuorumarkTest {
    private static final List<String> GERMAN =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Duser.language=de", "-Duser.country=DE");

    @TempDir
    Path folder;

    @Test
    void programs_read_utf_8_in_every_locale() throws Exception {
        SampleCampaign.of(SampleShape.QUICK.withSize(1, 1)).writeTo(folder.resolve("campaign"));
        Path out = folder.resolve("out");
        assertThat(started(out, "report", "--json", folder.resolve("campaign").toString())
                        .waitFor())
                .isZero();
        assertThat(Files.readString(out)).contains("\"µs\"");
    }

    @Test
    void what_could_not_be_printed_is_told() throws Exception {
        Process process = started(Path.of("/dev/full"), "list", "engines");
        String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(7);
        assertThat(said).contains("quorumark: standard output could not be written");
    }

    @Test
    void a_reader_that_has_gone_is_no_failure() throws Exception {
        Process process = builder("list", "engines").start();
        process.getInputStream().close();
        String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX) // /dev/stdout
    void a_document_that_goes_to_standard_output_is_all_that_stands_there() throws Exception {
        Path results = Files.createDirectory(folder.resolve("results"));
        SampleCampaign.of(SampleShape.QUICK.withSize(1, 1)).writeTo(results.resolve("campaign"));
        // what the index leads to
        Files.writeString(results.resolve("campaign/report.html"), "<!DOCTYPE html>");
        Path out = folder.resolve("page.html");
        Process process = started(out, "index", results.toString(), "--out", "/dev/stdout");
        String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).isEqualTo("/dev/stdout: 1 campaign on 1 machine\n");
        assertThat(out)
                .content()
                .startsWith("<!DOCTYPE html>")
                .contains("href=\"campaign/report.html\"")
                .endsWith("</html>\n");
    }

    @Test
    @EnabledOnOs(OS.LINUX) // /dev/stdout
    void what_a_shell_prints_after_a_document_stands_behind_it() throws Exception {
        Path results = Files.createDirectory(folder.resolve("results"));
        SampleCampaign.of(SampleShape.QUICK.withSize(1, 1)).writeTo(results.resolve("campaign"));
        Path out = folder.resolve("page.html");
        List<String> command = new ArrayList<>(List.of("sh", "-c", "\"$@\"; echo behind", "sh"));
        command.addAll(
                builder("index", results.toString(), "--out", "/proc/self/fd/1").command());
        Process process =
                new ProcessBuilder(command).redirectOutput(out.toFile()).start();
        assertThat(process.waitFor()).isZero();
        assertThat(out).content().startsWith("<!DOCTYPE html>").endsWith("</html>\nbehind\n");
    }

    @Test
    @EnabledOnOs(OS.LINUX) // /dev/stdout
    void a_reader_of_a_document_that_has_gone_is_no_failure() throws Exception {
        Path results = Files.createDirectory(folder.resolve("results"));
        SampleCampaign.of(SampleShape.QUICK.withSize(1, 1)).writeTo(results.resolve("campaign"));
        for (String output : List.of("/dev/stdout", "/dev/fd/1", "/dev/fd/2")) {
            Process process =
                    builder("index", results.toString(), "--out", output).start();
            process.getInputStream().close();
            process.getErrorStream().close();
            assertThat(process.waitFor()).as(output).isZero();
        }
    }

    private Process started(Path out, String... arguments) throws IOException {
        return builder(arguments).redirectOutput(out.toFile()).start();
    }

    private ProcessBuilder builder(String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(ChildJvm.command(
                ChildJvm.flags(128, List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"), List.of()),
                folder,
                Quorumark.class.getName(),
                List.of(arguments)));
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    @Test
    void numbers_are_written_the_same_for_every_reader() throws Exception {
        Process process = new ProcessBuilder(ChildJvm.command(
                        ChildJvm.flags(128, GERMAN, List.of()),
                        folder,
                        Quorumark.class.getName(),
                        List.of("doctor", "plan", "--profile", "smoke")))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).containsPattern("\\d,\\d{3} MiB").doesNotContainPattern("\\d\\.\\d{3} MiB");
    }
}
