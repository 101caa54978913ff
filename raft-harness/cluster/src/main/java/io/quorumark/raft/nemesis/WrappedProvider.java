package io.quorumark.raft.nemesis;

import io.quorumark.engine.BackgroundWork;
import io.quorumark.engine.Backup;
import io.quorumark.engine.Capabilities;
import io.quorumark.engine.Checkpoint;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineFacts;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.EngineStats;
import io.quorumark.engine.Health;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** An engine that is as the one inside it, but for its sessions. */
public abstract class WrappedProvider implements EngineProvider {
    private final EngineProvider real;

    protected WrappedProvider(EngineProvider real) {
        this.real = real;
    }

    /** What stands in for {@code session}, which was opened in the engine that {@code config} describes; closes it. */
    protected abstract Session wrap(Session session, EngineConfig config);

    /** What a batch may hold. */
    protected long maxBatchBytes(KVEngine engine) {
        return engine.maxBatchBytes();
    }

    @Override
    public String id() {
        return real.id();
    }

    @Override
    public EngineFacts facts() {
        return real.facts();
    }

    @Override
    public Capabilities capabilities() {
        return real.capabilities();
    }

    @Override
    public List<String> requiredJvmFlags() {
        return real.requiredJvmFlags();
    }

    @Override
    public KVEngine open(EngineConfig config) {
        return wrap(real.open(config), config);
    }

    private KVEngine wrap(KVEngine opened, EngineConfig config) {
        return new WrappedEngine(opened, maxBatchBytes(opened), session -> wrap(session, config));
    }

    private record WrappedEngine(KVEngine real, long maxBatchBytes, UnaryOperator<Session> wrap) implements KVEngine {
        @Override
        public List<Keyspace> keyspaces() {
            return real.keyspaces();
        }

        @Override
        public Session openSession() {
            return wrap.apply(real.openSession());
        }

        @Override
        public void sync() {
            real.sync();
        }

        @Override
        public Checkpoint checkpoint(Path absentTarget) {
            return real.checkpoint(absentTarget);
        }

        @Override
        public void compact() {
            real.compact();
        }

        @Override
        public Backup backup(Path folder) {
            return real.backup(folder);
        }

        @Override
        public void verify() {
            real.verify();
        }

        @Override
        public Health health() {
            return real.health();
        }

        @Override
        public EngineStats stats() {
            return real.stats();
        }

        @Override
        public List<BackgroundWork> takeBackgroundWork() {
            return real.takeBackgroundWork();
        }

        @Override
        public Map<String, String> effectiveOptions() {
            return real.effectiveOptions();
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
