package io.quorumark.engine.mapdb;

import io.quorumark.engine.Ability;
import io.quorumark.engine.Backup;
import io.quorumark.engine.Checkpoint;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.EngineStats;
import io.quorumark.engine.EngineStats.Entry;
import io.quorumark.engine.Health;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Limits;
import io.quorumark.engine.Session;
import io.quorumark.engine.support.DiskRoom;
import io.quorumark.engine.support.Handles;
import io.quorumark.engine.support.HeapBatch.Change;
import io.quorumark.engine.support.HeapSession;
import io.quorumark.engine.support.Unclaimed;
import io.quorumark.engine.support.Undisturbed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An open MapDB store.
 *
 * <p>{@link #turns} make commits atomic: one is applied in a writer's. A read first goes beside them and keeps its result if no commit was
 * under way, which costs two volatile reads; otherwise it goes again in a reader's. That needs MapDB's trees to bear concurrent use, which
 * they do. Checkpoints and snapshots read in that sense while they copy, so that writers wait for them.
 */
final class MapDbEngine implements KVEngine, Trees, HeapSession.Engine {
    private static final int PERCENT_FREE_WANTED = 5;

    private final EngineConfig config;
    private final MapDbFolder folder;
    private final MapDbErrors errors;
    private final MapDbStore store;
    private final MapDbSettings settings;
    private final Leaves leaves;
    private final Handles children;
    private final AtomicLong snapshotNumbers = new AtomicLong();
    private final AtomicLong commits = new AtomicLong();
    private final ReadersAndWriter turns = new ReadersAndWriter();

    /** Why a commit failed half-way; written in a writer's turn. */
    private volatile @Nullable Throwable damage;

    private MapDbEngine(
            EngineConfig config, MapDbFolder folder, MapDbErrors errors, MapDbStore store, MapDbSettings settings) {
        this.config = config;
        this.folder = folder;
        this.errors = errors;
        this.store = store;
        this.settings = settings;
        this.leaves = new Leaves(store::tree, settings);
        this.children = new Handles("engine " + this);
    }

    static MapDbEngine open(EngineConfig config) {
        MapDbErrors errors = new MapDbErrors(config.directory());
        MapDbSettings settings = MapDbSettings.from(config);
        MapDbFolder folder = MapDbFolder.claim(config.directory(), errors);
        try {
            folder.requireWhole();
            MapDbStore.fillLastSlice(folder.storeFile(), settings, errors);
            folder.prepareToOpen();
            MapDbStore store = openStore(config, folder, errors, settings);
            return new MapDbEngine(config, folder, errors, store, settings);
        } catch (RuntimeException e) {
            folder.release();
            throw e;
        }
    }

    private static MapDbStore openStore(
            EngineConfig config, MapDbFolder folder, MapDbErrors errors, MapDbSettings settings) {
        try {
            return MapDbStore.open(folder.storeFile(), config.keyspaces(), settings);
        } catch (LinkageError e) {
            throw errors.cannotLoad(e);
        } catch (RuntimeException | AssertionError e) {
            // MapDB checks what it reads with assertions of its own.
            throw errors.cannotOpen(e);
        }
    }

    @Override
    public List<Keyspace> keyspaces() {
        return config.keyspaces();
    }

    @Override
    public Session openSession() {
        return shared("open of a session", () -> children.add(new MapDbSession(this), "session"));
    }

    /** Durable until the next commit begins to change the file; MapDB keeps no older state to fall back to. */
    @Override
    public void sync() {
        exclusive("sync", () -> {
            store.sync();
            folder.mark();
        });
    }

    @Override
    public Checkpoint checkpoint(Path absentTarget) {
        return shared("checkpoint", () -> new MapDbCheckpoint(store, errors).writeTo(absentTarget));
    }

    @Override
    public void compact() {
        checkOpen();
        throw errors.noCompaction();
    }

    @Override
    public Backup backup(Path folder) {
        checkOpen();
        throw Unclaimed.refuse(MapDbEngineProvider.ID, config.directory(), Ability.INCREMENTAL_BACKUP);
    }

    @Override
    public void verify() {
        shared("verify", () -> {
            for (Keyspace keyspace : config.keyspaces()) {
                store.walk(keyspace.ordinal(), errors);
            }
            return true;
        });
    }

    @Override
    public Health health() {
        checkOpen();
        Throwable failure = damage;
        if (failure != null) {
            return new Health(
                    Health.Status.FAILED,
                    List.of("a commit failed half-way (" + failure.getMessage()
                            + "): close it and restore a checkpoint, or rebuild the folder"));
        }
        return shared(
                "health",
                () -> DiskRoom.findingOf(config.directory(), PERCENT_FREE_WANTED)
                        .map(finding -> new Health(Health.Status.DEGRADED, List.of(finding)))
                        .orElse(Health.GOOD));
    }

    @Override
    public EngineStats stats() {
        return shared(
                "stats",
                () -> new EngineStats(List.of(
                        new Entry("commits", "count", EngineStats.Kind.COUNTER, (double) commits.get()),
                        new Entry("data.file.bytes", "bytes", EngineStats.Kind.GAUGE, (double) store.totalBytes()),
                        new Entry("data.free.bytes", "bytes", EngineStats.Kind.GAUGE, (double) store.freeBytes()))));
    }

    @Override
    public Map<String, String> effectiveOptions() {
        return shared("effectiveOptions", store::settingsInForce);
    }

    @Override
    public void close() {
        long stamp = turns.beginWriting();
        try {
            if (children.close()) {
                closeStore();
            }
        } finally {
            turns.endWriting(stamp);
        }
    }

    /** A whole store is made durable before it is marked as such: the mark would lie after a power cut otherwise. */
    private void closeStore() {
        try {
            if (damage == null) {
                store.sync();
            }
            store.close();
            if (damage == null) {
                folder.mark();
            }
        } catch (RuntimeException e) {
            throw errors.translate("close", e);
        } finally {
            folder.release();
        }
    }

    void forget(MapDbSession session) {
        children.remove(session);
    }

    @Override
    public MapDbErrors errors() {
        return errors;
    }

    @Override
    public byte @Nullable [] get(Keyspace keyspace, byte[] key) {
        int ordinal = ordinalOf(keyspace);
        long stamp = turns.lookBeside();
        if (stamp != 0) {
            try {
                byte[] value = store.tree(ordinal).get(key);
                if (turns.isUntouched(stamp)) {
                    checkWhole();
                    return value;
                }
            } catch (RuntimeException e) {
                // A commit in between can take away what the read was following; without one it is a real failure.
                if (turns.isUntouched(stamp)) {
                    throw errors.translate("get", e);
                }
            }
        }
        return shared("get", () -> store.tree(ordinal).get(key));
    }

    @Override
    public void fill(EntryChunk chunk, Keyspace keyspace, EntryChunk.Start start) {
        shared("cursor move", () -> {
            chunk.fill(store.tree(ordinalOf(keyspace)), start);
            return chunk;
        });
    }

    @Override
    public void commit(List<Change> changes, Durability durability) {
        if (durability != Durability.NONE) {
            throw errors.wrongDurability(durability);
        }
        if (changes.isEmpty()) {
            return;
        }
        exclusive("commit", () -> {
            folder.unmark();
            store.reserve(Changes.bytes(changes));
            long deletionBytes = Changes.deletionBytes(changes, leaves);
            if (deletionBytes > MapDbStore.SPARE_BYTES) {
                store.requireRoom(deletionBytes, errors);
                // the file may grow meanwhile, through a channel that an interrupt would close
                Undisturbed.call("mapdb-file", () -> {
                    apply(changes);
                    return true;
                });
            } else {
                apply(changes);
            }
            commits.setPlain(commits.getPlain() + 1);
        });
    }

    private void apply(List<Change> changes) {
        try {
            for (Change change : changes) {
                Changes.apply(change, store.tree(change.keyspaceOrdinal()));
            }
        } catch (RuntimeException | Error e) {
            damage = e;
            throw errors.halfApplied(e);
        }
    }

    /** Copies the store into a temporary file and opens that. */
    MapDbSnapshot copyState(Handles siblings) {
        Path file = folder.snapshotFile(snapshotNumbers.incrementAndGet());
        try {
            shared("snapshot", () -> copyTo(file));
            return new MapDbSnapshot(this, siblings, MapDbStore.open(file, config.keyspaces(), settings), file);
        } catch (RuntimeException e) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw errors.translate("snapshot", e);
        }
    }

    private long copyTo(Path file) {
        try {
            return store.copyTo(file, false);
        } catch (IOException e) {
            throw errors.translate("snapshot", e);
        }
    }

    @Override
    public int ordinalOf(Keyspace keyspace) {
        int ordinal = keyspace.ordinal();
        if (ordinal >= config.keyspaces().size()
                || !config.keyspaces().get(ordinal).equals(keyspace)) {
            throw new IllegalArgumentException(
                    keyspace + " is not of this engine, expected one of " + config.keyspaces());
        }
        return ordinal;
    }

    @Override
    public void checkKey(ByteBuffer key) {
        if (key.remaining() > MapDbEngineProvider.MAX_KEY_BYTES) {
            throw errors.tooLong("key", key.remaining(), MapDbEngineProvider.MAX_KEY_BYTES);
        }
    }

    @Override
    public EngineException closed(String handle) {
        return errors.closed(handle);
    }

    @Override
    public void checkValue(ByteBuffer value) {
        if (value.remaining() > Limits.PORTABLE_MAX_VALUE_BYTES) {
            throw errors.tooLong("value", value.remaining(), Limits.PORTABLE_MAX_VALUE_BYTES);
        }
    }

    @Override
    public String toString() {
        return MapDbEngineProvider.ID + " at " + config.directory();
    }

    private <T extends @Nullable Object> T shared(String doing, Supplier<T> call) {
        long stamp = turns.beginReading();
        try {
            checkUsable();
            return call.get();
        } catch (EngineException | IllegalStateException e) {
            throw e;
        } catch (RuntimeException e) {
            throw errors.translate(doing, e);
        } finally {
            turns.endReading(stamp);
        }
    }

    private void exclusive(String doing, Runnable call) {
        long stamp = turns.beginWriting();
        try {
            checkUsable();
            call.run();
        } catch (EngineException e) {
            throw e;
        } catch (RuntimeException e) {
            throw errors.translate(doing, e);
        } finally {
            turns.endWriting(stamp);
        }
    }

    private void checkUsable() {
        checkOpen();
        checkWhole();
    }

    private void checkOpen() {
        if (children.isClosed()) {
            throw errors.closed("engine");
        }
    }

    private void checkWhole() {
        Throwable failure = damage;
        if (failure != null) {
            throw errors.halfApplied(failure);
        }
    }
}
