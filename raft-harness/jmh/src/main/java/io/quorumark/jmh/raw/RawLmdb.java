package io.quorumark.jmh.raw;

import io.quorumark.engine.EngineConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.ByteBufferProxy;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.SeekOp;
import org.lmdbjava.Txn;

/**
 * lmdbjava with its fastest buffers. A get renews one read transaction and resets it, so that it sees the latest commit and pins no page in
 * between; a batch is a write transaction, open from the first change on. No commit is synced ({@code PROCESS_CRASH}).
 */
final class RawLmdb implements EngineAccess {
    private static final int MAX_READERS = 1_024;

    private final Env<ByteBuffer> env;
    private final Dbi<ByteBuffer> database;
    private final Txn<ByteBuffer> reading;
    private @Nullable Txn<ByteBuffer> batch;
    private @Nullable Txn<ByteBuffer> scanning;
    private @Nullable Cursor<ByteBuffer> cursor;

    RawLmdb(EngineConfig config) {
        env = Env.create(ByteBufferProxy.PROXY_OPTIMAL)
                .setMapSize(config.maxDataBytes())
                .setMaxDbs(config.keyspaces().size())
                .setMaxReaders(MAX_READERS)
                .open(config.directory().toFile(), EnvFlags.MDB_NOTLS, EnvFlags.MDB_NOSYNC);
        byte[] name = config.keyspaces().get(0).name().getBytes(StandardCharsets.US_ASCII);
        try (Txn<ByteBuffer> txn = env.txnWrite()) {
            database = env.openDbi(txn, name, null, false, DbiFlags.MDB_CREATE);
            txn.commit();
        }
        reading = env.txnRead();
        reading.reset();
    }

    @Override
    public ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocateDirect(bytes);
    }

    @Override
    public int get(ByteBuffer key, ByteBuffer target) {
        reading.renew();
        try {
            ByteBuffer found = database.get(reading, key);
            if (found == null) {
                return NOT_FOUND;
            }
            int length = found.remaining();
            target.put(found);
            return length;
        } finally {
            reading.reset();
        }
    }

    @Override
    public void put(ByteBuffer key, ByteBuffer value) {
        try (Txn<ByteBuffer> txn = env.txnWrite()) {
            database.put(txn, key, value);
            txn.commit();
        }
    }

    @Override
    public void addToBatch(ByteBuffer key, ByteBuffer value) {
        Txn<ByteBuffer> txn = batch;
        if (txn == null) {
            txn = env.txnWrite();
            batch = txn;
        }
        database.put(txn, key, value);
    }

    @Override
    public void commitBatch() {
        Txn<ByteBuffer> txn = batch;
        if (txn != null) {
            batch = null;
            try (txn) {
                txn.commit();
            }
        }
    }

    @Override
    public long next() {
        Cursor<ByteBuffer> open = cursor;
        if (open == null) {
            scanning = env.txnRead();
            open = database.openCursor(scanning);
            cursor = open;
            open.seek(SeekOp.MDB_FIRST);
        } else if (!open.seek(SeekOp.MDB_NEXT)) {
            open.seek(SeekOp.MDB_FIRST);
        }
        ByteBuffer key = open.key();
        ByteBuffer value = open.val();
        return EngineAccess.digest(key.remaining(), key.get(0), value.remaining(), value.get(0));
    }

    @Override
    public void close() {
        if (cursor != null) {
            cursor.close();
        }
        if (scanning != null) {
            scanning.close();
        }
        if (batch != null) {
            batch.close();
        }
        reading.close();
        env.close();
    }
}
