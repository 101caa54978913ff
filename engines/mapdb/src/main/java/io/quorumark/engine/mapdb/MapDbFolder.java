package io.quorumark.engine.mapdb;

import io.quorumark.engine.Checkpoint;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An engine's folder, claimed for this engine: the store's file, the lock's, the temporary copies of snapshots, and the mark of a store that is whole.
 *
 * <p>MapDB itself notices an unclean end by a checksum over its header. It misses one that came while a commit changed records in place, which would open with half a
 * commit. So a store opens only where the mark lies beside it: set by close and sync once everything is on the device, and taken away by the next opening or commit.
 */
final class MapDbFolder {
    private static final String STORE = "store.db";
    private static final String LOCK = "store.lock";
    private static final String WHOLE = "store.whole";
    private static final String SNAPSHOT_PREFIX = "snapshot-";

    private final Path realPath;
    private final MapDbErrors errors;
    private final RandomAccessFile lockFile;
    private boolean marked;

    private MapDbFolder(Path realPath, MapDbErrors errors, RandomAccessFile lockFile) {
        this.realPath = realPath;
        this.errors = errors;
        this.lockFile = lockFile;
        this.marked = Files.exists(realPath.resolve(WHOLE));
    }

    /** Makes the folder where absent and claims it, against this process and others. */
    static MapDbFolder claim(Path directory, MapDbErrors errors) {
        Path realPath;
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectory(directory);
            }
            realPath = directory.toRealPath();
        } catch (IOException e) {
            throw errors.io("the folder cannot be made or read (" + e + "); its parent must exist and be writable", e);
        }
        if (!OpenFolders.claim(realPath)) {
            throw errors.locked(null);
        }
        try {
            refuseForeignFiles(realPath, errors);
            return new MapDbFolder(realPath, errors, lock(realPath.resolve(LOCK), errors));
        } catch (IOException e) {
            OpenFolders.release(realPath);
            throw errors.io("the folder cannot be read or locked (" + e + "); check its permissions", e);
        } catch (RuntimeException e) {
            OpenFolders.release(realPath);
            throw e;
        }
    }

    Path storeFile() {
        return realPath.resolve(STORE);
    }

    Path snapshotFile(long number) {
        return realPath.resolve(SNAPSHOT_PREFIX + number + ".db");
    }

    /** Refuses a store that is not whole, takes the mark away, and removes what snapshots of an earlier run have left. */
    void prepareToOpen() {
        if (Files.exists(storeFile()) && !marked) {
            throw errors.uncleanEnd();
        }
        unmark();
        try {
            for (Path leftover : snapshotFiles()) {
                Files.delete(leftover);
            }
        } catch (IOException e) {
            throw errors.io("a temporary snapshot file cannot be deleted (" + e + "); check its permissions", e);
        }
    }

    /** Says durably that the store's file is whole; the caller has made it so. */
    void mark() {
        if (!marked) {
            mark(realPath, errors);
            marked = true;
        }
    }

    static void mark(Path folder, MapDbErrors errors) {
        try (FileOutputStream out = new FileOutputStream(folder.resolve(WHOLE).toFile())) {
            out.write("closed or synced\n".getBytes(StandardCharsets.US_ASCII));
            out.getFD().sync();
        } catch (IOException e) {
            throw errors.io("the mark of a whole store cannot be written (" + e + "); the store will not open", e);
        }
        Directories.sync(folder, errors);
    }

    /** Takes the mark away durably, before the store's file is changed. */
    void unmark() {
        if (marked) {
            try {
                Files.delete(realPath.resolve(WHOLE));
            } catch (IOException e) {
                throw errors.io("the mark of a whole store cannot be deleted (" + e + "); check its permissions", e);
            }
            Directories.sync(realPath, errors);
            marked = false;
        }
    }

    void release() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw errors.io("the lock cannot be released (" + e + "); end the process", e);
        } finally {
            OpenFolders.release(realPath);
        }
    }

    /** The files of a checkpoint besides the store's own. */
    static Path storeFileIn(Path folder) {
        return folder.resolve(STORE);
    }

    private List<Path> snapshotFiles() throws IOException {
        try (Stream<Path> entries = Files.list(realPath)) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith(SNAPSHOT_PREFIX))
                    .toList();
        }
    }

    private static void refuseForeignFiles(Path realPath, MapDbErrors errors) throws IOException {
        try (Stream<Path> entries = Files.list(realPath)) {
            List<String> foreign = entries.map(entry -> entry.getFileName().toString())
                    .filter(name ->
                            !List.of(STORE, LOCK, WHOLE, Checkpoint.SEAL_FILE).contains(name)
                                    && !name.startsWith(SNAPSHOT_PREFIX))
                    .sorted()
                    .toList();
            if (!foreign.isEmpty()) {
                throw errors.foreign(foreign);
            }
        }
    }

    private static RandomAccessFile lock(Path path, MapDbErrors errors) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        @Nullable FileLock lock = file.getChannel().tryLock();
        if (lock == null) {
            file.close();
            throw errors.locked(null);
        }
        return file;
    }
}
