package io.quorumark.engine.lmdb;

import io.quorumark.engine.Checkpoint;
import io.quorumark.engine.support.NewFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.lmdbjava.CopyFlags;

/** A compacting copy, made and sealed beside its target, and renamed when it is complete and on the device. */
final class CheckpointCopy {
    private CheckpointCopy() {}

    static Checkpoint of(OpenEnvironment environment, Path target) throws IOException {
        return NewFolder.checkpoint(LmdbEngineProvider.ID, target, unfinished -> {
            Files.createDirectory(unfinished);
            environment.env().copy(unfinished.toFile(), CopyFlags.MDB_CP_COMPACT);
        });
    }
}
