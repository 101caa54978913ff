package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.app.Quorumark;
import io.quorumark.campaign.support.Await;
import io.quorumark.campaign.support.ChildJvm;
import io.quorumark.results.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that a signal ends in the middle of their work. */
class InterruptedCommandTest {
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {"durability --kills 100000 --power-cuts 0", "linearizability --runs 10000", "drill --rounds 1000"
            })
    void nothing_of_a_command_that_was_asked_to_end_stays(String command) throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(ChildJvm.command(
                        ChildJvm.flags(256, List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"), List.of()),
                        folder,
                        Quorumark.class.getName(),
                        List.of((command + " --engines memory --data " + data).split(" "))))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(err.toFile())
                .start();
        Await.until("it works in its folder", PATIENCE_NANOS, () -> deepest(data) > 2);
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(err)).isEqualTo(ExitCode.INTERRUPTED.code());
        assertThat(Files.readString(err)).doesNotContain("internal error");
        assertThat(data).isEmptyDirectory();
        Await.until(
                "its processes have ended",
                PATIENCE_NANOS,
                () -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    private static int deepest(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.mapToInt(path -> folder.relativize(path).getNameCount())
                    .max()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UncheckedIOException e) {
            return 0; // files come and go
        }
    }
}
