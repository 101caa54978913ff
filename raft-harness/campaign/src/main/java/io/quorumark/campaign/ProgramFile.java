package io.quorumark.campaign;

import io.quorumark.engine.KVEngine;
import io.quorumark.results.model.Software;
import io.quorumark.results.store.Sha256;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one file that holds this program with all its libraries, native ones included, so that one digest names them all. */
public final class ProgramFile {
    /** What it is called among the libraries of a campaign's software. */
    static final String NAME = "program file";

    /** Of the file as it was at the first asking, for reading so many bytes takes as long as drawing a report; null until then. */
    private static @Nullable String known;

    private ProgramFile() {}

    /** What tells it from every other one; empty if the program is not one file, as in tests and in programs that use this library. */
    public static synchronized Optional<String> digest() throws IOException {
        if (known != null) {
            return Optional.of(known);
        }
        CodeSource source = sourceOf(ProgramFile.class);
        if (source == null || !source.equals(sourceOf(KVEngine.class))) {
            return Optional.empty();
        }
        Path file;
        try {
            file = Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException("the program's own place is no path: " + source.getLocation(), e);
        }
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        known = digest(file);
        return Optional.of(known);
    }

    private static @Nullable CodeSource sourceOf(Class<?> type) {
        return type.getProtectionDomain().getCodeSource();
    }

    static String digest(Path file) throws IOException {
        return "SHA-256 " + Sha256.ofFile(file);
    }

    /** This program with version and digest, as manifests name who made a document. */
    public static String described() throws IOException {
        return described(version(), digest());
    }

    /** The program that ran a campaign, likewise. */
    public static String described(Software software) {
        return described(
                software.quorumarkVersion(),
                Optional.ofNullable(software.libraries().get(NAME)));
    }

    private static String described(String version, Optional<String> digest) {
        return "quorumark " + version + digest.map(each -> ", " + each).orElse("");
    }

    /** As its build names it. */
    public static String version() {
        String version = ProgramFile.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
