package io.quorumark.engine.mvstore;

import io.quorumark.engine.Ability;
import io.quorumark.engine.BackgroundWork;
import io.quorumark.engine.Backup;
import io.quorumark.engine.Checkpoint;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.EngineStats;
import io.quorumark.engine.EngineStats.Entry;
import io.quorumark.engine.EngineStats.Kind;
import io.quorumark.engine.Health;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Limits;
import io.quorumark.engine.Session;
import io.quorumark.engine.support.DiskRoom;
import io.quorumark.engine.support.Handles;
import io.quorumark.engine.support.Unclaimed;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.h2.mvstore.Cursor;

/**
 * An open MVStore. Calls here hold {@code inUse} for reading, so that closing waits for calls of other threads; no session's data path
 * touches it.
 */
final class MvStoreEngine implements KVEngine {
    private static final int PERCENT_FREE_WANTED = 5;
    private static final int COMPACT_FILL_RATE_PERCENT = 95;
    private static final int COMPACT_ROUNDS = 64;

    private final EngineConfig config;
    private final MvStoreSettings settings;
    private final MvStoreFolder folder;
    private final OpenStore store;
    private final Housekeeping housekeeping;
    private final Handles children;
    private final ReentrantReadWriteLock inUse = new ReentrantReadWriteLock();

    private MvStoreEngine(EngineConfig config, MvStoreSettings settings, MvStoreFolder folder, OpenStore store) {
        this.config = config;
        this.settings = settings;
        this.folder = folder;
        this.store = store;
        this.housekeeping = Housekeeping.of(store, settings);
        this.children = new Handles("engine " + this);
    }

    static MvStoreEngine open(EngineConfig config) {
        MvStoreErrors errors = new MvStoreErrors(config.directory());
        MvStoreSettings settings = MvStoreSettings.of(config);
        MvStoreFolder folder = MvStoreFolder.claim(config.directory(), errors);
        try {
            OpenStore store = OpenStore.open(config, settings, errors, folder.storeFile());
            folder.forceNames();
            return new MvStoreEngine(config, settings, folder, store);
        } catch (RuntimeException e) {
            folder.release();
            throw e;
        }
    }

    OpenStore store() {
        return store;
    }

    @Override
    public List<Keyspace> keyspaces() {
        return config.keyspaces();
    }

    @Override
    public Session openSession() {
        return whileOpen("open of a session", () -> children.add(new MvStoreSession(this), "session"));
    }

    @Override
    public void sync() {
        whileOpen("sync", () -> {
            store.sync();
            return true;
        });
    }

    @Override
    public Checkpoint checkpoint(Path absentTarget) {
        return whileOpen("checkpoint", () -> new MvStoreCheckpoint(config, settings, store).writeTo(absentTarget));
    }

    /** Rewrites until chunks are nearly full; their old space is free for later commits, and the file shrinks with them. */
    @Override
    public void compact() {
        whileOpen("compaction", () -> {
            long startNanos = System.nanoTime();
            int bytes = (int) Math.min(Integer.MAX_VALUE, settings.unsavedBytes());
            for (int round = 0; round < COMPACT_ROUNDS; round++) {
                store.compact(COMPACT_FILL_RATE_PERCENT, bytes);
            }
            store.sync();
            store.finishedWork().ended(BackgroundWork.Kind.COMPACTION, startNanos);
            return true;
        });
    }

    @Override
    public Backup backup(Path target) {
        return whileOpen("backup", () -> {
            throw Unclaimed.refuse(MvStoreEngineProvider.ID, config.directory(), Ability.INCREMENTAL_BACKUP);
        });
    }

    /** Reads every page of the latest state: MVStore checks each page's position and length; then order and counts are compared. */
    @Override
    public void verify() {
        whileOpen("verification", () -> {
            PinnedState state = store.pin();
            try {
                for (Keyspace keyspace : config.keyspaces()) {
                    walk(state, keyspace);
                }
            } finally {
                state.release();
            }
            return true;
        });
    }

    private void walk(PinnedState state, Keyspace keyspace) {
        Cursor<byte[], byte[]> cursor =
                store.map(keyspace.ordinal()).cursor(state.root(keyspace.ordinal()), null, null, false);
        byte[] before = null;
        long entries = 0;
        while (cursor.hasNext()) {
            byte[] key = cursor.next();
            if (before != null && Arrays.compareUnsigned(before, key) >= 0) {
                throw damaged("keys of '" + keyspace.name() + "' are out of order at entry " + entries);
            }
            before = key;
            entries++;
        }
        long counted = state.root(keyspace.ordinal()).getTotalCount();
        if (entries != counted) {
            throw damaged("'" + keyspace.name() + "' has " + entries + " entries but counts " + counted);
        }
    }

