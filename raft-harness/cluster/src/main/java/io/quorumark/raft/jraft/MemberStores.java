package io.quorumark.raft.jraft;

import com.alipay.sofa.jraft.storage.LogStorage;
import com.alipay.sofa.jraft.storage.RaftMetaStorage;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.KVEngine;
import io.quorumark.raft.ClusterException;
import io.quorumark.raft.LogBounds;
import io.quorumark.raft.MemberFolder;
import io.quorumark.raft.StoreSpec;
import io.quorumark.raft.StoreUsage;
import io.quorumark.raft.jraft.log.EngineLogStorage;
import io.quorumark.raft.jraft.log.EngineMetaStorage;
import io.quorumark.raft.jraft.log.LogKeyspaces;
import io.quorumark.raft.jraft.log.LogTail;
import io.quorumark.raft.jraft.log.VolatileLogStorage;
import io.quorumark.raft.jraft.log.VolatileMetaStorage;
import io.quorumark.raft.state.StateStore;
import io.quorumark.raft.store.StoreMark;
import io.quorumark.raft.timing.Activity;
import io.quorumark.raft.timing.WriteStages;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The two open engines of a running member, and what stands on them. Closed after the Raft node has let go of them. */
final class MemberStores implements AutoCloseable {
    private static final String SNAPSHOT_PREFIX = "snapshot_";

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final StoreSpec logSpec;
    private final StoreSpec stateSpec;
    private MemberFolder folder;
    private final KVEngine logEngine;
    private final LogStorage log;
    private final RaftMetaStorage meta;
    private KVEngine stateEngine;
    private StateStore state;

    /** Opens everything, or nothing. */
    MemberStores(
            Path directory, StoreSpec logSpec, StoreSpec stateSpec, WriteStages stages, Consumer<Throwable> failures) {
        this.logSpec = logSpec;
        this.stateSpec = stateSpec;
        this.folder = MemberFolder.prepare(directory, logSpec, stateSpec);
        try {
            logEngine = opened(logSpec.provider().open(logSpec.at(folder.logDirectory(), LogKeyspaces.ALL)));
            if (logSpec.retainsData()) {
                log = opened(new EngineLogStorage(
                        logEngine, logSpec.provider().capabilities(), logSpec.durability(), stages, failures));
                meta = opened(new EngineMetaStorage(logEngine, logSpec.durability(), failures));
            } else {
                log = new VolatileLogStorage(stages);
                meta = new VolatileMetaStorage();
            }
            stateEngine = opened(openStateEngine());
            state = opened(new StateStore(stateEngine, stateSpec.durability()));
            if (state.isLoading()) {
                rebuildState("its replacement by a snapshot was cut off");
            } else if (isAheadOfLog()) {
                rebuildState("it was ahead of the log");
            }
        } catch (RuntimeException e) {
            closeAll(e);
            throw e;
        }
    }

    private KVEngine openStateEngine() {
        return stateSpec.provider().open(stateSpec.at(folder.stateDirectory(), StateStore.KEYSPACES));
    }

    /** A state that has seen entries which the log has lost may have seen entries that the group never will. */
    private boolean isAheadOfLog() {
        return stateSpec.retainsData() && state.appliedIndex() > Math.max(log.getLastLogIndex(), newestSnapshotIndex());
    }

    private void rebuildState(String reason) {
        closeNewest();
        closeNewest();
        folder = folder.withoutState(reason);
        stateEngine = opened(openStateEngine());
        state = opened(new StateStore(stateEngine, stateSpec.durability()));
    }

    private long newestSnapshotIndex() {
        long newest = 0;
        File[] snapshots = folder.snapshotDirectory().toFile().listFiles();
        if (snapshots != null) {
            for (File snapshot : snapshots) {
                if (snapshot.getName().startsWith(SNAPSHOT_PREFIX)) {
                    newest = Math.max(newest, indexOf(snapshot));
                }
            }
        }
        return newest;
    }

    /** The library takes every name that begins so for a snapshot's, and stumbles over copies that people leave there. */
    private static long indexOf(File snapshot) {
        String index = snapshot.getName().substring(SNAPSHOT_PREFIX.length());
        if (!index.matches("[0-9]{1,18}")) {
            throw new ClusterException.UntrustedStore(snapshot + " is no snapshot, expected a name of '"
                    + SNAPSHOT_PREFIX + "' and an index alone; move it out of the member's folder");
        }
        return Long.parseLong(index);
    }

    /** As the library is to see it. */
    LogStorage log() {
        return new LogTail(log);
    }

    RaftMetaStorage meta() {
        return meta;
    }

    StateStore state() {
        return state;
    }

    MemberFolder folder() {
        return folder;
    }

    LogBounds logBounds() {
        return new LogBounds(
                log.getFirstLogIndex(),
                log.getLastLogIndex(),
                log instanceof EngineLogStorage stored ? stored.undeletedEntries() : 0);
    }

    StoreUsage logUsage() {
        return usage(logSpec, logEngine, folder.logDirectory());
    }

    StoreUsage stateUsage() {
        return usage(stateSpec, stateEngine, folder.stateDirectory());
    }

    /** What both engines ended in their background since the last call. */
    List<Activity> takeBackgroundWork() {
        return Stream.of(logEngine, stateEngine)
                .flatMap(engine -> Activity.takenFrom(engine).stream())
                .toList();
    }

    private static StoreUsage usage(StoreSpec spec, KVEngine engine, Path directory) {
        return new StoreUsage(
                spec.provider().id(),
                directory,
                spec.durability(),
                spec.memoryBudgetBytes(),
                engine.stats(),
                engine.effectiveOptions());
    }

    /**
     * Syncs and closes both engines, and leaves a mark that says so. If an engine fails, everything is closed all the same, and the mark
     * is left out.
     */
    @Override
    public void close() {
        StoreMark.End end = StoreMark.End.SYNCED;
        RuntimeException failure = null;
        for (KVEngine engine : List.of(logEngine, stateEngine)) {
            try {
                engine.sync();
            } catch (EngineException.Unsupported e) {
                end = StoreMark.End.CLOSED;
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        failure = closeAll(failure);
        if (failure != null) {
            throw failure;
        }
        folder.markEnd(end);
    }

    /** @return {@code cause}, or else the first failure of a close; the others are suppressed in it */
    private @Nullable RuntimeException closeAll(@Nullable RuntimeException cause) {
        RuntimeException failure = cause;
        while (!open.isEmpty()) {
            try {
                closeNewest();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        return failure;
    }

    private <T> T opened(T part) {
        if (part instanceof AutoCloseable closeable) {
            open.push(closeable);
        }
        return part;
    }

    private void closeNewest() {
        try {
            open.pop().close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("cannot close a store: " + e.getMessage(), e);
        }
    }
}
