package io.quorumark.engine.memory;

import io.quorumark.engine.Checkpoint;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** An engine folder of one snapshot file, made beside its final place and renamed when it is whole. */
final class CheckpointCopy {
    private CheckpointCopy() {}

    static Checkpoint write(
            EngineConfig config, MemorySettings settings, List<VersionedMap> maps, long sequence, Path absentTarget) {
        if (Files.exists(absentTarget)) {
            throw new EngineException.Io(
                    MemoryEngineProvider.ID,
                    config.directory(),
                    "checkpoint target '" + absentTarget + "' exists, expected a path where nothing is; choose another",
                    null);
        }
        Path temporary = absentTarget.resolveSibling(absentTarget.getFileName() + LogNames.TEMPORARY_SUFFIX);
        try {
            removeLeftover(temporary);
            // Taking the folder writes its format file.
            HeldFolder.take(temporary, config.keyspaces(), settings.key()).close();
            Files.delete(temporary.resolve(LogNames.LOCK));
            SnapshotFile.write(temporary.resolve(LogNames.snapshot(sequence)), maps, sequence, settings.key());
            Checkpoint sealed = Checkpoint.seal(MemoryEngineProvider.ID, temporary);
            Files.move(temporary, absentTarget, StandardCopyOption.ATOMIC_MOVE);
            Path parent = absentTarget.toAbsolutePath().getParent();
            if (parent != null) {
                Folders.force(parent);
            }
            return new Checkpoint(absentTarget, sealed.bytes());
        } catch (IOException e) {
            throw MemoryErrors.ofWrite(config.directory(), absentTarget, e);
        }
    }

    private static void removeLeftover(Path temporary) throws IOException {
        if (!Files.exists(temporary)) {
            return;
        }
        try (Stream<Path> files = Files.list(temporary)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(temporary);
    }
}
