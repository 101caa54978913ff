package io.quorumark.engine.rocksdb;

import io.quorumark.engine.BackgroundWork;
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
import io.quorumark.engine.support.Handles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.CompactRangeOptions.BottommostLevelCompaction;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDBException;

/**
 * An open RocksDB. Every call here holds {@code inUse}, so that closing waits for calls of other threads instead of freeing the database
 * under them.
 */
final class RocksDbEngine implements KVEngine {
    private final EngineConfig config;
    private final Path realDirectory;
    private final OpenDatabase database;
    private final Handles sessions;
    private final Lock inUse;
    private final Lock closing;

    /** Two backups at once would write over each other's files. */
    private final Object backingUp = new Object();

    RocksDbEngine(EngineConfig config, RocksDbSettings settings, Path realDirectory) {
        this.config = config;
        this.realDirectory = realDirectory;
        this.database = OpenDatabase.open(config, settings, realDirectory);
        this.sessions = new Handles("engine " + RocksDbEngineProvider.ID + " at " + config.directory());
        ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        this.inUse = lock.readLock();
        this.closing = lock.writeLock();
    }

    @Override
    public List<Keyspace> keyspaces() {
        return config.keyspaces();
    }

    @Override
    public Session openSession() {
        return whileOpen("opening a session", () -> sessions.add(new RocksDbSession(database, sessions), "session"));
    }

    @Override
    public void sync() {
        whileOpen("syncing", () -> {
            if (config.durability() == Durability.NONE) {
                try (FlushOptions options = new FlushOptions().setWaitForFlush(true)) {
                    database.db().flush(options, database.families());
                }
            } else {
                database.db().flushWal(true);
            }
            return true;
        });
    }

    @Override
    public Checkpoint checkpoint(Path absentTarget) {
        return whileOpen("making a checkpoint", () -> CheckpointCopy.of(database, absentTarget));
    }

    @Override
    public void compact() {
        whileOpen("compacting", () -> {
            try (CompactRangeOptions options = new CompactRangeOptions()
                    .setBottommostLevelCompaction(BottommostLevelCompaction.kForce)
                    .setExclusiveManualCompaction(false)) {
                for (ColumnFamilyHandle family : database.families()) {
                    database.db().compactRange(family, null, null, options);
                }
            }
            return true;
        });
    }

    @Override
    public Backup backup(Path folder) {
        return whileOpen("backing up", () -> {
            synchronized (backingUp) {
                return new BackupFolder(folder).add(database);
            }
        });
    }

    @Override
    public void verify() {
        whileOpen("verifying checksums", () -> {
            database.db().verifyChecksum();
            return true;
        });
    }

    @Override
    public Health health() {
        return whileOpen("reading the health", () -> HealthReading.of(database, realDirectory));
    }

    @Override
    public EngineStats stats() {
        return whileOpen("reading statistics", () -> StatsReading.of(database));
    }

    @Override
    public List<BackgroundWork> takeBackgroundWork() {
        return database.finishedWork().take();
    }

    @Override
    public Map<String, String> effectiveOptions() {
        return whileOpen("reading the options back", () -> OptionsReading.of(database, realDirectory));
    }

    @Override
    public void close() {
        closing.lock();
        try {
            if (sessions.close()) {
                database.close();
            }
        } finally {
            closing.unlock();
        }
    }

    @FunctionalInterface
    private interface NativeCall<T> {
        T run() throws RocksDBException, IOException;
    }

    private <T> T whileOpen(String action, NativeCall<T> call) {
        inUse.lock();
        try {
            if (sessions.isClosed()) {
                throw database.errors().closed("engine");
            }
            return call.run();
        } catch (RocksDBException e) {
            throw database.errors().of(action, e);
        } catch (IOException e) {
            throw io(action + " failed: " + e.getMessage(), e);
        } finally {
            inUse.unlock();
        }
    }

    private EngineException.Io io(String problem, @Nullable IOException cause) {
        return new EngineException.Io(RocksDbEngineProvider.ID, config.directory(), problem, cause);
    }
}
