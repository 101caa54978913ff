package io.quorumark.engine.mapdb;

import io.quorumark.engine.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A durable copy of a store in a folder of its own, whole or absent. */
final class MapDbCheckpoint {
    private final MapDbStore store;
    private final MapDbErrors errors;

    MapDbCheckpoint(MapDbStore store, MapDbErrors errors) {
        this.store = store;
        this.errors = errors;
    }

    /** Nobody may write to the store meanwhile. */
    Checkpoint writeTo(Path absentTarget) {
        Path target = absentTarget.toAbsolutePath();
        Path parent = target.getParent();
        if (parent == null || Files.exists(target)) {
            throw errors.io(
                    "checkpoint target " + absentTarget
                            + " exists; name a path where nothing is, in an existing folder",
                    null);
        }
        Path unfinished = target.resolveSibling(target.getFileName() + ".unfinished");
        try {
            Files.createDirectory(unfinished);
            store.copyTo(MapDbFolder.storeFileIn(unfinished), true);
            MapDbFolder.mark(unfinished, errors);
            Checkpoint sealed = Checkpoint.seal(MapDbEngineProvider.ID, unfinished);
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            Directories.sync(parent, errors);
            return new Checkpoint(absentTarget, sealed.bytes());
        } catch (IOException | RuntimeException e) {
            deleteAfter(e, unfinished);
            throw errors.translate("checkpoint to " + absentTarget, e);
        }
    }

    private static void deleteAfter(Exception failure, Path unfinished) {
        try {
            if (Files.isDirectory(unfinished)) {
                Directories.delete(unfinished);
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
