package io.quorumark.engine;

import java.nio.file.Path;

/**
 * A finished copy of an engine's state, sealed with the length and CRC-32C of each of its files.
 *
 * @param directory where it is
 * @param bytes the sum of its files' lengths, the seal not counted
 */
public record Checkpoint(Path directory, long bytes) {
    /** The file that seals the others; engines pass over it. */
    public static final String SEAL_FILE = CheckpointSeal.NAME;

    /**
     * Seals a folder that a checkpoint was just written to: forces its files and the folder, and adds the seal. For adapters.
     *
     * @param engineId whose checkpoint it is
     * @throws EngineException.Io a file cannot be read or forced
     */
    public static Checkpoint seal(String engineId, Path directory) {
        return new Checkpoint(directory, CheckpointSeal.write(engineId, directory));
    }

    /**
     * Compares a checkpoint's files with its seal.
     *
     * @return the checkpoint
     * @throws EngineException.Corruption there is no seal, or a file is missing, added, longer, shorter or changed; the message names it
     */
    public static Checkpoint verify(String engineId, Path directory) {
        return new Checkpoint(directory, CheckpointSeal.verify(engineId, directory));
    }

    /**
     * Copies a checkpoint to where an engine can be opened, checking every byte on the way. The checkpoint stays as it is.
     *
     * @param absentTarget a path where nothing exists yet, in an existing folder; the copy is complete and durable on return, or absent
     * @throws EngineException.Corruption as of {@link #verify}
     * @throws EngineException.Io the target exists or cannot be written
     */
    public static void restore(String engineId, Path checkpoint, Path absentTarget) {
        CheckpointSeal.restore(engineId, checkpoint, absentTarget);
    }
}
