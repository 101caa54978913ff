package io.quorumark.jmh.raw;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An engine through its adapter. */
final class SpiAccess implements EngineAccess {
    private final KVEngine engine;
    private final Keyspace keyspace;
    private final Durability durability;
    private final Session session;
    private final WriteBatch batch;

    /** Opened by the first step: an open cursor would burden the writes of other benchmarks. */
    private @Nullable Cursor cursor;

    private boolean onEntry;

    SpiAccess(EngineProvider provider, EngineConfig config) {
        engine = provider.open(config);
        keyspace = config.keyspaces().get(0);
        durability = config.durability();
        session = engine.openSession();
        batch = session.newBatch();
    }

    Map<String, String> effectiveOptions() {
        return engine.effectiveOptions();
    }

    @Override
    public ByteBuffer allocate(int bytes) {
        return session.allocate(bytes);
    }

    @Override
    public int get(ByteBuffer key, ByteBuffer target) {
        return session.get(keyspace, key, target);
    }

    @Override
    public void put(ByteBuffer key, ByteBuffer value) {
        session.put(keyspace, key, value, durability);
    }

    @Override
    public void addToBatch(ByteBuffer key, ByteBuffer value) {
        batch.put(keyspace, key, value);
    }

    @Override
    public void commitBatch() {
        session.commit(batch, durability);
        batch.clear();
    }

    @Override
    public long next() {
        Cursor open = cursor;
        if (open == null) {
            open = session.openCursor(keyspace);
            cursor = open;
        }
        onEntry = (onEntry && open.next()) || open.first();
        ByteBuffer key = open.key();
        ByteBuffer value = open.value();
        return EngineAccess.digest(
                key.remaining(), key.get(key.position()), value.remaining(), value.get(value.position()));
    }

    @Override
    public void close() {
        if (cursor != null) {
            cursor.close();
        }
        batch.close();
        session.close();
        engine.close();
    }
}
