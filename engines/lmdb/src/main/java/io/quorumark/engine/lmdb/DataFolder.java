package io.quorumark.engine.lmdb;

import io.quorumark.engine.EngineException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The folder an environment lives in, held for one engine. LMDB would let two openings of one folder in one process destroy each other's locks, and would share it
 * with other processes; neither is refused by LMDB itself.
 */
final class DataFolder implements AutoCloseable {
    static final String DATA_FILE = "data.mdb";
    private static final String LOCK_FILE = "quorumark.lock";
    private static final Set<String> WITHOUT_DATA = Set.of(LOCK_FILE, ReaderTable.FILE);

    /**
     * The folders that this process has open, by real path. Static because what it guards is the process's: a file lock belongs to the process, and closing any
     * second channel on the lock file, as a second attempt would have to, gives the first one's lock away.
     */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lockFile;

    private DataFolder(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /**
     * Makes the folder where it is absent, and takes it.
     *
     * @throws EngineException.Io it cannot be made or read
     * @throws EngineException.Locked it is open already
     * @throws EngineException.Corruption it holds something else
     */
    static DataFolder take(Path directory) {
        try {
            if (!Files.exists(directory)) {
                Files.createDirectory(directory);
            }
            if (!Files.exists(directory.resolve(DATA_FILE))) {
                refuseForeign(directory);
            }
            return lock(directory, directory.toRealPath());
        } catch (IOException e) {
            throw new LmdbErrors(directory).of("making or reading the folder", e);
        }
    }

    private static DataFolder lock(Path directory, Path realPath) throws IOException {
        if (!OPEN.add(realPath)) {
            throw locked(directory, "this process");
        }
        try {
            FileChannel channel =
                    FileChannel.open(realPath.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            DataFolder folder = new DataFolder(realPath, channel);
            if (channel.tryLock() == null) {
                folder.close();
                throw locked(directory, "another process");
            }
            return folder;
        } catch (IOException e) {
            OPEN.remove(realPath);
            throw e;
        }
    }

    private static EngineException.Locked locked(Path directory, String holder) {
        return new EngineException.Locked(
                LmdbEngineProvider.ID,
                directory,
                "the folder is open in " + holder + "; close that engine first",
                null);
    }

    private static void refuseForeign(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<String> foreign = files.map(file -> file.getFileName().toString())
                    .filter(name -> !WITHOUT_DATA.contains(name))
                    .sorted()
                    .toList();
            if (!foreign.isEmpty()) {
                throw new EngineException.Corruption(
                        LmdbEngineProvider.ID,
                        directory,
                        "the folder holds no " + DATA_FILE + " but other things, such as " + foreign.get(0)
                                + "; open an empty folder or one that LMDB made",
                        null);
            }
        }
    }

    /** Without symbolic links. */
    Path path() {
        return path;
    }

    /** Gives the folder back. */
    @Override
    public void close() throws IOException {
        try {
            lockFile.close();
        } finally {
            OPEN.remove(path);
        }
    }
}
