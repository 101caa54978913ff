package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Trial;
import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.sample.SampleShape;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.results.store.CampaignReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command that reads results refuses damaged ones with exit code 4, those of another version with 2, and one line that names the
 * file, and changes nothing in the folder.
 */
class BadResultsTest {
    private static final SampleCampaign SAMPLE = SampleCampaign.of(SampleShape.QUICK.withSize(1, 1));
    private static final Trial FIRST = SAMPLE.trials().get(0).trial();

    /** Written once: each test mends what it has damaged. */
    @TempDir
    static Path temp = Path.of("");

    @BeforeAll
    static void two_good_campaigns() throws IOException {
        SAMPLE.writeTo(temp.resolve("campaign"));
        SAMPLE.writeTo(temp.resolve("good"));
    }

    static Stream<Arguments> damages() {
        CampaignFolder in = new CampaignFolder(Path.of(""));
        Path trial = in.trialJson(FIRST.block(), FIRST.cellId());
        Path histograms = in.trialHistograms(FIRST.block(), FIRST.cellId());
        Path campaign = in.campaignJson();
        return Stream.of(
                damage("a truncated trial", trial, text -> text.substring(0, text.length() / 3), "truncated"),
                damage("an empty trial", trial, text -> "", "truncated"),
                damage(
                        "an edited figure",
                        trial,
                        text -> text.replaceFirst("\"operations\" : \\d", "\"operations\" : 9"),
                        "checksum"),
                damage(
                        "a figure that is no number",
                        trial,
                        text -> text.replaceFirst("\"syncMicros\" : [^,]+", "\"syncMicros\" : \"NaN\""),
                        "canary.syncMicros is NaN"),
                damage(
                        "a clock that went back",
                        trial,
                        text -> text.replaceFirst("\"second\" : 0", "\"second\" : -1"),
                        "series has second -1"),
                damage(
                        "a trial of another version",
                        trial,
                        text -> text.replaceFirst("\"formatVersion\" : \\d+", "\"formatVersion\" : 99"),
                        "has format version 99, expected " + Campaign.FORMAT_VERSION),
                damage("empty histograms", histograms, text -> "", "edited or cut"),
                damage("cut histograms", histograms, text -> text.substring(0, text.length() - 9), "edited or cut"),
                damage("a truncated campaign", campaign, text -> text.substring(0, text.length() / 2), "truncated"),
                damage(
                        "another host",
                        campaign,
                        text -> text.replaceFirst("\"fingerprint\" : \"\\w+\"", "\"fingerprint\" : \"0123456789ab\""),
                        "is not the file under which"));
    }

    private static Arguments damage(String what, Path file, UnaryOperator<String> edit, String complaint) {
        return Arguments.of(what, file, edit, complaint);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void damaged_results_are_refused_and_left_alone(
            String what, Path file, UnaryOperator<String> edit, String complaint) throws IOException {
        Path folder = temp.resolve("campaign");
        Path good = temp.resolve("good");
        Path damaged = folder.resolve(file);
        String text = Files.readString(damaged);
        String changed = edit.apply(text);
        assertThat(changed).as(what).isNotEqualTo(text);
        Files.writeString(damaged, changed);
        Map<Path, String> before = contents(folder);
        for (String[] command : new String[][] {
            {"report", folder.toString()},
            {"adr", folder.toString()},
            {"verify", folder.toString()},
            {"run", "--resume", folder.toString()},
            {"gate", "--base", good.toString(), "--head", folder.toString()}
        }) {
            CommandLineRun run = CommandLineRun.of(command);
            assertThat(run.exitCode())
                    .as("%s: %s", command[0], run.err())
                    .isEqualTo(complaint.contains("format version") ? 2 : 4);
            assertThat(run.err()).contains(damaged.toString()).contains(complaint);
            assertThat(run.err())
                    .as(command[0])
                    .hasLineCount(1)
                    .startsWith("quorumark: ")
                    .doesNotContain("Source");
            assertThat(contents(folder)).as(command[0]).isEqualTo(before);
        }
        Files.writeString(damaged, text);
        assertThat(CampaignReader.read(folder).trials()).hasSize(SAMPLE.trials().size());
    }

    private static Map<Path, String> contents(Path folder) throws IOException {
        Map<Path, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file, Files.readString(file));
            }
        }
        return contents;
    }
}
