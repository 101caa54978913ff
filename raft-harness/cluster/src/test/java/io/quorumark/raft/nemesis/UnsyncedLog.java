package io.quorumark.raft.nemesis;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import java.nio.ByteBuffer;

/** A log that acknowledges what it has in memory only: whatever was asked for, it commits at {@link Durability#NONE}. */
final class UnsyncedLog extends WrappedProvider {
    UnsyncedLog(EngineProvider real) {
        super(real);
    }

    @Override
    public KVEngine open(EngineConfig config) {
        return super.open(new EngineConfig(
                config.directory(),
                config.keyspaces(),
                Durability.NONE,
                config.memoryBudgetBytes(),
                config.backgroundThreads(),
                config.maxDataBytes(),
                config.options()));
    }

    @Override
    protected Session wrap(Session session, EngineConfig config) {
        return new WrappedSession(session) {
            @Override
            public void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value, Durability durability) {
                super.put(keyspace, key, value, Durability.NONE);
            }

            @Override
            public void delete(Keyspace keyspace, ByteBuffer key, Durability durability) {
                super.delete(keyspace, key, Durability.NONE);
            }

            @Override
            public void commit(WriteBatch batch, Durability durability) {
                super.commit(batch, Durability.NONE);
            }
        };
    }
}
