package io.quorumark.engine.bridge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a native library has to be built for.
 *
 * @param architecture in the words of {@code uname}
 * @param libc the C library: {@value #GLIBC} or {@value #MUSL}
 */
record Platform(String architecture, String libc) {
    static final String GLIBC = "glibc";
    static final String MUSL = "musl";

    private static final Path MAPS = Path.of("/proc/self/maps");

    /** What this process runs on. */
    static Platform ofThisProcess() throws IOException {
        return new Platform(
                architectureOf(System.getProperty("os.arch", "")),
                Files.isReadable(MAPS) ? libcOf(Files.readAllLines(MAPS, StandardCharsets.ISO_8859_1)) : GLIBC);
    }

    /** @param osArch as the JVM calls it */
    static String architectureOf(String osArch) {
        return osArch.equals("amd64") ? "x86_64" : osArch;
    }

    /** Told by the loader that is mapped. */
    static String libcOf(List<String> maps) {
        return maps.stream().anyMatch(line -> line.contains("/ld-musl-")) ? MUSL : GLIBC;
    }
}
