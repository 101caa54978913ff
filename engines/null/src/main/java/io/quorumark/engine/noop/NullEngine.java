package io.quorumark.engine.noop;

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
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Keeps track of its handles, as every engine must, and of nothing else. */
final class NullEngine implements KVEngine {
    private final EngineConfig config;
    private final Handles handles;

    NullEngine(EngineConfig config) {
        this.config = config;
        this.handles = new Handles("engine " + NullEngineProvider.ID + " at " + config.directory());
    }

    @Override
    public List<Keyspace> keyspaces() {
        return config.keyspaces();
    }

    @Override
    public Session openSession() {
        checkOpen();
        return handles.add(new NullSession(config.directory(), handles::remove), "session");
    }

    @Override
    public void sync() {
        checkOpen();
    }

    @Override
    public Checkpoint checkpoint(Path absentTarget) {
        checkOpen();
        throw unsupported("make a checkpoint");
    }

    @Override
    public void compact() {
        checkOpen();
        throw unsupported("compact");
    }

    private EngineException.Unsupported unsupported(String what) {
        return new EngineException.Unsupported(
                NullEngineProvider.ID, config.directory(), "cannot " + what + ": it stores nothing");
    }

    @Override
    public Backup backup(Path folder) {
        checkOpen();
        throw Unclaimed.refuse(NullEngineProvider.ID, config.directory(), Ability.INCREMENTAL_BACKUP);
    }

    @Override
    public void verify() {
        checkOpen();
        throw Unclaimed.refuse(NullEngineProvider.ID, config.directory(), Ability.INTEGRITY_CHECK);
    }

    @Override
    public Health health() {
        checkOpen();
        return Health.GOOD;
    }

    @Override
    public EngineStats stats() {
        checkOpen();
        return new EngineStats(List.of());
    }

    @Override
    public Map<String, String> effectiveOptions() {
        checkOpen();
        return Map.of("stores", "nothing");
    }

    @Override
    public void close() {
        handles.close();
    }

    private void checkOpen() {
        if (handles.isClosed()) {
            throw new EngineException.Closed(
                    NullEngineProvider.ID, config.directory(), "this engine is closed; open a new one");
        }
    }
}
