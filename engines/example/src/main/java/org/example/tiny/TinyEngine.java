package org.example.tiny;

import io.quorumark.engine.Ability;
import io.quorumark.engine.Backup;
import io.quorumark.engine.Checkpoint;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.EngineStats;
import io.quorumark.engine.Health;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import io.quorumark.engine.support.ClaimedFolder;
import io.quorumark.engine.support.Handles;
import io.quorumark.engine.support.HeapBatch;
import io.quorumark.engine.support.HeapSession;
import io.quorumark.engine.support.NewFolder;
import io.quorumark.engine.support.NoRoom;
import io.quorumark.engine.support.Unclaimed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * The open engine. Commits follow one another; readers take the latest state and hold it for as long as they like. Calls of the engine
 * itself hold {@code inUse} for reading, so that closing waits for calls of other threads.
 */
final class TinyEngine implements KVEngine, HeapSession.Engine {
    private static final String LOCK_FILE = "tiny.lock";
    private static final Set<String> OWN_FILES =
            Set.of(DataFile.NAME, DataFile.NAME + ".tmp", LOCK_FILE, Checkpoint.SEAL_FILE);

    private final EngineConfig config;
    private final ClaimedFolder folder;
    private final Handles children;
    private final Saver saver;
    private final ReadWriteLock inUse = new ReentrantReadWriteLock();
    private volatile State state;
    private volatile boolean isClosed;
    private volatile long commits;

    private TinyEngine(EngineConfig config, ClaimedFolder folder, State state) {
        this.config = config;
        this.folder = folder;
        this.state = state;
        this.children = new Handles("engine tiny at " + config.directory());
        this.saver = new Saver(folder.path(), this::latest);
    }

    static TinyEngine open(EngineConfig config) {
        ClaimedFolder folder = ClaimedFolder.claim(
                TinyProvider.ID,
                config.directory(),
                LOCK_FILE,
                path -> ClaimedFolder.refuseForeignFiles(TinyProvider.ID, path, OWN_FILES::contains));
        try {
            return new TinyEngine(
                    config,
                    folder,
                    DataFile.read(folder.path(), config.keyspaces().size()));
        } catch (IOException e) {
            folder.closeAfter(e);
            throw new EngineException.Io(
                    TinyProvider.ID,
                    config.directory(),
                    DataFile.NAME + " cannot be read (" + e + "); check the folder",
                    e);
        } catch (RuntimeException e) {
            folder.closeAfter(e);
            throw e;
        }
    }

    State latest() {
        return state;
    }

    Path directory() {
        return config.directory();
    }

    @Override
    public synchronized void commit(List<HeapBatch.Change> changes, Durability durability) {
        checkOpen();
        if (durability != config.durability()) {
            throw new EngineException.Unsupported(
                    TinyProvider.ID,
                    directory(),
                    "durability " + durability + " is not " + config.durability() + "; ask for that");
        }
        if (!changes.isEmpty()) {
            state = state.after(changes);
            long number = commits + 1;
            commits = number;
            saver.committed(number);
        }
    }

    void forget(TinySession session) {
        children.remove(session);
    }

    @Override
    public int ordinalOf(Keyspace keyspace) {
        int ordinal = keyspace.ordinal();
        if (ordinal >= config.keyspaces().size()
                || !config.keyspaces().get(ordinal).equals(keyspace)) {
            throw new IllegalArgumentException("keyspace is " + keyspace + ", expected one of " + config.keyspaces());
        }
        return ordinal;
    }

    @Override
    public void checkKey(ByteBuffer key) {
        check("key", key.remaining(), TinyProvider.LIMITS.maxKeyBytes());
    }

    @Override
    public void checkValue(ByteBuffer value) {
        check("value", value.remaining(), TinyProvider.LIMITS.maxValueBytes());
    }

    private void check(String what, int bytes, long mostBytes) {
        if (bytes > mostBytes) {
            throw new EngineException.LimitExceeded(
                    TinyProvider.ID,
                    directory(),
                    "a " + what + " of " + bytes + " bytes, expected at most " + mostBytes);
        }
    }

    @Override
    public EngineException closed(String handle) {
        return new EngineException.Closed(TinyProvider.ID, directory(), "this " + handle + " is closed; open another");
    }

    @Override
    public List<Keyspace> keyspaces() {
        return config.keyspaces();
    }

    @Override
    public Session openSession() {
        return whileOpen(() -> children.add(new TinySession(this), "session"));
    }

    @Override
    public void sync() {
        whileOpen(() -> {
            try {
                saver.save();
            } catch (IOException e) {
                throw notSaved(e);
            }
            return true;
        });
    }

    @Override
    public Checkpoint checkpoint(Path absentTarget) {
        return whileOpen(() -> copyTo(absentTarget));
    }

    private Checkpoint copyTo(Path absentTarget) {
        State copied = state;
        try {
            return NewFolder.checkpoint(TinyProvider.ID, absentTarget, unfinished -> {
                Files.createDirectory(unfinished);
                DataFile.write(unfinished, copied);
            });
        } catch (IOException e) {
            String problem = "cannot be written (" + e + "); make room, or name another";
            throw NoRoom.isBehind(e)
                    ? new EngineException.Full(TinyProvider.ID, absentTarget, problem, e)
                    : new EngineException.Io(TinyProvider.ID, absentTarget, problem, e);
        }
    }

    @Override
    public void compact() {
        checkOpen();
        throw Unclaimed.refuse(TinyProvider.ID, directory(), Ability.COMPACTION);
    }

    @Override
    public Backup backup(Path target) {
        checkOpen();
        throw Unclaimed.refuse(TinyProvider.ID, directory(), Ability.INCREMENTAL_BACKUP);
    }

    @Override
    public void verify() {
        checkOpen();
        throw Unclaimed.refuse(TinyProvider.ID, directory(), Ability.INTEGRITY_CHECK);
    }

    @Override
    public Health health() {
        checkOpen();
        return saver.failure()
                .map(failure -> new Health(
                        Health.Status.DEGRADED,
                        List.of("the latest save failed (" + failure.getMessage() + "); make room")))
                .orElse(Health.GOOD);
    }

    @Override
    public EngineStats stats() {
        checkOpen();
        return new EngineStats(List.of(
                new EngineStats.Entry("commits", "count", EngineStats.Kind.COUNTER, (double) commits),
                new EngineStats.Entry("data.keys", "count", EngineStats.Kind.GAUGE, (double) state.keys())));
    }

    @Override
    public Map<String, String> effectiveOptions() {
        checkOpen();
        return Map.of("file", DataFile.NAME);
    }

    @Override
    public void close() {
        inUse.writeLock().lock();
        try {
            if (children.close()) {
                isClosed = true;
                saver.stop();
                saveAndLetGo();
            }
        } finally {
            inUse.writeLock().unlock();
        }
    }

    private void saveAndLetGo() {
        try (folder) {
            saver.save();
        } catch (IOException e) {
            throw notSaved(e);
        }
    }

    private <T> T whileOpen(Supplier<T> call) {
        inUse.readLock().lock();
        try {
            checkOpen();
            return call.get();
        } finally {
            inUse.readLock().unlock();
        }
    }

    void checkOpen() {
        if (isClosed) {
            throw closed("engine");
        }
    }

    private EngineException notSaved(IOException cause) {
        return new EngineException.Full(
                TinyProvider.ID, directory(), DataFile.NAME + " cannot be written (" + cause + "); make room", cause);
    }
}
