package io.quorumark.results.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
    @TempDir
    Path folder;

    @Test
    void a_link_is_replaced_and_what_it_leads_to_is_not_touched() throws IOException {
        Path kept =
                Files.writeString(Files.createDirectory(folder.resolve("docs")).resolve("report.md"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("report.md"), kept);
        Path nowhere = Files.createSymbolicLink(folder.resolve("manifest.json"), folder.resolve("absent"));
        AtomicFiles.write(link, "new");
        AtomicFiles.write(nowhere, "new");
        assertThat(link).isRegularFile().hasContent("new");
        assertThat(nowhere).isRegularFile().hasContent("new");
        assertThat(kept).hasContent("old");
        assertThat(folder.resolve("absent")).doesNotExist();
        assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void no_other_file_is_in_the_way() throws IOException {
        Path other = Files.writeString(folder.resolve("gate.csv.tmp"), "somebody's");
        AtomicFiles.write(folder.resolve("gate.csv"), "new");
        assertThat(other).hasContent("somebody's");
    }

    @Test
    void reasons_are_words() {
        assertThat(ResultsException.unreadable(folder, new NoSuchFileException("x")))
                .hasMessage(folder + ": cannot be read: it is missing, or a link that leads nowhere");
        for (IOException failure : List.of(
                new NoSuchFileException("x"),
                new NotDirectoryException("x"),
                new FileAlreadyExistsException("x"),
                new MalformedInputException(1),
                new FileSystemException("x"),
                new EOFException())) {
            assertThat(AtomicFiles.reason(failure)).contains(" ").doesNotContain("Exception");
        }
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
