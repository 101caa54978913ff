package io.quorumark.engine.mvstore;

import io.quorumark.engine.Checkpoint;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.support.NewFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        PinnedState state = source.pin();
        try {
            return NewFolder.checkpoint(MvStoreEngineProvider.ID, absentTarget, unfinished -> {
                Files.createDirectory(unfinished);
                copy(state, unfinished.resolve(MvStoreFolder.STORE));
            });
        } catch (EngineException e) {
            throw e;
        } catch (IOException e) {
            throw source.errors().io("checkpoint to " + absentTarget, e);
        } catch (RuntimeException e) {
            throw source.failed("checkpoint to " + absentTarget, e);
        } finally {
            state.release();
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
    }
}
