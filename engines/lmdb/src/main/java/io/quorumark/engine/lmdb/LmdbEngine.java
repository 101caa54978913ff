package io.quorumark.engine.lmdb;

import io.quorumark.engine.Ability;
import io.quorumark.engine.Backup;
import io.quorumark.engine.Checkpoint;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.EngineStats;
import io.quorumark.engine.Health;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import io.quorumark.engine.support.Handles;
import io.quorumark.engine.support.Unclaimed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Collectors;
import org.lmdbjava.EnvInfo;
import org.lmdbjava.LmdbException;

/**
 * An open LMDB. Every call here holds {@code inUse}, so that closing waits for calls of other threads instead of unmapping the file under
 * them.
 */
final class LmdbEngine implements KVEngine {
    private final EngineConfig config;
    private final LmdbSettings settings;
    private final OpenEnvironment environment;
    private final Handles sessions;
    private final Lock inUse;
    private final Lock closing;

    LmdbEngine(EngineConfig config, LmdbSettings settings, OpenEnvironment environment) {
        this.config = config;
        this.settings = settings;
        this.environment = environment;
        this.sessions = new Handles("engine " + LmdbEngineProvider.ID + " at " + config.directory());
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
        return whileOpen("opening a session", () -> sessions.add(new LmdbSession(environment, sessions), "session"));
    }

    @Override
    public void sync() {
        whileOpen("syncing", () -> {
            environment.sync();
            return true;
        });
    }

    @Override
    public Checkpoint checkpoint(Path absentTarget) {
        return whileOpen("making a checkpoint", () -> CheckpointCopy.of(environment, absentTarget));
    }

    @Override
    public void compact() {
        whileOpen("compacting", () -> {
            throw new EngineException.Unsupported(
                    LmdbEngineProvider.ID,
                    config.directory(),
                    "LMDB does not compact in place; a checkpoint is a compacted copy");
        });
    }

    @Override
    public Backup backup(Path folder) {
        return whileOpen("backing up", () -> {
            throw Unclaimed.refuse(LmdbEngineProvider.ID, config.directory(), Ability.INCREMENTAL_BACKUP);
        });
    }

    @Override
    public void verify() {
        whileOpen("verifying", () -> {
            IntegrityCheck.online(environment);
            return true;
        });
    }

    @Override
    public Health health() {
        return whileOpen("reading the health", () -> HealthReading.of(environment));
    }

    @Override
    public EngineStats stats() {
        return whileOpen("reading statistics", () -> StatsReading.of(environment));
    }

    /** The sizes are read back. The flags are those it was opened with: lmdbjava does not show {@code mdb_env_get_flags}. */
    @Override
    public Map<String, String> effectiveOptions() {
        return whileOpen("reading the options back", () -> {
            EnvInfo info = environment.env().info();
            Map<String, String> found = new TreeMap<>();
            found.put("mapsize", Long.toString(info.mapSize));
            found.put("maxreaders", Integer.toString(info.maxReaders));
            found.put("maxkeysize", Integer.toString(environment.env().getMaxKeySize()));
            found.put("psize", Integer.toString(environment.env().stat().pageSize));
            found.put("flags", settings.flags().stream().map(Enum::name).collect(Collectors.joining("|")));
            return found;
        });
    }

    @Override
    public void close() {
        closing.lock();
        try {
            if (sessions.close()) {
                environment.close();
            }
        } catch (IOException e) {
            throw environment.errors().of("closing", e);
        } finally {
            closing.unlock();
        }
    }

    @FunctionalInterface
    private interface NativeCall<T> {
        T run() throws IOException;
    }

    private <T> T whileOpen(String action, NativeCall<T> call) {
        inUse.lock();
        try {
            if (sessions.isClosed()) {
                throw environment.checks().closed("engine");
            }
            return call.run();
        } catch (LmdbException e) {
            throw environment.errors().of(action, e);
        } catch (IOException e) {
            throw environment.errors().of(action, e);
        } finally {
            inUse.unlock();
        }
    }
}
