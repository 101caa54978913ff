package io.quorumark.campaign;

import io.quorumark.results.store.Sha256;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;

/** The one file that holds this program with all its libraries, native ones included, so that one digest names them all. */
public final class ProgramFile {
    /** What it is called among the libraries of a campaign's software. */
    static final String NAME = "program file";

    private ProgramFile() {}

    /** What tells it from every other one; empty if the program does not run from a file, as in tests. */
    public static Optional<String> digest() throws IOException {
        CodeSource source = ProgramFile.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            return Optional.empty();
        }
        Path file;
        try {
            file = Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException("the program's own place is no path: " + source.getLocation(), e);
        }
        return Files.isRegularFile(file) ? Optional.of(digest(file)) : Optional.empty();
    }

    static String digest(Path file) throws IOException {
        return "SHA-256 " + Sha256.ofFile(file);
    }

    /** As its build names it. */
    public static String version() {
        String version = ProgramFile.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
