package io.quorumark.engine.rocksdb;

import io.quorumark.engine.EngineException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.RocksDBException;

/** Folders that are whole or not there: made beside their place and renamed, and on the device before they have their name. */
final class Folders {
    private Folders() {}

    /** Writes a folder. */
    @FunctionalInterface
    interface Writing<T> {
        /** @param absent where to make it; nothing is there, its parent exists */
        T into(Path absent) throws RocksDBException, IOException;
    }

    /**
     * Makes {@code target} of what {@code writing} makes; where that fails, nothing is left.
     *
     * @throws EngineException.Io the target exists
     */
    static <T> T makeWhole(Path target, Writing<T> writing) throws RocksDBException, IOException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new EngineException.Io(
                    RocksDbEngineProvider.ID,
                    target,
                    "exists, expected a path where nothing is; choose another or remove it",
                    null);
        }
        Path parent = parentOf(target);
        Path around = Files.createTempDirectory(parent, target.getFileName() + ".unfinished-");
        try {
            Path unfinished = around.resolve("data");
            T made = writing.into(unfinished);
            force(unfinished);
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            forceOne(parent);
            return made;
        } finally {
            remove(around);
        }
    }

    static Path parentOf(Path path) throws IOException {
        Path parent = path.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException(path + " has no parent folder");
        }
        return parent;
    }

    static long lengthOfFiles(Path folder) throws IOException {
        long bytes = 0;
        for (Path path : all(folder)) {
            bytes += Files.isRegularFile(path) ? Files.size(path) : 0;
        }
        return bytes;
    }

    private static void force(Path folder) throws IOException {
        for (Path path : all(folder)) {
            forceOne(path);
        }
    }

    static void forceOne(Path fileOrFolder) throws IOException {
        try (FileChannel channel = FileChannel.open(fileOrFolder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void remove(Path folder) throws IOException {
        for (Path path : all(folder)) {
            Files.delete(path);
        }
    }

    /** The folder and all in it, what is inside before what it is in. */
    private static List<Path> all(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.sorted(Comparator.reverseOrder()).toList();
        }
    }
}
