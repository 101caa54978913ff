package io.quorumark.raft.nemesis;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A state engine that, from a given moment on, leaves the applied index out of the commit that has the effects: after a restart, effects
 * come again.
 */
final class LateIndex extends WrappedProvider {
    private static final String INDEX_KEYSPACE = "applied";

    private final AtomicBoolean late = new AtomicBoolean();

    LateIndex(EngineProvider real) {
        super(real);
    }

    void leaveOutFromNow() {
        late.set(true);
    }

    @Override
    protected Session wrap(Session session, EngineConfig config) {
        return new WrappedSession(session) {
            @Override
            public WriteBatch newBatch() {
                return new WithoutIndex(super.newBatch(), late);
            }

            @Override
            public void commit(WriteBatch batch, Durability durability) {
                super.commit(((WithoutIndex) batch).real(), durability);
            }
        };
    }

    private record WithoutIndex(WriteBatch real, AtomicBoolean late) implements WriteBatch {
        @Override
        public void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value) {
            if (!late.get() || !keyspace.name().equals(INDEX_KEYSPACE)) {
                real.put(keyspace, key, value);
            }
        }

        @Override
        public void delete(Keyspace keyspace, ByteBuffer key) {
            real.delete(keyspace, key);
        }

        @Override
        public void deleteRange(Keyspace keyspace, ByteBuffer fromInclusive, ByteBuffer toExclusive) {
            real.deleteRange(keyspace, fromInclusive, toExclusive);
        }

        @Override
        public int operationCount() {
            return real.operationCount();
        }

        @Override
        public void clear() {
            real.clear();
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
