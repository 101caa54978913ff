package io.quorumark.engine.support;

import io.quorumark.engine.Checkpoint;
import io.quorumark.engine.EngineException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Makes a folder that is whole or not there: written beside its place under a name of its own ({@code <target>.unfinished-<number>}),
 * forced, renamed. What a killed process leaves stops nobody, and of several that make one target the first one succeeds.
 */
public final class NewFolder {
    private NewFolder() {}

    /** Writes the content of a new folder. */
    @FunctionalInterface
    public interface Content {
        /** @param absent where to make the folder; nothing is there, and its parent exists */
        void writeTo(Path absent) throws IOException;
    }

    /**
     * Makes the folder, durable on return.
     *
     * @param engineId for messages
     * @param absentTarget a path where nothing exists yet, in an existing folder
     * @throws EngineException.Io something is there, whether before or by the time the content is written
     * @throws IOException it cannot be written; nothing is left
     */
    public static void make(String engineId, Path absentTarget, Content content) throws IOException {
        if (Files.exists(absentTarget, LinkOption.NOFOLLOW_LINKS)) {
            throw exists(engineId, absentTarget);
        }
        Path parent = Folders.parentOf(absentTarget);
        Path around = Files.createTempDirectory(parent, absentTarget.getFileName() + ".unfinished-");
        try {
            Path unfinished = around.resolve("data");
            content.writeTo(unfinished);
            Folders.forceAll(unfinished);
            rename(engineId, unfinished, absentTarget);
            forceNameOrDelete(parent, absentTarget);
        } finally {
            Folders.delete(around);
        }
    }

    private static void rename(String engineId, Path unfinished, Path target) throws IOException {
        try {
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            throw exists(engineId, target);
        } catch (IOException e) {
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                throw exists(engineId, target);
            }
            throw e;
        }
    }

    private static void forceNameOrDelete(Path parent, Path target) throws IOException {
        try {
            Folders.force(parent);
        } catch (IOException e) {
            Folders.delete(target);
            throw e;
        }
    }

    /**
     * Makes a checkpoint: {@link #make} with a seal over what {@code content} writes.
     *
     * @return the checkpoint at {@code absentTarget}
     */
    public static Checkpoint checkpoint(String engineId, Path absentTarget, Content content) throws IOException {
        long[] bytes = new long[1];
        make(engineId, absentTarget, unfinished -> {
            content.writeTo(unfinished);
            bytes[0] = Checkpoint.seal(engineId, unfinished).bytes();
        });
        return new Checkpoint(absentTarget, bytes[0]);
    }

    private static EngineException.Io exists(String engineId, Path target) {
        return new EngineException.Io(
                engineId, target, "exists, expected a path where nothing is; choose another or remove it", null);
    }
}
