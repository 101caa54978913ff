package io.quorumark.engine.bridge;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a native library is: in the folder of {@value #DIRECTORY_PROPERTY}, else in that of {@value #DIRECTORY_VARIABLE}, else among the
 * program's own resources.
 *
 * @param path the file
 * @param unpacked whether it was copied out of a jar, and is to be deleted once it is loaded
 */
record LibraryFile(Path path, boolean unpacked) {
    static final String DIRECTORY_PROPERTY = "quorumark.native.dir";
    static final String DIRECTORY_VARIABLE = "QUORUMARK_NATIVE_DIR";

    private static String platform() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT) + "-"
                + Platform.architectureOf(System.getProperty("os.arch", ""));
    }

    /** Whether there is one, without unpacking or loading it. */
    static boolean isPresent(String fileName) {
        Path directory = directory();
        return directory == null ? resource(fileName) != null : Files.isRegularFile(directory.resolve(fileName));
    }

    /** Whether there is one, and it is unpacked to be loaded. */
    static boolean isPacked(String fileName) {
        URL resource = directory() == null ? resource(fileName) : null;
        return resource != null && !resource.getProtocol().equals("file");
    }

    /** The file if it needs no unpacking; empty if there is none, or if it lies in a jar. */
    static Optional<Path> inPlace(String fileName) throws IOException {
        Path directory = directory();
        if (directory != null) {
            Path file = directory.resolve(fileName);
            return Files.isRegularFile(file) ? Optional.of(file.toRealPath()) : Optional.empty();
        }
        URL resource = resource(fileName);
        if (resource == null || !resource.getProtocol().equals("file")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(resource.toURI()));
        } catch (URISyntaxException e) {
            throw new IOException("the class path has an address that is none: " + resource, e);
        }
    }

    /** @throws IOException it cannot be unpacked into the temporary folder */
    static Optional<LibraryFile> find(String fileName) throws IOException {
        Optional<Path> inPlace = inPlace(fileName);
        if (inPlace.isPresent()) {
            return inPlace.map(file -> new LibraryFile(file, false));
        }
        URL resource = directory() == null ? resource(fileName) : null;
        if (resource == null) {
            return Optional.empty();
        }
        Path copy = Files.createTempFile("quorumark-", "-" + fileName);
        try (InputStream packed = resource.openStream();
                var file = Files.newOutputStream(copy)) {
            packed.transferTo(file);
        } catch (IOException e) {
            Files.delete(copy);
            throw e;
        }
        return Optional.of(new LibraryFile(copy, true));
    }

    private static @Nullable Path directory() {
        String given = System.getProperty(DIRECTORY_PROPERTY, System.getenv(DIRECTORY_VARIABLE));
        return given == null || given.isEmpty() ? null : Path.of(given);
    }

    private static @Nullable URL resource(String fileName) {
        return LibraryFile.class.getResource("/native/" + platform() + "/" + fileName);
    }

    /** To be called when it is loaded, or will not be. */
    void release() throws IOException {
        if (unpacked) {
            Files.delete(path);
        }
    }
}
