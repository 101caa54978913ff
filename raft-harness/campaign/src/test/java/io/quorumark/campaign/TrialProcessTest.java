package io.quorumark.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialProcessTest {
    @TempDir
    Path folder;

    @Test
    void the_log_of_a_copy_made_of_links_is_its_own() throws Exception {
        Path other = Files.writeString(folder.resolve("other.log"), "of another campaign\n");
        Path log = Files.createSymbolicLink(folder.resolve("trial.log"), other);
        TrialProcess process = TrialProcess.start(List.of("echo", "of this one"), folder, Map.of(), log);
        assertThat(process.await(Duration.ofMinutes(1), progress -> {})).isZero();
        assertThat(other).hasContent("of another campaign");
        assertThat(log).isRegularFile().hasContent("of this one");
        assertThat(Files.isSymbolicLink(log)).isFalse();
    }
}
