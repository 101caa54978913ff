package io.quorumark.raft;

import io.quorumark.engine.Capabilities;
import io.quorumark.engine.support.Folders;
import io.quorumark.raft.store.StoreMark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A member's folder, and what of it can be trusted when the member starts. The log is the authority: if it cannot be trusted, the member
 * does not start. The state can always be rebuilt from snapshot and log, so in doubt it is thrown away.
 */
public final class MemberFolder {
    private final Path directory;
    private final StoreSpec log;
    private final StoreSpec state;
    private final StoreMark mark;
    private final String stateOrigin;

    private MemberFolder(Path directory, StoreSpec log, StoreSpec state, StoreMark mark, String stateOrigin) {
        this.directory = directory;
        this.log = log;
        this.state = state;
        this.mark = mark;
        this.stateOrigin = stateOrigin;
    }

    /**
     * Decides what can be trusted, throws away what cannot, and marks the folder as in use.
     *
     * @throws ClusterException.UntrustedStore the log may lack entries that it had acknowledged
     */
    public static MemberFolder prepare(Path directory, StoreSpec log, StoreSpec state) {
        StoreMark fresh = StoreMark.begin(
                new StoreMark.Store(log.provider().id(), log.durability()),
                new StoreMark.Store(state.provider().id(), state.durability()));
        try {
            Files.createDirectories(directory);
            MemberFolder folder = new MemberFolder(directory, log, state, fresh, "empty");
            Optional<StoreMark> left = StoreMark.read(folder.markFile());
            String doubt = folder.doubtAbout(left);
            if (doubt != null) {
                deleteTree(folder.stateDirectory());
            }
            if (!log.retainsData()) {
                deleteTree(folder.logDirectory());
                deleteTree(folder.snapshotDirectory());
            }
            fresh.write(folder.markFile());
            String origin = doubt != null ? "rebuilt: " + doubt : left.isPresent() ? "kept" : "empty";
            return new MemberFolder(directory, log, state, fresh, origin);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare " + directory + ": " + e.getMessage(), e);
        }
    }

    private @Nullable String doubtAbout(Optional<StoreMark> left) {
        if (!log.retainsData()) {
            return left.isPresent() ? "the log retains nothing" : null;
        }
        if (left.isEmpty()) {
            if (Files.exists(logDirectory())) {
                throw new ClusterException.UntrustedStore(
                        logDirectory() + " has no readable " + markFile().getFileName() + " beside it; remove "
                                + directory + " and let the member join again");
            }
            return null;
        }
        checkLog(left.get());
        return doubtAboutState(left.get());
    }

    private void checkLog(StoreMark left) {
        if (!left.log().engineId().equals(log.provider().id())) {
            throw new ClusterException.UntrustedStore(logDirectory() + " was written by "
                    + left.log().engineId() + ", not " + log.provider().id() + "; use that engine, or another folder");
        }
        if (!left.keptAllCommits(left.log())) {
            String since =
                    left.sameBoot() ? "the member was not stopped in an orderly way" : "the machine has stopped since";
            throw new ClusterException.UntrustedStore(logDirectory() + " was written at "
                    + left.log().durability() + " and " + since + ": acknowledged entries may be missing; remove "
                    + directory + " and let the member join again");
        }
    }

    private @Nullable String doubtAboutState(StoreMark left) {
        Capabilities capabilities = state.provider().capabilities();
        if (!left.state().engineId().equals(state.provider().id())) {
            return "it was written by " + left.state().engineId();
        }
        if (!capabilities.retainsData()) {
            return "the state engine retains nothing";
        }
        if (left.end() == StoreMark.End.UNCLEAN
                && !capabilities.survivesKill(left.state().durability())) {
            String why = capabilities.crashConsistent()
                    ? "it was written at " + left.state().durability()
                    : "the engine is not crash-consistent";
            return why + " and the member was not stopped in an orderly way";
        }
        if (!left.keptAllCommits(left.state())) {
            return "it was written at " + left.state().durability() + " and the machine has stopped since";
        }
        return null;
    }

    /** Throws the state away although the mark spoke for it; before its engine is opened again. */
    public MemberFolder withoutState(String reason) {
        deleteTree(stateDirectory());
        return new MemberFolder(directory, log, state, mark, "rebuilt: " + reason);
    }

    /** Tells the next start that the engines were closed. */
    public void markEnd(StoreMark.End end) {
        mark.ended(end).write(markFile());
    }

    /** {@code empty}, {@code kept}, or {@code rebuilt: } and why. */
    public String stateOrigin() {
        return stateOrigin;
    }

    public Path logDirectory() {
        return directory.resolve("log");
    }

    public Path stateDirectory() {
        return directory.resolve("state");
    }

    public Path snapshotDirectory() {
        return directory.resolve("snapshot");
    }

    /** Where older snapshots are kept; the member never starts from them. */
    public Path retainedSnapshotsDirectory() {
        return directory.resolve("snapshots-retained");
    }

    private Path markFile() {
        return directory.resolve("stores.properties");
    }

    private static void deleteTree(Path root) {
        try {
            Folders.delete(root);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + root + ": " + e.getMessage(), e);
        }
    }
}
