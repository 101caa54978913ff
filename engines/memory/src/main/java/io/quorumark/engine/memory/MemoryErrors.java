package io.quorumark.engine.memory;

import io.quorumark.engine.EngineException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** Gives input and output failures their type and remedy. */
final class MemoryErrors {
    private MemoryErrors() {}

    /** Of a write that was rolled back. */
    static EngineException ofWrite(Path directory, Path file, IOException cause) {
        String message = String.valueOf(cause.getMessage());
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left") || lower.contains("quota exceeded") || lower.contains("file too large")) {
            return new EngineException.Full(
                    MemoryEngineProvider.ID,
                    directory,
                    "no room to write " + file.getFileName() + " (" + message
                            + "); nothing of this commit was kept: make room and repeat it",
                    cause);
        }
        return new EngineException.Io(
                MemoryEngineProvider.ID,
                directory,
                file.getFileName() + " cannot be written (" + message + "); check the device and the permissions",
                cause);
    }

    /** Of a commit that stands whole in the log and in parts in memory. */
    static EngineException halfApplied(Path directory, Throwable cause) {
        return new EngineException.Io(
                MemoryEngineProvider.ID,
                directory,
                "a commit failed half-way (" + cause
                        + "), and memory holds a part of it; close the engine and open it again",
                cause);
    }

    static EngineException ofRead(Path directory, Path file, IOException cause) {
        return new EngineException.Io(
                MemoryEngineProvider.ID,
                directory,
                file.getFileName() + " cannot be read (" + cause.getMessage()
                        + "); check the device and the permissions",
                cause);
    }

    static EngineException corrupt(Path directory, Path file, String problem) {
        return new EngineException.Corruption(
                MemoryEngineProvider.ID,
                directory,
                file.getFileName() + " " + problem + "; restore a checkpoint, or start with an empty folder",
                null);
    }
}
