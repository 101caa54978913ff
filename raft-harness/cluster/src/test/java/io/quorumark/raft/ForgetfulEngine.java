package io.quorumark.raft;

import io.quorumark.engine.Ability;
import io.quorumark.engine.Backup;
import io.quorumark.engine.Capabilities;
import io.quorumark.engine.Checkpoint;
import io.quorumark.engine.Cursor;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineFacts;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.EngineStats;
import io.quorumark.engine.Health;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Limits;
import io.quorumark.engine.Maintenance;
import io.quorumark.engine.Reader;
import io.quorumark.engine.Session;
import io.quorumark.engine.Snapshot;
import io.quorumark.engine.Transaction;
import io.quorumark.engine.WriteBatch;
import io.quorumark.engine.support.Unclaimed;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An engine that forgets everything, so that what is left is what Raft costs. */
final class ForgetfulEngine implements EngineProvider {
    @Override
    public String id() {
        return "forgetful";
    }

    @Override
    public EngineFacts facts() {
        return new EngineFacts("forgetful", "0", "nothing", "LicenseRef-Test", Maintenance.ACTIVE, List.of());
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(
                EnumSet.allOf(Durability.class), true, false, false, false, Set.of(), new Limits(0, 1 << 20, 1 << 30));
    }

    @Override
    public KVEngine open(EngineConfig config) {
        return new Engine(config.keyspaces());
    }

    private record Engine(List<Keyspace> keyspaces) implements KVEngine {
        @Override
        public Session openSession() {
            return new ForgetfulSession();
        }

        @Override
        public void sync() {}

        @Override
        public Checkpoint checkpoint(Path absentTarget) {
            return new Checkpoint(absentTarget, 0);
        }

        @Override
        public void compact() {}

        @Override
        public Backup backup(Path folder) {
            throw Unclaimed.refuse("forgetful", folder, Ability.INCREMENTAL_BACKUP);
        }

        @Override
        public void verify() {}

        @Override
        public Health health() {
            return Health.GOOD;
        }

        @Override
        public EngineStats stats() {
            return new EngineStats(List.of());
        }

        @Override
        public Map<String, String> effectiveOptions() {
            return Map.of();
        }

        @Override
        public void close() {}
    }

    private static class ForgetfulReader implements Reader {
        @Override
        public int get(Keyspace keyspace, ByteBuffer key, ByteBuffer target) {
            return NOT_FOUND;
        }

        @Override
        public Cursor openCursor(Keyspace keyspace) {
            return new EmptyCursor();
        }
    }

    private static final class ForgetfulSnapshot extends ForgetfulReader implements Snapshot {
        @Override
        public void close() {}
    }

    private static final class ForgetfulSession extends ForgetfulReader implements Session {
        @Override
        public ByteBuffer allocate(int bytes) {
            return ByteBuffer.allocate(bytes);
        }

        @Override
        public void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value, Durability durability) {}

        @Override
        public void delete(Keyspace keyspace, ByteBuffer key, Durability durability) {}

        @Override
        public WriteBatch newBatch() {
            return new CountingBatch();
        }

        @Override
        public void commit(WriteBatch batch, Durability durability) {}

        @Override
        public Transaction openTransaction() {
            throw Unclaimed.refuse("forgetful", Path.of("nowhere"), Ability.TRANSACTIONS);
        }

        @Override
        public Snapshot openSnapshot() {
            return new ForgetfulSnapshot();
        }

        @Override
        public void close() {}
    }

    private static final class CountingBatch implements WriteBatch {
        private int count;

        @Override
        public void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value) {
            count++;
        }

        @Override
        public void delete(Keyspace keyspace, ByteBuffer key) {
            count++;
        }

        @Override
        public void deleteRange(Keyspace keyspace, ByteBuffer fromInclusive, ByteBuffer toExclusive) {
            count++;
        }

        @Override
        public int operationCount() {
            return count;
        }

        @Override
        public void clear() {
            count = 0;
        }

        @Override
        public void close() {}
    }

    private static final class EmptyCursor implements Cursor {
        @Override
        public boolean first() {
            return false;
        }

        @Override
        public boolean last() {
            return false;
        }

        @Override
        public boolean seekCeiling(ByteBuffer key) {
            return false;
        }

        @Override
        public boolean seekFloor(ByteBuffer key) {
            return false;
        }

        @Override
        public boolean next() {
            throw new IllegalStateException("no entry");
        }

        @Override
        public boolean prev() {
            throw new IllegalStateException("no entry");
        }

        @Override
        public ByteBuffer key() {
            throw new IllegalStateException("no entry");
        }

        @Override
        public ByteBuffer value() {
            throw new IllegalStateException("no entry");
        }

        @Override
        public void close() {}
    }
}
