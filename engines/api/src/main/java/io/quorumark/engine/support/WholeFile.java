package io.quorumark.engine.support;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a small file that is whole or not there: under a temporary name, forced, renamed. An interrupt cuts nothing short and is kept. */
public final class WholeFile {
    /** Of the temporary name; a killed process may leave such a file, and the next write takes its place. */
    public static final String TEMPORARY_SUFFIX = ".tmp";

    private WholeFile() {}

    /**
     * Writes a file, or replaces it. Durable on return; if it throws, the old file, or none, is still there.
     *
     * @param file in an existing folder; written to by one thread at a time
     */
    public static void write(Path file, byte[] content) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + TEMPORARY_SUFFIX);
        // Not a channel: an interrupt would close that.
        try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
            out.write(content);
            out.getFD().sync();
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Folders.force(Folders.parentOf(file));
    }
}
