package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.results.store.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** An invented campaign as {@code run} leaves it: trials, manifest, reports and a decision record by weights of its own. */
final class EndedCampaign {
    private EndedCampaign() {}

    /** @param root absent, or an empty folder */
    static CampaignFolder write(SampleCampaign sample, Path root) throws IOException {
        CampaignFolder folder = sample.writeTo(root);
        Manifest.seal(folder);
        writeDocuments(folder);
        return folder;
    }

    /** Makes the documents of what lies there now. */
    static void writeDocuments(CampaignFolder folder) throws IOException {
        Path weights = Files.writeString(folder.root().resolveSibling("weights.yaml"), "throughput: 3\np99: 1\n");
        // the record prints it
        Files.setLastModifiedTime(weights, FileTime.from(Instant.parse("2026-11-01T00:00:00Z")));
        String root = folder.root().toString();
        assertThat(CommandLineRun.of("report", root).exitCode()).isZero();
        assertThat(CommandLineRun.of("adr", root, "--weights", weights.toString())
                        .exitCode())
                .isZero();
    }

    /** A copy to damage. */
    static CampaignFolder copy(CampaignFolder folder, Path target) throws IOException {
        try (Stream<Path> files = Files.walk(folder.root())) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(folder.root().relativize(file).toString()));
            }
        }
        return new CampaignFolder(target);
    }

    /** Changes a text, and fails if that changes nothing. */
    static void edit(Path file, UnaryOperator<String> change) throws IOException {
        String before = Files.readString(file);
        String after = change.apply(before);
        assertThat(after).as("%s", file).isNotEqualTo(before);
        Files.writeString(file, after);
    }
}
