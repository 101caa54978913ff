package io.quorumark.engine.mvstore;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The folders that this process has open.
 *
 * <p>A file lock of the operating system belongs to the process: a second opening in the same process would be told so, but closing its
 * descriptor of the lock file drops the first one's lock, and another process could then get in. So a second opening must be refused
 * before it touches the file. That needs state as wide as the process, which only a static field has.
 */
final class OpenFolders {
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private OpenFolders() {}

    /** @return false if it is claimed already */
    static boolean claim(Path realPath) {
        return OPEN.add(realPath);
    }

    static void release(Path realPath) {
        OPEN.remove(realPath);
    }
}
