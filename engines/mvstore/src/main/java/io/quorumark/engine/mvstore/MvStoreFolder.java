package io.quorumark.engine.mvstore;

import io.quorumark.engine.Checkpoint;
import io.quorumark.engine.support.Folders;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** An engine's folder, claimed against this process and others: the store's file and the lock's. */
final class MvStoreFolder {
    static final String STORE = "store.mv";
    private static final String LOCK = "store.lock";
    private static final List<String> OWN = List.of(STORE, LOCK, Checkpoint.SEAL_FILE);

    private final Path realPath;
    private final MvStoreErrors errors;
    private final RandomAccessFile lockFile;

    private MvStoreFolder(Path realPath, MvStoreErrors errors, RandomAccessFile lockFile) {
        this.realPath = realPath;
        this.errors = errors;
        this.lockFile = lockFile;
    }

    /** Makes the folder if absent. */
    static MvStoreFolder claim(Path directory, MvStoreErrors errors) {
        Path realPath;
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectory(directory);
            }
            realPath = directory.toRealPath();
        } catch (IOException e) {
            throw errors.io("making or reading the folder", e);
        }
        if (!OpenFolders.claim(realPath)) {
            throw errors.locked();
        }
        try {
            refuseForeign(realPath, errors);
            return new MvStoreFolder(realPath, errors, lock(realPath.resolve(LOCK), errors));
        } catch (IOException e) {
            OpenFolders.release(realPath);
            throw errors.io("reading or locking the folder", e);
        } catch (RuntimeException e) {
            OpenFolders.release(realPath);
            throw e;
        }
    }

    private static void refuseForeign(Path realPath, MvStoreErrors errors) throws IOException {
        try (Stream<Path> entries = Files.list(realPath)) {
            List<String> foreign = entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !OWN.contains(name))
                    .sorted()
                    .toList();
            if (!foreign.isEmpty()) {
                throw errors.foreign(foreign);
            }
        }
    }

    private static RandomAccessFile lock(Path path, MvStoreErrors errors) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        if (file.getChannel().tryLock() == null) {
            file.close();
            throw errors.locked();
        }
        return file;
    }

    Path realPath() {
        return realPath;
    }

    Path storeFile() {
        return realPath.resolve(STORE);
    }

    /** Makes the files in it survive power loss by their names. */
    void forceNames() {
        try {
            Folders.force(realPath);
        } catch (IOException e) {
            throw errors.io("sync of the folder " + realPath, e);
        }
    }

    void release() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw errors.io("releasing the lock", e);
        } finally {
            OpenFolders.release(realPath);
        }
    }
}
