package io.quorumark.engine.mapdb;

import io.quorumark.engine.Checkpoint;
import io.quorumark.engine.support.ClaimedFolder;
import io.quorumark.engine.support.Folders;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An engine's folder, claimed for this engine: the store's file, the lock's, the temporary copies of snapshots, and the mark of a store
 * that is whole.
 *
 * <p>MapDB itself notices an unclean end by a checksum over its header. It misses one that came while a commit changed records in place,
 * which would open with half a commit. So a store opens only if the mark lies beside it: set by close and sync once everything is on the
 * device, and taken away by the next opening or commit. Both only rename a file, so that a store on a full device can be closed and opened
 * again.
 */
final class MapDbFolder {
    private static final String STORE = "store.db";
    private static final String LOCK = "store.lock";
    private static final String WHOLE = "store.whole";
    private static final String CHANGING = "store.changing";
    private static final String SNAPSHOT_PREFIX = "snapshot-";
    private static final Set<String> OWN = Set.of(STORE, LOCK, WHOLE, CHANGING, Checkpoint.SEAL_FILE);

    private final ClaimedFolder claimed;
    private final Path realPath;
    private final MapDbErrors errors;
    private boolean marked;

    private MapDbFolder(ClaimedFolder claimed, MapDbErrors errors) {
        this.claimed = claimed;
        this.realPath = claimed.path();
        this.errors = errors;
        this.marked = Files.exists(realPath.resolve(WHOLE));
    }

    /** Makes the folder if it is absent, and claims it against this process and others. */
    static MapDbFolder claim(Path directory, MapDbErrors errors) {
        return new MapDbFolder(
                ClaimedFolder.claim(
                        MapDbEngineProvider.ID,
                        directory,
                        LOCK,
                        realPath -> ClaimedFolder.refuseForeignFiles(
                                MapDbEngineProvider.ID, directory, MapDbFolder::isOwn)),
                errors);
    }

    private static boolean isOwn(String name) {
        return OWN.contains(name) || name.startsWith(SNAPSHOT_PREFIX);
    }

    Path storeFile() {
        return realPath.resolve(STORE);
    }

    Path snapshotFile(long number) {
        return realPath.resolve(SNAPSHOT_PREFIX + number + ".db");
    }

    /** Refuses a store that is not whole. */
    void requireWhole() {
        if (Files.exists(storeFile()) && !marked) {
            throw errors.uncleanEnd();
        }
    }

    /** Takes the mark away, and removes what snapshots of an earlier run have left. */
    void prepareToOpen() {
        if (marked) {
            unmark();
        } else {
            // the room for the mark, while a device without any costs nothing yet
            write(realPath.resolve(CHANGING), errors);
        }
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
            rename(CHANGING, WHOLE);
            marked = true;
        }
    }

    /** Marks a store in a new folder. */
    static void mark(Path folder, MapDbErrors errors) {
        write(folder.resolve(WHOLE), errors);
        force(folder, errors);
    }

    /** Takes the mark away durably, before the store's file is changed. */
    void unmark() {
        if (marked) {
            rename(WHOLE, CHANGING);
            marked = false;
        }
    }

    private void rename(String from, String to) {
        try {
            Files.move(realPath.resolve(from), realPath.resolve(to), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw errors.io(from + " cannot be renamed to " + to + " (" + e + "); check the folder's permissions", e);
        }
        force(realPath, errors);
    }

    private static void write(Path mark, MapDbErrors errors) {
        try (FileOutputStream out = new FileOutputStream(mark.toFile())) {
            out.write("the store is whole if this is called store.whole\n".getBytes(StandardCharsets.US_ASCII));
            out.getFD().sync();
        } catch (IOException e) {
            throw errors.translate("writing " + mark.getFileName(), e);
        }
    }

    private static void force(Path folder, MapDbErrors errors) {
        try {
            Folders.force(folder);
        } catch (IOException e) {
            throw errors.io("folder " + folder + " cannot be synced (" + e + "); close the engine", e);
        }
    }

    void release() {
        try {
            claimed.close();
        } catch (IOException e) {
            throw errors.io("the lock cannot be released (" + e + "); end the process", e);
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
}
