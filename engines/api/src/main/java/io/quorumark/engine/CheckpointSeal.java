package io.quorumark.engine;

import io.quorumark.engine.support.Folders;
import io.quorumark.engine.support.NewFolder;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The file that says what a checkpoint holds: a header, then one line a file,
 * {@code <length in bytes> <CRC-32C, 8 hex digits> <path with slashes>}, in the order of the paths.
 */
final class CheckpointSeal {
    static final String NAME = "checkpoint.seal";
    private static final String HEADER = "quorumark checkpoint 1 ";
    private static final int COPY_BYTES = 1 << 20;

    private CheckpointSeal() {}

    private record Kept(long bytes, long crc) {
        String line(String path) {
            return String.format(Locale.ROOT, "%d %08x %s", bytes, crc, path);
        }
    }

    static long write(String engineId, Path directory) {
        try {
            SortedMap<String, Kept> files = new TreeMap<>();
            for (Path file : filesOf(directory)) {
                try (RandomAccessFile forced = new RandomAccessFile(file.toFile(), "rw")) {
                    files.put(nameOf(directory, file), copyFile(file, null));
                    forced.getFD().sync();
                }
            }
            List<String> lines = new ArrayList<>();
            lines.add(HEADER + engineId);
            files.forEach((path, kept) -> lines.add(kept.line(path)));
            Path seal = directory.resolve(NAME);
            Files.write(seal, lines, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
            Folders.force(seal);
            Folders.force(directory);
            return files.values().stream().mapToLong(Kept::bytes).sum();
        } catch (IOException e) {
            throw unreadable(engineId, directory, e);
        }
    }

    static long verify(String engineId, Path directory) {
        return copy(engineId, directory, null);
    }

    static void restore(String engineId, Path checkpoint, Path absentTarget) {
        try {
            NewFolder.make(engineId, absentTarget, unfinished -> {
                Files.createDirectory(unfinished);
                copy(engineId, checkpoint, unfinished);
            });
        } catch (IOException e) {
            throw new EngineException.Io(
                    engineId,
                    absentTarget,
                    "checkpoint '" + checkpoint + "' cannot be restored here (" + e
                            + "); check the device, its free space and the permissions",
                    e);
        }
    }

    /** Reads every file against the seal, writing it to {@code target} if that is given. */
    private static long copy(String engineId, Path directory, @Nullable Path target) {
        SortedMap<String, Kept> expected = expected(engineId, directory);
        try {
            for (Path file : filesOf(directory)) {
                if (!expected.containsKey(nameOf(directory, file))) {
                    throw damaged(engineId, directory, nameOf(directory, file) + " is not in the seal");
                }
            }
            for (var entry : expected.entrySet()) {
                Path file = directory.resolve(entry.getKey());
                if (!Files.isRegularFile(file)) {
                    throw damaged(engineId, directory, entry.getKey() + " is missing");
                }
                Kept found = copyFile(file, target == null ? null : target.resolve(entry.getKey()));
                if (!found.equals(entry.getValue())) {
                    throw damaged(
                            engineId,
                            directory,
                            entry.getKey() + " is '" + found.line("").trim() + "', expected '"
                                    + entry.getValue().line("").trim() + "' (bytes and CRC-32C)");
                }
            }
            return expected.values().stream().mapToLong(Kept::bytes).sum();
        } catch (IOException e) {
            throw unreadable(engineId, directory, e);
        }
    }

    private static Kept copyFile(Path file, @Nullable Path target) throws IOException {
        // Streams, because an interrupt closes a channel.
        try (FileInputStream source = new FileInputStream(file.toFile())) {
            if (target == null) {
                return read(source, OutputStream.nullOutputStream());
            }
            Path parent = target.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            try (FileOutputStream sink = new FileOutputStream(target.toFile())) {
                Kept found = read(source, sink);
                sink.getFD().sync();
                return found;
            }
        }
    }

    private static Kept read(InputStream source, OutputStream sink) throws IOException {
        CRC32C crc = new CRC32C();
        byte[] buffer = new byte[COPY_BYTES];
        long bytes = 0;
        for (int count = source.read(buffer); count > 0; count = source.read(buffer)) {
            crc.update(buffer, 0, count);
            sink.write(buffer, 0, count);
            bytes += count;
        }
        return new Kept(bytes, crc.getValue());
    }

    private static SortedMap<String, Kept> expected(String engineId, Path directory) {
        Path seal = directory.resolve(NAME);
        List<String> lines;
        try {
            lines = Files.isRegularFile(seal) ? Files.readAllLines(seal, StandardCharsets.UTF_8) : List.of();
        } catch (IOException e) {
            throw unreadable(engineId, directory, e);
        }
        if (lines.isEmpty() || !lines.get(0).equals(HEADER + engineId)) {
            throw damaged(
                    engineId,
                    directory,
                    NAME + " begins with '" + (lines.isEmpty() ? "" : lines.get(0)) + "', expected '" + HEADER
                            + engineId + "'");
        }
        SortedMap<String, Kept> files = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] parts = line.split(" ", 3);
            try {
                files.put(parts[2], new Kept(Long.parseLong(parts[0]), Long.parseLong(parts[1], 16)));
            } catch (IndexOutOfBoundsException | NumberFormatException e) {
                throw damaged(
                        engineId, directory, NAME + " has the line '" + line + "', expected length, CRC and path");
            }
        }
        return files;
    }

    private static List<Path> filesOf(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(Files::isRegularFile)
                    .filter(path -> !nameOf(directory, path).equals(NAME))
                    .sorted()
                    .toList();
        }
    }

    private static String nameOf(Path directory, Path file) {
        return directory.relativize(file).toString().replace('\\', '/');
    }

    private static EngineException.Io unreadable(String engineId, Path directory, IOException cause) {
        return new EngineException.Io(
                engineId,
                directory,
                "checkpoint cannot be read (" + cause + "); check the device and the permissions",
                cause);
    }

    private static EngineException.Corruption damaged(String engineId, Path directory, String problem) {
        return new EngineException.Corruption(
                engineId, directory, "checkpoint is damaged: " + problem + "; use another checkpoint", null);
    }
}