    private EngineException damaged(String what) {
        return new EngineException.Corruption(
                MvStoreEngineProvider.ID,
                config.directory(),
                what + "; restore a checkpoint or start with an empty folder",
                null);
    }

    @Override
    public Health health() {
        return whileOpen("health", () -> {
            Throwable broken = store.broken();
            if (broken != null) {
                return new Health(
                        Health.Status.FAILED,
                        List.of("the store closed itself after a failure (" + MvStoreErrors.oneLine(broken)
                                + "): close the engine and open it again"));
            }
            return DiskRoom.findingOf(folder.realPath(), PERCENT_FREE_WANTED)
                    .map(finding -> new Health(Health.Status.DEGRADED, List.of(finding)))
                    .orElse(Health.GOOD);
        });
    }

    @Override
    public EngineStats stats() {
        return whileOpen("statistics", () -> {
            InterruptProofFile file = store.file();
            PinnedState state = store.pin();
            try {
                long keys = 0;
                for (Keyspace keyspace : config.keyspaces()) {
                    keys += state.root(keyspace.ordinal()).getTotalCount();
                }
                return new EngineStats(List.of(
                        new Entry("data.keys", "count", Kind.GAUGE, (double) keys),
                        new Entry("data.file.bytes", "bytes", Kind.GAUGE, (double) file.size()),
                        new Entry("data.fill.rate", "ratio", Kind.GAUGE, file.getFillRate() / 100.0),
                        new Entry("data.chunks.fill.rate", "ratio", Kind.GAUGE, file.getChunksFillRate() / 100.0),
                        new Entry("cache.used.bytes", "bytes", Kind.GAUGE, (double)
                                ((long) store.library().getCacheSizeUsed() << 20)),
                        new Entry("unsaved.bytes", "bytes", Kind.GAUGE, (double)
                                store.library().getUnsavedMemory()),
                        new Entry("log.written.bytes", "bytes", Kind.COUNTER, (double) file.writtenBytes()),
                        new Entry("log.syncs", "count", Kind.COUNTER, (double) file.syncs()),
                        new Entry("commits", "count", Kind.COUNTER, (double) store.commits())));
            } finally {
                state.release();
            }
        });
    }

    @Override
    public List<BackgroundWork> takeBackgroundWork() {
        return store.finishedWork().take();
    }

    @Override
    public Map<String, String> effectiveOptions() {
        return whileOpen("reading the options back", () -> settings.inForce(store.library(), store.file()));
    }

    @Override
    public void close() {
        inUse.writeLock().lock();
        try {
            if (children.close()) {
                housekeeping.end();
                try {
                    store.close();
                } finally {
                    folder.release();
                }
            }
        } finally {
            inUse.writeLock().unlock();
        }
    }

    void forget(MvStoreSession session) {
        children.remove(session);
    }

    MvStoreErrors errors() {
        return store.errors();
    }

    int ordinalOf(Keyspace keyspace) {
        return store.ordinalOf(keyspace);
    }

    void checkLimits(ByteBuffer key) {
        if (key.remaining() > MvStoreEngineProvider.MAX_KEY_BYTES) {
            throw errors().tooLong("key", key.remaining(), MvStoreEngineProvider.MAX_KEY_BYTES);
        }
    }

    void checkLimits(ByteBuffer key, ByteBuffer value) {
        checkLimits(key);
        if (value.remaining() > Limits.PORTABLE_MAX_VALUE_BYTES) {
            throw errors().tooLong("value", value.remaining(), Limits.PORTABLE_MAX_VALUE_BYTES);
        }
    }

    @Override
    public String toString() {
        return MvStoreEngineProvider.ID + " at " + config.directory();
    }

    private <T> T whileOpen(String doing, Supplier<T> call) {
        inUse.readLock().lock();
        try {
            if (children.isClosed()) {
                throw errors().closed("engine");
            }
            return call.get();
        } catch (EngineException | IllegalStateException e) {
            throw e;
        } catch (RuntimeException e) {
            throw store.failed(doing, e);
        } finally {
            inUse.readLock().unlock();
        }
    }
}
