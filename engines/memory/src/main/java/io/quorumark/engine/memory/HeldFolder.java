package io.quorumark.engine.memory;

import io.quorumark.engine.EngineException;
import io.quorumark.engine.Keyspace;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An engine's folder, held against other engines of this and other processes, and known to be one of this engine's. */
final class HeldFolder implements AutoCloseable {
    private static final String FORMAT_VERSION = "quorumark-memory 1";

    /** The folders this process holds, by real path. A file lock belongs to a whole process, so that it cannot tell two engines of one apart. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lockFile;

    private HeldFolder(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /**
     * Makes the folder where it is absent, and holds it.
     *
     * @throws EngineException.Locked it is held already
     * @throws EngineException.Corruption it holds something else, or was made with other keyspaces
     * @throws EngineException.WrongKey it is encrypted otherwise
     * @throws EngineException.Io it cannot be made, read or written
     */
    static HeldFolder take(Path directory, List<Keyspace> keyspaces, @Nullable EncryptionKey key) {
        try {
            if (!Files.exists(directory)) {
                Files.createDirectory(directory);
            }
            Path real = directory.toRealPath();
            checkFormat(directory, real, keyspaces, key);
            return lock(directory, real);
        } catch (IOException e) {
            throw new EngineException.Io(
                    MemoryEngineProvider.ID,
                    directory,
                    "the folder cannot be made, read or written (" + e + "); check its parent and the permissions",
                    e);
        }
    }

    private static HeldFolder lock(Path directory, Path real) throws IOException {
        if (!HELD.add(real)) {
            throw locked(directory, "this process");
        }
        try {
            FileChannel channel =
                    FileChannel.open(real.resolve(LogNames.LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            HeldFolder folder = new HeldFolder(real, channel);
            if (channel.tryLock() == null) {
                folder.close();
                throw locked(directory, "another process");
            }
            return folder;
        } catch (IOException e) {
            HELD.remove(real);
            throw e;
        }
    }

    private static EngineException.Locked locked(Path directory, String holder) {
        return new EngineException.Locked(
                MemoryEngineProvider.ID,
                directory,
                "the folder is open in " + holder + "; close that engine first",
                null);
    }

    private static void checkFormat(Path directory, Path real, List<Keyspace> keyspaces, @Nullable EncryptionKey key)
            throws IOException {
        String wanted = FORMAT_VERSION + keyspaces.stream().map(Keyspace::name).toList();
        Path format = real.resolve(LogNames.FORMAT);
        if (Files.exists(format)) {
            List<String> lines = Files.readAllLines(format);
            String found = lines.isEmpty() ? "" : lines.get(0);
            if (!found.equals(wanted)) {
                throw new EngineException.Corruption(
                        MemoryEngineProvider.ID,
                        directory,
                        "the folder was made as '" + found + "', expected '" + wanted
                                + "'; open it with the same keyspaces",
                        null);
            }
            KeyCheck.check(directory, lines.size() > 1 ? lines.get(1) : KeyCheck.PLAIN, key);
            return;
        }
        try (Stream<Path> files = Files.list(real)) {
            if (files.anyMatch(file -> !isOwnLeftover(file))) {
                throw new EngineException.Corruption(
                        MemoryEngineProvider.ID,
                        directory,
                        "the folder is not empty and holds no " + LogNames.FORMAT
                                + " file; open an empty folder or one that this engine made",
                        null);
            }
        }
        Path temporary = real.resolve(LogNames.FORMAT + LogNames.TEMPORARY_SUFFIX);
        Files.write(temporary, List.of(wanted, KeyCheck.line(key)), StandardCharsets.UTF_8);
        Folders.force(temporary);
        Files.move(temporary, format, StandardCopyOption.ATOMIC_MOVE);
        Folders.force(real);
    }

    /** What a first opening that was cut short leaves behind. */
    private static boolean isOwnLeftover(Path file) {
        String name = file.getFileName().toString();
        return name.equals(LogNames.LOCK) || name.endsWith(LogNames.TEMPORARY_SUFFIX);
    }

    Path path() {
        return path;
    }

    /** Gives the folder back. */
    @Override
    public void close() throws IOException {
        try {
            lockFile.close();
        } finally {
            HELD.remove(path);
        }
    }
}
