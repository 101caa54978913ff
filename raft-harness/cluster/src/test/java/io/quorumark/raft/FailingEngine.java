package io.quorumark.raft;

import io.quorumark.engine.Backup;
import io.quorumark.engine.Capabilities;
import io.quorumark.engine.Checkpoint;
import io.quorumark.engine.Cursor;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.EngineFacts;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.EngineStats;
import io.quorumark.engine.Health;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import io.quorumark.engine.Snapshot;
import io.quorumark.engine.Transaction;
import io.quorumark.engine.WriteBatch;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** An engine whose commits fail in one folder, from a given moment on: what a broken disk looks like to one member. */
final class FailingEngine implements EngineProvider {
    private final EngineProvider real;
    private final AtomicReference<Path> broken = new AtomicReference<>(Path.of("none"));

    FailingEngine(EngineProvider real) {
        this.real = real;
    }

    void breakCommitsIn(Path directory) {
        broken.set(directory);
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
    public KVEngine open(EngineConfig config) {
        KVEngine engine = real.open(config);
        return new KVEngine() {
            @Override
            public List<Keyspace> keyspaces() {
                return engine.keyspaces();
            }

            @Override
            public Session openSession() {
                return new FailingSession(engine.openSession(), config.directory());
            }

            @Override
            public void sync() {
                engine.sync();
            }

            @Override
            public Checkpoint checkpoint(Path absentTarget) {
                return engine.checkpoint(absentTarget);
            }

            @Override
            public void compact() {
                engine.compact();
            }

            @Override
            public Backup backup(Path folder) {
                return engine.backup(folder);
            }

            @Override
            public void verify() {
                engine.verify();
            }

            @Override
            public Health health() {
                return engine.health();
            }

            @Override
            public EngineStats stats() {
                return engine.stats();
            }

            @Override
            public Map<String, String> effectiveOptions() {
                return engine.effectiveOptions();
            }

            @Override
            public void close() {
                engine.close();
            }
        };
    }

    private final class FailingSession implements Session {
        private final Session session;
        private final Path directory;

        FailingSession(Session session, Path directory) {
            this.session = session;
            this.directory = directory;
        }

        private void failIfBroken() {
            if (directory.equals(broken.get())) {
                throw new EngineException.Io(real.id(), directory, "the disk is gone; replace it", null);
            }
        }

        @Override
        public int get(Keyspace keyspace, ByteBuffer key, ByteBuffer target) {
            return session.get(keyspace, key, target);
        }

        @Override
        public Cursor openCursor(Keyspace keyspace) {
            return session.openCursor(keyspace);
        }

        @Override
        public ByteBuffer allocate(int bytes) {
            return session.allocate(bytes);
        }

        @Override
        public void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value, Durability durability) {
            failIfBroken();
            session.put(keyspace, key, value, durability);
        }

        @Override
        public void delete(Keyspace keyspace, ByteBuffer key, Durability durability) {
            failIfBroken();
            session.delete(keyspace, key, durability);
        }

        @Override
        public WriteBatch newBatch() {
            return session.newBatch();
        }

        @Override
        public void commit(WriteBatch batch, Durability durability) {
            failIfBroken();
            session.commit(batch, durability);
        }

        @Override
        public Snapshot openSnapshot() {
            return session.openSnapshot();
        }

        @Override
        public Transaction openTransaction() {
            return session.openTransaction();
        }

        @Override
        public void close() {
            session.close();
        }
    }
}
