package io.quorumark.raft;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import io.quorumark.engine.Snapshot;
import io.quorumark.raft.nemesis.WrappedProvider;
import io.quorumark.raft.nemesis.WrappedSession;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** An engine that takes writes, but whose reads fail while it is damaged, or that opens no session. */
public final class FailingReads extends WrappedProvider {
    private volatile boolean damaged;
    private volatile boolean unreadable;
    private volatile boolean withoutSessions;

    public FailingReads(EngineProvider real) {
        super(real);
    }

    /** From now on, every read fails. */
    public void damage() {
        damaged = true;
    }

    /** From now on, every read meets a page of a mapped file that cannot be read. */
    public void losePages() {
        unreadable = true;
    }

    /** From now on, no session can be opened. */
    public void refuseSessions() {
        withoutSessions = true;
    }

    public void heal() {
        damaged = false;
        unreadable = false;
        withoutSessions = false;
    }

    @Override
    protected Session wrap(Session session, EngineConfig config) {
        if (withoutSessions) {
            session.close();
            throw new EngineException.Io(id(), config.directory(), "no more sessions; close some", null);
        }
        return new DamagedSession(session, config.directory());
    }

    private final class DamagedSession extends WrappedSession {
        private final Path directory;

        DamagedSession(Session real, Path directory) {
            super(real);
            this.directory = directory;
        }

        private void failIfDamaged() {
            if (damaged) {
                throw new EngineException.Corruption(id(), directory, "a page is damaged; restore it", null);
            }
            if (unreadable) {
                throw new InternalError("a fault occurred in an unsafe memory access operation");
            }
        }

        @Override
        public int get(Keyspace keyspace, ByteBuffer key, ByteBuffer target) {
            failIfDamaged();
            return super.get(keyspace, key, target);
        }

        @Override
        public Cursor openCursor(Keyspace keyspace) {
            failIfDamaged();
            return super.openCursor(keyspace);
        }

        @Override
        public Snapshot openSnapshot() {
            failIfDamaged();
            return super.openSnapshot();
        }
    }
}
