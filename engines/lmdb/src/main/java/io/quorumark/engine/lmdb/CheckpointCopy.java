package io.quorumark.engine.lmdb;

import io.quorumark.engine.Checkpoint;
import io.quorumark.engine.EngineException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.lmdbjava.CopyFlags;

/** A compacting copy, made beside its target and renamed when it is complete and on the device. */
final class CheckpointCopy {
    private CheckpointCopy() {}

    static Checkpoint of(OpenEnvironment environment, Path target) throws IOException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new EngineException.Io(
                    LmdbEngineProvider.ID,
                    environment.errors().directory(),
                    "the checkpoint target " + target + " exists; name one that does not",
                    null);
        }
        Path parent = target.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException("the checkpoint target " + target + " has no parent folder");
        }
        Path unfinished = Files.createTempDirectory(parent, target.getFileName() + ".unfinished-");
        Path data = unfinished.resolve(DataFolder.DATA_FILE);
        try {
            environment.env().copy(unfinished.toFile(), CopyFlags.MDB_CP_COMPACT);
            Checkpoint sealed = Checkpoint.seal(LmdbEngineProvider.ID, unfinished);
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            sync(parent, StandardOpenOption.READ);
            return new Checkpoint(target, sealed.bytes());
        } finally {
            Files.deleteIfExists(data);
            Files.deleteIfExists(unfinished.resolve(Checkpoint.SEAL_FILE));
            Files.deleteIfExists(unfinished);
        }
    }

    private static void sync(Path path, StandardOpenOption access) throws IOException {
        try (FileChannel channel = FileChannel.open(path, access)) {
            channel.force(true);
        }
    }
}
