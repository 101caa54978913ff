package io.quorumark.engine.rocksdb;

import io.quorumark.engine.Checkpoint;
import io.quorumark.engine.support.NewFolder;
import java.io.IOException;
import java.nio.file.Path;
import org.rocksdb.RocksDBException;

/** RocksDB's own checkpoint, sealed before it has its name. Table files are hard links if the target is on the same file system. */
final class CheckpointCopy {
    private CheckpointCopy() {}

    static Checkpoint of(OpenDatabase database, Path target) throws IOException {
        return NewFolder.checkpoint(RocksDbEngineProvider.ID, target, unfinished -> {
            try (org.rocksdb.Checkpoint checkpoint = org.rocksdb.Checkpoint.create(database.db())) {
                checkpoint.createCheckpoint(unfinished.toString());
            } catch (RocksDBException e) {
                throw database.errors().of("making a checkpoint", e);
            }
        });
    }
}
