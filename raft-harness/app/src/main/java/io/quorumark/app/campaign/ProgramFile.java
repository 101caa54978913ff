package io.quorumark.app.campaign;

import io.quorumark.results.store.Sha256;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;

/**
 * The one file that holds this program with all its libraries, native ones included, so that one digest names them all.
 *
 * @param name of the file
 * @param sha256 of its bytes, in hexadecimal
 */
record ProgramFile(String name, String sha256) {
    /** Empty where the program does not run from a file, as in tests. */
    static Optional<ProgramFile> ofThisProgram() throws IOException {
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
        return Files.isRegularFile(file) ? Optional.of(of(file)) : Optional.empty();
    }

    static ProgramFile of(Path file) throws IOException {
        return new ProgramFile(String.valueOf(file.getFileName()), Sha256.ofFile(file));
    }
}
