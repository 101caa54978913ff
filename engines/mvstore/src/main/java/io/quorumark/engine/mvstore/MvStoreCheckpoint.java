package io.quorumark.engine.mvstore;

import io.quorumark.engine.Checkpoint;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.Keyspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** Copies one pinned state into a store of its own, record by record, while commits go on: the copy is compacted. */
final class MvStoreCheckpoint {
    private final EngineConfig config;
    private final MvStoreSettings settings;
    private final OpenStore source;

    MvStoreCheckpoint(EngineConfig config, MvStoreSettings settings, OpenStore source) {
        this.config = config;
        this.settings = settings;
        this.source = source;
    }

    Checkpoint writeTo(Path absentTarget) {
        MvStoreErrors errors = source.errors();
        Path target = absentTarget.toAbsolutePath();
        Path parent = target.getParent();
        if (parent == null || Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw errors.io(
                    "checkpoint target " + absentTarget + " exists; name a path where nothing is", (Throwable) null);
        }
        Path unfinished = newFolderBeside(parent, target);
        PinnedState state = source.pin();
        try {
            copy(state, unfinished.resolve(MvStoreFolder.STORE));
            Checkpoint sealed = Checkpoint.seal(MvStoreEngineProvider.ID, unfinished);
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            Directories.sync(parent, errors);
            return new Checkpoint(absentTarget, sealed.bytes());
        } catch (IOException | RuntimeException e) {
            deleteAfter(e, unfinished);
            throw e instanceof IOException failure
                    ? errors.io("checkpoint to " + absentTarget, failure)
                    : source.failed("checkpoint to " + absentTarget, (RuntimeException) e);
        } finally {
            state.release();
        }
    }

    /** Another name each time: what a killed process left, and whoever makes one at the same time, are in nobody's way. */
    private Path newFolderBeside(Path parent, Path target) {
        try {
            return Files.createTempDirectory(parent, target.getFileName() + ".unfinished-");
        } catch (IOException e) {
            throw source.errors().io("checkpoint to " + target, e);
        }
    }

    private void copy(PinnedState state, Path path) throws IOException {
        MVStore copy = settings.builder()
                .adoptFileStore(OpenStore.newFile(settings, path))
                .open();
        try {
            for (Keyspace keyspace : config.keyspaces()) {
                MVMap<byte[], byte[]> map = OpenStore.openMap(copy, keyspace);
                Cursor<byte[], byte[]> walk =
                        source.map(keyspace.ordinal()).cursor(state.root(keyspace.ordinal()), null, null, false);
                while (walk.hasNext()) {
                    map.append(walk.next(), walk.getValue());
                    if (copy.getUnsavedMemory() > settings.unsavedBytes()) {
                        long unused = copy.commit();
                    }
                }
            }
            long unused = copy.commit();
            copy.sync();
            copy.close();
        } finally {
            copy.closeImmediately();
        }
        Directories.syncFile(path);
    }

    private static void deleteAfter(Exception failure, Path unfinished) {
        try {
            if (Files.isDirectory(unfinished)) {
                Directories.delete(unfinished);
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
