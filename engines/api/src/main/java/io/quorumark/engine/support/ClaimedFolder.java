package io.quorumark.engine.support;

import io.quorumark.engine.EngineException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An engine's folder, claimed against other engines of this process and, with a lock file, of other processes.
 *
 * <p>The operating system's file locks belong to a process: they cannot tell two engines of one process apart, and whichever of them
 * closes its descriptor of the lock file gives the other one's lock away. So a second opening in one process is refused before it
 * touches the file, which needs state as wide as the process.
 */
public final class ClaimedFolder implements AutoCloseable {
    private static final Set<Path> CLAIMED = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final @Nullable FileChannel lockFile;

    private ClaimedFolder(Path path, @Nullable FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /** Looks at a folder before its lock file is made in it, and refuses one that is not the engine's. */
    @FunctionalInterface
    public interface Check {
        /** @param realPath the existing folder, without symbolic links */
        void of(Path realPath) throws IOException;
    }

    /**
     * Makes the folder if it is absent, and claims it against this process and others.
     *
     * @param lockFile the name of a file in it that is locked while the folder is claimed
     * @throws EngineException.Locked it is claimed already
     * @throws EngineException.Full the device has no room for it
     * @throws EngineException.Io it cannot be made, read or written
     */
    public static ClaimedFolder claim(String engineId, Path directory, String lockFile, Check check) {
        return claimed(engineId, directory, check, realPath -> lock(engineId, directory, realPath.resolve(lockFile)));
    }

    /** Like {@link #claim}, for an engine whose library itself locks the folder against other processes. */
    public static ClaimedFolder claimWithinProcess(String engineId, Path directory, Check check) {
        return claimed(engineId, directory, check, realPath -> null);
    }

    private interface Locking {
        @Nullable
        FileChannel lock(Path realPath) throws IOException;
    }

    private static ClaimedFolder claimed(String engineId, Path directory, Check check, Locking locking) {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectory(directory);
            }
            Path realPath = directory.toRealPath();
            if (!CLAIMED.add(realPath)) {
                throw locked(engineId, directory, "this process");
            }
            boolean done = false;
            try {
                check.of(realPath);
                ClaimedFolder claimed = new ClaimedFolder(realPath, locking.lock(realPath));
                done = true;
                return claimed;
            } finally {
                if (!done) {
                    CLAIMED.remove(realPath);
                }
            }
        } catch (IOException e) {
            String problem = "the folder cannot be made, read or locked (" + e + "); ";
            throw NoRoom.isBehind(e)
                    ? new EngineException.Full(engineId, directory, problem + "make room on the device", e)
                    : new EngineException.Io(engineId, directory, problem + "check its parent and the permissions", e);
        }
    }

    private static FileChannel lock(String engineId, Path directory, Path lockFile) throws IOException {
        FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean done = false;
        try {
            if (channel.tryLock() == null) {
                throw locked(engineId, directory, "another process");
            }
            done = true;
            return channel;
        } finally {
            if (!done) {
                channel.close();
            }
        }
    }

    private static EngineException.Locked locked(String engineId, Path directory, String holder) {
        return new EngineException.Locked(
                engineId, directory, "the folder is open in " + holder + "; close that engine first", null);
    }

    /**
     * Refuses a folder that holds something else.
     *
     * @param isOwn whether the engine may have made a file of this name
     * @throws EngineException.Corruption it holds other files too; the message names one
     */
    public static void refuseForeignFiles(String engineId, Path directory, Predicate<String> isOwn) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<String> foreign = files.map(file -> file.getFileName().toString())
                    .filter(isOwn.negate())
                    .sorted()
                    .toList();
            if (!foreign.isEmpty()) {
                throw new EngineException.Corruption(
                        engineId,
                        directory,
                        "the folder holds " + foreign.get(0)
                                + ", which this engine did not write; open an empty folder or one that it made",
                        null);
            }
        }
    }

    /** Without symbolic links. */
    public Path path() {
        return path;
    }

    /** Gives the folder back. A second close does nothing. */
    @Override
    public void close() throws IOException {
        try {
            if (lockFile != null) {
                lockFile.close();
            }
        } finally {
            CLAIMED.remove(path);
        }
    }

    /** Gives the folder back after a failed opening; what goes wrong then is suppressed in {@code reason}. */
    public void closeAfter(Throwable reason) {
        try {
            close();
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }
}
