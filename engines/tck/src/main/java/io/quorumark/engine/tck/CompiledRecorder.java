package io.quorumark.engine.tck;

import io.quorumark.engine.durability.Recorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The recorder of what processes do to files, compiled once for all crash tests of a JVM; its folder goes when the JVM ends. */
final class CompiledRecorder {
    private static Recorder.@Nullable Attempt attempt;

    private CompiledRecorder() {}

    static synchronized Recorder.Attempt attempt() throws IOException, InterruptedException {
        if (attempt == null) {
            Path folder = Files.createTempDirectory("quorumark-recorder");
            folder.toFile().deleteOnExit();
            attempt = Recorder.compileInto(folder);
            try (Stream<Path> files = Files.list(folder)) {
                files.forEach(file -> file.toFile().deleteOnExit());
            }
        }
        return attempt;
    }
}
