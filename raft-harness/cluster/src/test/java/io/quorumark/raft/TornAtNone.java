package io.quorumark.raft;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import io.quorumark.raft.nemesis.WrappedProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An engine that makes use of the right to promise nothing: killed at {@link Durability#NONE}, it opens, and every third record of its
 * larger keyspaces is gone, while what it says about itself, such as the last applied entry, is still there.
 */
final class TornAtNone extends WrappedProvider {
    private static final int MIN_RECORDS = 10;

    TornAtNone(EngineProvider real) {
        super(real);
    }

    @Override
    public KVEngine open(EngineConfig config) {
        Path inUse = config.directory().resolveSibling(config.directory().getFileName() + ".in-use");
        KVEngine engine = super.open(config);
        try {
            if (Files.exists(inUse)) {
                tear(engine, config);
            } else {
                Files.createFile(inUse);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return engine;
    }

    private static void tear(KVEngine engine, EngineConfig config) {
        try (Session session = engine.openSession();
                WriteBatch batch = session.newBatch()) {
            for (Keyspace keyspace : config.keyspaces()) {
                List<ByteBuffer> keys = keys(session, keyspace);
                for (int i = 0; i < keys.size() && keys.size() >= MIN_RECORDS; i += 3) {
                    batch.delete(keyspace, keys.get(i));
                }
            }
            session.commit(batch, config.durability());
        }
    }

    private static List<ByteBuffer> keys(Session session, Keyspace keyspace) {
        List<ByteBuffer> keys = new ArrayList<>();
        try (Cursor cursor = session.openCursor(keyspace)) {
            for (boolean on = cursor.first(); on; on = cursor.next()) {
                byte[] key = new byte[cursor.key().remaining()];
                cursor.key().get(cursor.key().position(), key);
                keys.add(ByteBuffer.wrap(key));
            }
        }
        return keys;
    }

    @Override
    protected Session wrap(Session session, EngineConfig config) {
        return session;
    }
}
