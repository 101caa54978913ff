package io.quorumark.engine.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.engine.Checkpoint;
import io.quorumark.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that are whole or absent, claimed once, deleted without what links lead to; and whole files. */
class FoldersTest {
    private static final String ENGINE = "some";

    @TempDir
    Path folder;

    @AfterEach
    void leaveNoInterruptToOtherTests() {
        boolean unused = Thread.interrupted();
    }

    @Test
    void a_tree_is_deleted_and_what_its_links_lead_to_is_not() throws IOException {
        Path kept = Files.createDirectory(folder.resolve("kept"));
        Files.writeString(kept.resolve("file"), "x");
        Path tree = Files.createDirectories(folder.resolve("tree/inner"));
        Files.writeString(tree.resolve("file"), "x");
        Files.createSymbolicLink(tree.resolve("link"), kept);
        Folders.delete(folder.resolve("tree"));
        Folders.delete(folder.resolve("tree"));
        assertThat(folder.toFile().list()).containsExactly("kept");
        assertThat(kept.resolve("file")).exists();
    }

    @Test
    void an_interrupted_thread_forces_makes_and_writes_and_stays_interrupted() throws IOException {
        Thread.currentThread().interrupt();
        Folders.force(folder);
        WholeFile.write(folder.resolve("file"), new byte[] {1});
        NewFolder.make(ENGINE, folder.resolve("made"), absent -> Files.createDirectory(absent));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("file", "made");
    }

    @Test
    void a_new_folder_is_absent_if_its_content_fails() {
        assertThatThrownBy(() -> NewFolder.make(ENGINE, folder.resolve("made"), absent -> {
                    Files.createDirectory(absent);
                    Files.writeString(absent.resolve("half"), "x");
                    throw new IOException("no room");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("no room");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_target_that_appears_meanwhile_is_refused_and_kept() throws IOException {
        Path target = folder.resolve("made");
        assertThatThrownBy(() -> NewFolder.make(ENGINE, target, absent -> {
                    Files.createDirectory(absent);
                    Files.createDirectory(target);
                    Files.writeString(target.resolve("other"), "x");
                }))
                .isInstanceOf(EngineException.Io.class)
                .hasMessageContaining("made")
                .hasMessageContaining("exists");
        assertThat(target.resolve("other")).hasContent("x");
        assertThat(folder.toFile().list()).containsExactly("made");
    }

    @Test
    void a_checkpoint_is_sealed_before_it_has_its_name() throws IOException {
        Path target = folder.resolve("copy");
        Checkpoint made = NewFolder.checkpoint(ENGINE, target, absent -> {
            Files.createDirectory(absent);
            Files.writeString(absent.resolve("data"), "1234");
        });
        assertThat(made).isEqualTo(new Checkpoint(target, 4));
        assertThat(Checkpoint.verify(ENGINE, target)).isEqualTo(made);
    }

    @Test
    void a_folder_is_claimed_once_and_again_after_it_was_given_back() throws IOException {
        Path claimed = folder.resolve("engine");
        try (ClaimedFolder first = ClaimedFolder.claim(ENGINE, claimed, "lock", realPath -> {})) {
            assertThatThrownBy(() -> ClaimedFolder.claim(ENGINE, claimed, "lock", realPath -> {}))
                    .isInstanceOf(EngineException.Locked.class)
                    .hasMessageContaining("this process");
            assertThat(first.path()).isEqualTo(claimed.toRealPath());
        }
        ClaimedFolder.claim(ENGINE, claimed, "lock", realPath -> {}).close();
    }

    @Test
    void a_folder_that_was_refused_can_be_claimed_later_and_has_no_lock_file() throws IOException {
        Path claimed = Files.createDirectory(folder.resolve("engine"));
        Files.writeString(claimed.resolve("holiday.txt"), "x");
        assertThatThrownBy(() -> ClaimedFolder.claim(
                        ENGINE,
                        claimed,
                        "lock",
                        realPath -> ClaimedFolder.refuseForeignFiles(ENGINE, claimed, "lock"::equals)))
                .isInstanceOf(EngineException.Corruption.class)
                .hasMessageContaining("holiday.txt");
        assertThat(claimed.toFile().list()).containsExactly("holiday.txt");
        ClaimedFolder.claimWithinProcess(ENGINE, claimed, realPath -> {}).close();
    }

    @Test
    void a_whole_file_replaces_the_old_one_or_leaves_it() throws IOException {
        Path file = folder.resolve("file");
        WholeFile.write(file, new byte[] {1});
        WholeFile.write(file, new byte[] {2});
        assertThat(file).hasBinaryContent(new byte[] {2});
        Files.createDirectory(folder.resolve("file" + WholeFile.TEMPORARY_SUFFIX));
        assertThatThrownBy(() -> WholeFile.write(file, new byte[] {3})).isInstanceOf(IOException.class);
        assertThat(file).hasBinaryContent(new byte[] {2});
    }
}
