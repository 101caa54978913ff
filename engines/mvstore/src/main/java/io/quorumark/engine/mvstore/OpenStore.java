package io.quorumark.engine.mvstore;

import io.quorumark.engine.BackgroundWork;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Reader;
import io.quorumark.engine.support.FinishedWork;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.RootReference;
import org.h2.mvstore.type.ByteArrayDataType;
import org.jspecify.annotations.Nullable;

/** A store and its maps, one for each keyspace. Commits take turns; readers follow the latest published roots. */
final class OpenStore {
    private final EngineConfig config;
    private final MvStoreSettings settings;
    private final MvStoreErrors errors;
    private final InterruptProofFile file;
    private final MVStore store;
    private final List<MVMap<byte[], byte[]>> maps;
    private final ReentrantLock writing = new ReentrantLock();
    private final FinishedWork finishedWork = new FinishedWork();
    private long commits;
    private volatile PinnedState latest;

    /** Why the store cannot go on; written by the writer. */
    private volatile @Nullable Throwable broken;

    private OpenStore(
            EngineConfig config,
            MvStoreSettings settings,
            MvStoreErrors errors,
            InterruptProofFile file,
            MVStore store,
            List<MVMap<byte[], byte[]>> maps) {
        this.config = config;
        this.settings = settings;
        this.errors = errors;
        this.file = file;
        this.store = store;
        this.maps = maps;
        this.latest = new PinnedState(store, roots());
    }

    static OpenStore open(EngineConfig config, MvStoreSettings settings, MvStoreErrors errors, Path path) {
        InterruptProofFile file;
        try {
            file = newFile(settings, path);
        } catch (IOException e) {
            throw errors.io("opening the store's file", e);
        }
        try {
            MVStore store = settings.builder().adoptFileStore(file).open();
            store.setRetentionTime(settings.retentionMillis());
            List<MVMap<byte[], byte[]>> maps = new ArrayList<>();
            for (Keyspace keyspace : config.keyspaces()) {
                maps.add(openMap(store, keyspace));
            }
            long unused = store.commit();
            if (config.durability() == Durability.POWER_LOSS) {
                store.sync();
            }
            return new OpenStore(config, settings, errors, file, store, maps);
        } catch (RuntimeException | AssertionError e) {
            file.close();
            throw errors.translateOpen(e instanceof RuntimeException failure ? failure : new IllegalStateException(e));
        }
    }

    static InterruptProofFile newFile(MvStoreSettings settings, Path path) throws IOException {
        HashMap<String, Object> given = new HashMap<>();
        given.put("cacheSize", settings.cacheMebibytes());
        given.put("pageSplitSize", settings.pageSplitBytes());
        given.put("autoCompactFillRate", settings.autoCompactFillRate());
        return new InterruptProofFile(given, path.toString());
    }

    static MVMap<byte[], byte[]> openMap(MVStore store, Keyspace keyspace) {
        return store.openMap(
                keyspace.name(),
                new MVMap.Builder<byte[], byte[]>()
                        .keyType(ByteArrayDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE));
    }

    MVStore library() {
        return store;
    }

    MVMap<byte[], byte[]> map(int ordinal) {
        return maps.get(ordinal);
    }

    MvStoreErrors errors() {
        return errors;
    }

    InterruptProofFile file() {
        return file;
    }

    @Nullable
    Throwable broken() {
        return broken;
    }

    /** Kept until it is released. */
    PinnedState pin() {
        while (true) {
            PinnedState state = latest;
            if (state.tryUse()) {
                return state;
            }
        }
    }

    int get(Keyspace keyspace, byte[] key, ByteBuffer target) {
        int ordinal = ordinalOf(keyspace);
        while (true) {
            PinnedState state = latest;
            try {
                return copied(maps.get(ordinal).get(state.root(ordinal).root, key), target);
            } catch (RuntimeException e) {
                // Not pinned: several commits in between may have taken what the read was following.
                if (state == latest) {
                    throw failed("get", e);
                }
            }
        }
    }

