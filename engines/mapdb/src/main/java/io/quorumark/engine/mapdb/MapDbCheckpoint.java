package io.quorumark.engine.mapdb;

import io.quorumark.engine.Checkpoint;
import io.quorumark.engine.support.NewFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
        try {
            return NewFolder.checkpoint(MapDbEngineProvider.ID, absentTarget, unfinished -> {
                Files.createDirectory(unfinished);
                store.copyTo(MapDbFolder.storeFileIn(unfinished), true);
                MapDbFolder.mark(unfinished, errors);
            });
        } catch (IOException | RuntimeException e) {
            throw errors.checkpointFailed(absentTarget, e);
        }
    }
}
