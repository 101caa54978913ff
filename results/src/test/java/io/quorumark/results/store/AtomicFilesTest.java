package io.quorumark.results.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
    @TempDir
    Path folder;

    @Test
    void a_link_goes_on_to_lead_to_its_file() throws IOException {
        Path kept =
                Files.writeString(Files.createDirectory(folder.resolve("docs")).resolve("adr.md"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("adr.md"), kept);
        AtomicFiles.write(link, "new");
        assertThat(link).isSymbolicLink().hasContent("new");
        assertThat(kept).isRegularFile().hasContent("new");
        assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void a_pipe_is_written_to_and_stays_one() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Process reader = new ProcessBuilder("cat", pipe.toString()).start();
        AtomicFiles.write(pipe, "all of it");
        assertThat(new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("all of it");
        assertThat(reader.waitFor()).isZero();
        assertThat(AtomicFiles.isStream(pipe)).isTrue();
    }

    @Test
    void what_a_user_may_not_read_is_not_damaged() {
        Path file = folder.resolve("campaign.json");
        ResultsException refused = ResultsException.unreadable(file, new AccessDeniedException(file.toString()));
        assertThat(refused.isDamage()).isFalse();
        assertThat(refused).hasMessage(file + ": cannot be read: permission denied; correct its permissions");
        ResultsException broken = ResultsException.unreadable(file, new IOException("Input/output error"));
        assertThat(broken.isDamage()).isTrue();
        assertThat(broken).hasMessage(file + ": cannot be read: Input/output error");
    }
}
