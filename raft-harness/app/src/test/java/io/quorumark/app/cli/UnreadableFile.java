package io.quorumark.app.cli;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that no user may read, root neither: a link to one of the kernel's that can only be written to. */
final class UnreadableFile {
    private static final Path WRITE_ONLY = Path.of("/proc/sys/vm/compact_memory");

    private UnreadableFile() {}

    /** Skips the test on a system that has none. */
    static void inPlaceOf(Path file) throws IOException {
        assumeFalse(!Files.exists(WRITE_ONLY) || Files.isReadable(WRITE_ONLY), "no file that root may not read");
        Files.delete(file);
        Files.createSymbolicLink(file, WRITE_ONLY);
    }
}
