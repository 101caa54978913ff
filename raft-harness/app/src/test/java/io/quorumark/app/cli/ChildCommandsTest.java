package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.campaign.support.HarnessException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildCommandsTest {
    @TempDir
    Path folder;

    @Test
    void what_runs_is_ended_with_what_it_started_and_nothing_starts_any_more() throws Exception {
        ChildCommands children = new ChildCommands();
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Path log = folder.resolve("log");
        CompletableFuture<Integer> run = CompletableFuture.supplyAsync(() -> {
            try {
                return children.run(folder, log, List.of("bash", "-c", "sleep 600 & echo $! > pipe; wait"));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        long grandchild = Long.parseLong(Files.readString(pipe).strip()); // waits for the writer
        children.stop();
        assertThatThrownBy(() -> run.get(30, TimeUnit.SECONDS))
                .hasCauseInstanceOf(HarnessException.class)
                .hasMessageContaining("was stopped");
        ProcessHandle.of(grandchild)
                .ifPresent(process ->
                        process.onExit().orTimeout(30, TimeUnit.SECONDS).join());
        assertThatThrownBy(() -> children.run(folder, log, List.of("true"))).isInstanceOf(HarnessException.class);
    }
}
