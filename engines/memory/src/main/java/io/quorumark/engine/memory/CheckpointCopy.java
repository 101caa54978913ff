package io.quorumark.engine.memory;

import io.quorumark.engine.Checkpoint;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.support.NewFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An engine folder of one snapshot file, made beside its final place and renamed when it is whole. */
final class CheckpointCopy {
    private CheckpointCopy() {}

    static Checkpoint write(
            EngineConfig config, MemorySettings settings, Store store, long sequence, Path absentTarget) {
        try {
            return NewFolder.checkpoint(MemoryEngineProvider.ID, absentTarget, unfinished -> {
                Files.createDirectory(unfinished);
                HeldFolder.writeFormat(unfinished, config.keyspaces(), settings.key());
                SnapshotFile.write(unfinished.resolve(LogNames.snapshot(sequence)), store, sequence, settings.key());
            });
        } catch (IOException e) {
            throw MemoryErrors.ofWrite(config.directory(), absentTarget, e);
        }
    }
}
