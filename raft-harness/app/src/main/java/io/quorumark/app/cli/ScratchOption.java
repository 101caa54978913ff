package io.quorumark.app.cli;

import io.quorumark.campaign.support.UsageError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command may write for a while. */
final class ScratchOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "An existing folder on the device that is meant; the system's temporary folder by default.")
    private @Nullable Path data;

    /** Where {@link #newFolder} makes it. */
    Path parent() {
        return data == null ? Path.of(System.getProperty("java.io.tmpdir")) : data;
    }

    /**
     * A new folder, the caller's to close.
     *
     * @throws UsageError the folder that was given does not exist
     */
    ScratchFolder newFolder(String prefix) throws IOException {
        Path parent = parent();
        if (!Files.isDirectory(parent)) {
            throw new UsageError("--data is '" + parent + "', expected an existing folder; make it first");
        }
        return new ScratchFolder(Files.createTempDirectory(parent, prefix));
    }
}
