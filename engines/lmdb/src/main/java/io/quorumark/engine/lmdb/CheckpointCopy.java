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
import java.util.stream.Stream;
import org.lmdbjava.CopyFlags;

/** A compacting copy, made and sealed beside its target, and renamed when it is complete and on the device. */
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
        try {
            environment.env().copy(unfinished.toFile(), CopyFlags.MDB_CP_COMPACT);
            Checkpoint sealed = Checkpoint.seal(LmdbEngineProvider.ID, unfinished);
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            sync(parent);
            return new Checkpoint(target, sealed.bytes());
        } finally {
            removeIfThere(unfinished);
        }
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void removeIfThere(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }
}
