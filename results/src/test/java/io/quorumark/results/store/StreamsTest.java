package io.quorumark.results.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX)
class StreamsTest {
    @TempDir
    Path folder;

    private Path pipe() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        return pipe;
    }

    @Test
    void a_pipe_is_written_to_and_stays_one() throws Exception {
        Path pipe = pipe();
        Process reader = new ProcessBuilder("cat", pipe.toString()).start();
        assertThat(Streams.problem(pipe)).isEmpty();
        AtomicFiles.writeOutput(pipe, "all of it");
        assertThat(new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("all of it");
        assertThat(reader.waitFor()).isZero();
        assertThat(Streams.isStream(pipe)).isTrue();
    }

    @Test
    void a_reader_that_has_enough_is_no_failure() throws Exception {
        Path pipe = pipe();
        Process reader = new ProcessBuilder("head", "-c", "1", pipe.toString()).start();
        // more than a pipe holds
        AtomicFiles.writeOutput(pipe, "x".repeat(1 << 21));
        assertThat(reader.waitFor()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/dev/stdout",
                "/dev/fd/63",
                "/proc/self/fd/1",
                "/proc/4711/fd/1",
                "/dev/../dev/stderr",
                "/dev/null"
            })
    void what_is_open_and_devices_are_streams(String path) {
        assertThat(Streams.isStream(Path.of(path))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/proc/version",
                "/proc/sys/vm/drop_caches",
                "/proc/self/fdinfo/1",
                "/dev/fd",
                "/dev",
                "/dev/stdoutx"
            })
    void what_only_lies_beside_them_is_none(String path) {
        assertThat(Streams.isStream(Path.of(path))).isFalse();
    }

    @Test
    void a_link_to_a_stream_is_none_by_itself() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/dev/null"));
        assertThat(Streams.isStream(link)).isFalse();
        AtomicFiles.writeOutput(link, "text");
        assertThat(link).isRegularFile().hasContent("text");
    }

    @Test
    void what_takes_nothing_is_known_before_the_work() throws Exception {
        assertThat(Streams.problem(Path.of("/dev/fd/999999"))).hasValue("is not open");
        Path input = Files.writeString(folder.resolve("input"), "kept");
        try (var in = Files.newInputStream(input)) {
            Path open = openAs(input);
            assertThat(Streams.problem(open)).hasValue("is open for reading only");
            assertThat(in.read()).isEqualTo('k');
        }
        assertThat(Streams.problem(Path.of("/dev/null"))).isEmpty();
    }

    /** The name under which this process has a file open. */
    private static Path openAs(Path file) throws Exception {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            for (Path each : open.toList()) {
                if (Files.exists(each) && Files.isSameFile(each, file)) {
                    return each;
                }
            }
        }
        throw new AssertionError(file + " is not open");
    }
}
