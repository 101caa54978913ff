package io.quorumark.engine.memory;

import io.quorumark.engine.support.WholeFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The names of an engine's files: a log is named by its first sequence, a snapshot by the last one that is in it. */
final class LogNames {
    static final String LOCK = "LOCK";
    static final String FORMAT = "FORMAT";
    private static final String LOG_SUFFIX = ".log";
    private static final String SNAPSHOT_SUFFIX = ".snapshot";
    static final String TEMPORARY_SUFFIX = WholeFile.TEMPORARY_SUFFIX;

    private LogNames() {}

    static String log(long firstSequence) {
        return hex(firstSequence) + LOG_SUFFIX;
    }

    static String snapshot(long lastSequence) {
        return hex(lastSequence) + SNAPSHOT_SUFFIX;
    }

    /** Log files by first sequence. */
    static NavigableMap<Long, Path> logs(Path directory) throws IOException {
        return bySequence(directory, LOG_SUFFIX);
    }

    /** Snapshot files by last sequence. */
    static NavigableMap<Long, Path> snapshots(Path directory) throws IOException {
        return bySequence(directory, SNAPSHOT_SUFFIX);
    }

    private static NavigableMap<Long, Path> bySequence(Path directory, String suffix) throws IOException {
        TreeMap<Long, Path> files = new TreeMap<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*" + suffix)) {
            for (Path file : found) {
                String name = file.getFileName().toString();
                files.put(Long.parseUnsignedLong(name.substring(0, name.length() - suffix.length()), 16), file);
            }
        }
        return files;
    }

    private static String hex(long sequence) {
        return String.format(Locale.ROOT, "%016x", sequence);
    }
}
