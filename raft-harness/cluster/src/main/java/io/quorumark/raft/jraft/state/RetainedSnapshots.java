package io.quorumark.raft.jraft.state;

import io.quorumark.engine.support.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps older snapshots of a member, which the Raft library would delete as soon as it has a newer one: their files are linked into a
 * folder of their own, so that keeping one costs no writing. A snapshot that the leader has sent replaces the one before it without that
 * being kept.
 */
public final class RetainedSnapshots {
    private static final String PREFIX = "snapshot_";
    private static final String UNFINISHED = ".unfinished";

    private final Path current;
    private final Path retained;
    private final int older;

    /**
     * @param current where the library has its newest snapshot
     * @param retained where older ones are kept; made if needed
     * @param retain how many are kept in all, the newest included; 1 keeps no older ones and removes what is there
     */
    public RetainedSnapshots(Path current, Path retained, int retain) {
        this.current = current;
        this.retained = retained;
        this.older = retain - 1;
    }

    /** Links the snapshot that is about to be replaced, and drops those beyond the number. */
    void keepNewest() throws IOException {
        if (older > 0 && Files.isDirectory(current)) {
            List<Path> snapshots = snapshotsIn(current);
            if (!snapshots.isEmpty()) {
                link(snapshots.get(snapshots.size() - 1));
            }
        }
        if (Files.isDirectory(retained)) {
            List<Path> kept = snapshotsIn(retained);
            for (int i = 0; i < kept.size() - older; i++) {
                Folders.delete(kept.get(i));
            }
        }
    }

    private void link(Path snapshot) throws IOException {
        Path target = retained.resolve(snapshot.getFileName());
        if (Files.exists(target)) {
            return;
        }
        Path unfinished = retained.resolve(snapshot.getFileName() + UNFINISHED);
        Folders.delete(unfinished);
        Files.createDirectories(unfinished);
        try (Stream<Path> files = Files.list(snapshot)) {
            for (Path file : files.toList()) {
                Files.createLink(unfinished.resolve(file.getFileName()), file);
            }
        }
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The oldest first. */
    private static List<Path> snapshotsIn(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> entry.getFileName().toString().matches(PREFIX + "[0-9]+"))
                    .sorted(Comparator.comparingLong(RetainedSnapshots::index))
                    .toList();
        }
    }

    private static long index(Path snapshot) {
        return Long.parseLong(snapshot.getFileName().toString().substring(PREFIX.length()));
    }
}
