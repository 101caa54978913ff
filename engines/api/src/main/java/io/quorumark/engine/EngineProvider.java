package io.quorumark.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An engine that can be opened, found by {@link java.util.ServiceLoader}. Loading a provider must not load a native library:
 * {@code list engines} works on a machine where one of them cannot run.
 */
public interface EngineProvider {
    /** The name in plans and on command lines: lower-case letters and digits, such as {@code rocksdb}. */
    String id();

    /** What it is; fixed at build time, so that it is known without opening. */
    EngineFacts facts();

    /** What it promises. */
    Capabilities capabilities();

    /**
     * JVM flags without which this engine fails or lies, beyond those of the project's scripts; recorded with every trial. Empty for most.
     */
    default List<String> requiredJvmFlags() {
        return List.of();
    }

    /**
     * How the names of the threads begin that this engine starts by itself, as the operating system shows them: on Linux the first 15
     * bytes of a name. The processor time of such threads is counted as the engine's. Empty for an engine that works on the threads of
     * its callers alone.
     */
    default List<String> backgroundThreads() {
        return List.of();
    }

    /**
     * Why this engine cannot be opened in this installation, in one sentence with its remedy; empty for an engine that can. Found without
     * loading anything, so that a plan can be refused before it runs.
     */
    default Optional<String> unavailable() {
        return Optional.empty();
    }

    /**
     * Whether opening the engine unpacks a native library into the folder that {@code java.io.tmpdir} names, and loads it from there. If
     * that folder is mounted {@code noexec}, a plan can then be refused before it runs.
     */
    default boolean unpacksLibrary() {
        return false;
    }

    /**
     * Checks the native options of a configuration without opening or loading anything, so that a plan can be refused before it runs. An
     * engine that does not tell beforehand refuses them at opening.
     *
     * @throws EngineException.InvalidOption an option is unknown or its value is not accepted
     */
    default void checkOptions(EngineConfig config) {}

    /**
     * Opens the engine in {@link EngineConfig#directory()}, making it if absent and recovering it after a crash.
     *
     * @return the open engine, owned by the caller
     * @throws EngineException.Unsupported the durability level is not one of {@link Capabilities#durabilities()}, or the native library
     * cannot load here
     * @throws EngineException.InvalidOption a native option is unknown or its value is not accepted
     * @throws EngineException.Locked another process, or this one, has the folder open
     * @throws EngineException.Corruption the folder holds something else, or damage that recovery cannot repair
     * @throws EngineException.WrongKey the folder is encrypted and the key does not open it, or is not given
     * @throws EngineException.Io the folder cannot be read or written
     */
    KVEngine open(EngineConfig config);

    /**
     * Restores one backup, checking its checksums.
     *
     * @param folder what {@link KVEngine#backup} was given
     * @param number which of its backups
     * @param absentTarget a path where nothing exists yet, in an existing folder; complete and durable on return, or absent
     * @throws EngineException.Unsupported {@link Ability#INCREMENTAL_BACKUP} is not claimed
     * @throws EngineException.Corruption the backup is damaged, or the folder has none of that number
     * @throws EngineException.Io the target exists or cannot be written
     */
    default void restoreBackup(Path folder, int number, Path absentTarget) {
        throw new EngineException.Unsupported(
                id(), folder, "keeps no incremental backups; restore a checkpoint with Checkpoint.restore");
    }
}