    int get(PinnedState state, Keyspace keyspace, byte[] key, ByteBuffer target) {
        int ordinal = ordinalOf(keyspace);
        try {
            return copied(maps.get(ordinal).get(state.root(ordinal).root, key), target);
        } catch (RuntimeException e) {
            throw failed("get", e);
        }
    }

    private static int copied(byte @Nullable [] value, ByteBuffer target) {
        if (value == null) {
            return Reader.NOT_FOUND;
        }
        if (value.length <= target.remaining()) {
            target.put(value);
        }
        return value.length;
    }

    /** Applies all changes in one commit, durable at the level of the opening on return. */
    void commit(List<Change> changes, Durability durability) {
        if (durability != config.durability()) {
            throw errors.wrongDurability(durability, config.durability());
        }
        if (changes.isEmpty()) {
            return;
        }
        asWriter("commit", () -> {
            for (Change change : changes) {
                change.apply(maps.get(change.keyspaceOrdinal()));
            }
            if (durability != Durability.NONE || store.getUnsavedMemory() > settings.unsavedBytes()) {
                store(durability == Durability.POWER_LOSS);
            }
            commits++;
        });
    }

    void sync() {
        asWriter("sync", () -> store(true));
    }

    /** Rewrites chunks of which little is needed. */
    void compact(int fillRatePercent, int bytes) {
        asWriter("compaction", () -> {
            long startNanos = System.nanoTime();
            if (rewrites(fillRatePercent, bytes)) {
                store(config.durability() == Durability.POWER_LOSS);
                finishedWork.ended(BackgroundWork.Kind.COMPACTION, startNanos);
            }
        });
    }

    /** An interrupt ends MVStore's short wait for its own lock; nothing was rewritten then, and the next round comes. */
    private boolean rewrites(int fillRatePercent, int bytes) {
        boolean interrupted = Thread.interrupted();
        try {
            return store.compact(fillRatePercent, bytes);
        } catch (RuntimeException e) {
            if (!(e.getCause() instanceof InterruptedException)) {
                throw e;
            }
            interrupted = true;
            return false;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void store(boolean sync) {
        long unused = store.commit();
        if (sync) {
            store.sync();
        }
    }

    private void asWriter(String doing, Runnable work) {
        writing.lock();
        try {
            Throwable before = broken;
            if (before != null) {
                throw errors.broken(before);
            }
            try {
                work.run();
                PinnedState previous = latest;
                latest = new PinnedState(store, roots());
                previous.release();
            } catch (RuntimeException | Error e) {
                // A part of a commit may be in the trees, and the next one would publish it.
                broken = e;
                throw errors.translate(doing, e);
            }
        } finally {
            writing.unlock();
        }
    }

    private List<RootReference<byte[], byte[]>> roots() {
        List<RootReference<byte[], byte[]>> roots = new ArrayList<>(maps.size());
        for (MVMap<byte[], byte[]> map : maps) {
            roots.add(map.flushAndGetRoot());
        }
        return roots;
    }

    /** What was rewritten beside commits, and when. */
    FinishedWork finishedWork() {
        return finishedWork;
    }

    long commits() {
        writing.lock();
        try {
            return commits;
        } finally {
            writing.unlock();
        }
    }

    /** @throws IllegalArgumentException the keyspace is not of this engine */
    int ordinalOf(Keyspace keyspace) {
        int ordinal = keyspace.ordinal();
        if (ordinal >= config.keyspaces().size()
                || !config.keyspaces().get(ordinal).equals(keyspace)) {
            throw new IllegalArgumentException(
                    keyspace + " is not of this engine, expected one of " + config.keyspaces());
        }
        return ordinal;
    }

    EngineException failed(String doing, RuntimeException e) {
        Throwable before = broken;
        return before == null ? errors.translate(doing, e) : errors.broken(before);
    }

    void close() {
        writing.lock();
        try {
            // A version that is in use would be kept from being the last one.
            latest.release();
            if (broken == null) {
                store.close();
            } else {
                store.closeImmediately();
            }
        } catch (RuntimeException e) {
            throw errors.translate("close", e);
        } finally {
            // What failed on the way may have left it open.
            file.close();
            writing.unlock();
        }
    }
}
