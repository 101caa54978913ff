package io.quorumark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
    @TempDir
    Path folder;

    private Path checkpoint() {
        return folder.resolve("copy");
    }

    private static void holds(Path directory, String... names) {
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder(names);
    }

    @BeforeEach
    void writeACheckpoint() throws IOException {
        Files.createDirectories(checkpoint().resolve("sub"));
        Files.writeString(checkpoint().resolve("data"), "some data");
        Files.writeString(checkpoint().resolve("sub/more data"), "more");
        assertThat(Checkpoint.seal("toy", checkpoint()).bytes()).isEqualTo(13);
    }

    @Test
    void a_restored_checkpoint_has_the_same_files_and_no_seal() throws IOException {
        Path target = folder.resolve("restored");
        Checkpoint.restore("toy", checkpoint(), target);
        assertThat(target.resolve("data")).hasContent("some data");
        assertThat(target.resolve("sub/more data")).hasContent("more");
        holds(target, "data", "sub");
        assertThat(Checkpoint.verify("toy", checkpoint()).bytes()).isEqualTo(13);
    }

    @Test
    void a_changed_byte_is_found_and_leaves_no_target() throws IOException {
        Files.writeString(checkpoint().resolve("data"), "some Data");
        Path target = folder.resolve("restored");
        assertThatThrownBy(() -> Checkpoint.restore("toy", checkpoint(), target))
                .isInstanceOf(EngineException.Corruption.class)
                .hasMessageContaining("data is");
        holds(folder, "copy");
    }

    @Test
    void missing_and_added_files_are_found() throws IOException {
        Files.writeString(checkpoint().resolve("stranger"), "");
        assertThatThrownBy(() -> Checkpoint.verify("toy", checkpoint())).hasMessageContaining("stranger");
        Files.delete(checkpoint().resolve("stranger"));
        Files.delete(checkpoint().resolve("data"));
        assertThatThrownBy(() -> Checkpoint.verify("toy", checkpoint())).hasMessageContaining("data is missing");
    }

    @Test
    void a_folder_without_seal_or_of_another_engine_is_refused() {
        assertThatThrownBy(() -> Checkpoint.verify("other", checkpoint()))
                .isInstanceOf(EngineException.Corruption.class)
                .hasMessageContaining("checkpoint.seal");
        assertThatThrownBy(() -> Checkpoint.verify("toy", folder)).isInstanceOf(EngineException.Corruption.class);
    }

    @Test
    void an_existing_target_is_left_alone() {
        assertThatThrownBy(() ->
                        Checkpoint.restore("toy", checkpoint(), checkpoint().resolve("data")))
                .isInstanceOf(EngineException.Io.class)
                .hasMessageContaining("exists");
        assertThat(checkpoint().resolve("data")).hasContent("some data");
    }
}
