package io.quorumark.raft.store;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import io.quorumark.raft.nemesis.WrappedProvider;
import io.quorumark.raft.nemesis.WrappedSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * An engine that lets somebody look at its files right before and right after every commit, while no other commit is under way: what the
 * operating system holds then is what a process that is killed there leaves behind.
 */
public final class KillPoints extends WrappedProvider {
    private final ReentrantLock oneCommit;
    private final Watcher watcher;

    /** Is called with the lock that all commits take. */
    @FunctionalInterface
    public interface Watcher {
        /** @param committed whether the commit has happened, or is about to */
        void at(boolean committed);
    }

    /** @param oneCommit the same for all engines whose files are looked at together */
    public KillPoints(EngineProvider real, ReentrantLock oneCommit, Watcher watcher) {
        super(real);
        this.oneCommit = oneCommit;
        this.watcher = watcher;
    }

    @Override
    protected Session wrap(Session session, EngineConfig config) {
        return new WrappedSession(session) {
            @Override
            public void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value, Durability durability) {
                watch(() -> super.put(keyspace, key, value, durability));
            }

            @Override
            public void commit(WriteBatch batch, Durability durability) {
                watch(() -> super.commit(batch, durability));
            }
        };
    }

    private void watch(Runnable commit) {
        oneCommit.lock();
        try {
            watcher.at(false);
            commit.run();
            watcher.at(true);
        } finally {
            oneCommit.unlock();
        }
    }

    /** Copies a folder that others may be changing: again, where its list of files changed meanwhile. */
    public static void copy(Path from, Path to) {
        BooleanSupplier copied = () -> {
            try {
                List<Path> before = list(from);
                for (Path path : before) {
                    Path target = to.resolve(from.relativize(path));
                    if (Files.isDirectory(path)) {
                        Files.createDirectories(target);
                    } else {
                        Files.copy(path, target, StandardCopyOption.REPLACE_EXISTING);
                    }
                }
                return before.equals(list(from));
            } catch (NoSuchFileException e) {
                return false;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        while (!copied.getAsBoolean()) {
            remove(to);
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void remove(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            List<Path> paths = new ArrayList<>(list(folder));
            Collections.reverse(paths);
            for (Path path : paths) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
