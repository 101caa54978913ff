package io.quorumark.raft;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import io.quorumark.raft.nemesis.WrappedProvider;
import io.quorumark.raft.nemesis.WrappedSession;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

/** An engine whose commits fail in one folder, from a given moment on: what a broken disk looks like to one member. */
final class FailingEngine extends WrappedProvider {
    private final AtomicReference<Path> broken = new AtomicReference<>(Path.of("none"));
    private volatile boolean outOfMemory;

    FailingEngine(EngineProvider real) {
        super(real);
    }

    void breakCommitsIn(Path directory) {
        broken.set(directory);
    }

    /** From now on, what is broken fails because memory has run out. */
    void runOutOfMemory() {
        outOfMemory = true;
    }

    @Override
    protected Session wrap(Session session, EngineConfig config) {
        return new FailingSession(session, config.directory());
    }

    private final class FailingSession extends WrappedSession {
        private final Path directory;

        FailingSession(Session real, Path directory) {
            super(real);
            this.directory = directory;
        }

        private void failIfBroken() {
            if (directory.equals(broken.get())) {
                if (outOfMemory) {
                    throw new OutOfMemoryError("no more direct memory");
                }
                throw new EngineException.Io(id(), directory, "the disk is gone; replace it", null);
            }
        }

        @Override
        public void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value, Durability durability) {
            failIfBroken();
            super.put(keyspace, key, value, durability);
        }

        @Override
        public void delete(Keyspace keyspace, ByteBuffer key, Durability durability) {
            failIfBroken();
            super.delete(keyspace, key, durability);
        }

        @Override
        public void commit(WriteBatch batch, Durability durability) {
            failIfBroken();
            super.commit(batch, durability);
        }
    }
}
