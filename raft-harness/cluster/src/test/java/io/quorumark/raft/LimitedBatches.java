package io.quorumark.raft;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Limits;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import io.quorumark.raft.nemesis.WrappedSession;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A session that refuses a batch of more than some bytes, as an engine with such a limit does. Counts commits. */
public final class LimitedBatches extends WrappedSession {
    private final long maxBatchBytes;
    private int commits;

    public LimitedBatches(Session real, long maxBatchBytes) {
        super(real);
        this.maxBatchBytes = maxBatchBytes;
    }

    public int commits() {
        return commits;
    }

    @Override
    public WriteBatch newBatch() {
        return new CountedBatch(super.newBatch());
    }

    @Override
    public void commit(WriteBatch batch, Durability durability) {
        CountedBatch counted = (CountedBatch) batch;
        if (counted.bytes > maxBatchBytes && counted.operationCount() > 1) {
            throw new EngineException.LimitExceeded(
                    "limited",
                    Path.of("limited"),
                    "the batch has " + counted.bytes + " bytes, expected " + maxBatchBytes);
        }
        super.commit(counted.real, durability);
        commits++;
    }

    private final class CountedBatch implements WriteBatch {
        private final WriteBatch real;
        private long bytes;

        CountedBatch(WriteBatch real) {
            this.real = real;
        }

        @Override
        public void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value) {
            bytes += Limits.changeBytes(key.remaining(), value.remaining());
            real.put(keyspace, key, value);
        }

        @Override
        public void delete(Keyspace keyspace, ByteBuffer key) {
            bytes += Limits.changeBytes(key.remaining(), 0);
            real.delete(keyspace, key);
        }

        @Override
        public void deleteRange(Keyspace keyspace, ByteBuffer fromInclusive, ByteBuffer toExclusive) {
            try (Cursor cursor = openCursor(keyspace)) {
                for (boolean on = cursor.seekCeiling(fromInclusive);
                        on && cursor.key().compareTo(toExclusive) < 0;
                        on = cursor.next()) {
                    bytes += Limits.changeBytes(cursor.key().remaining(), 0);
                }
            }
            real.deleteRange(keyspace, fromInclusive, toExclusive);
        }

        @Override
        public int operationCount() {
            return real.operationCount();
        }

        @Override
        public void clear() {
            bytes = 0;
            real.clear();
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
