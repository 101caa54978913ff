package io.quorumark.campaign.targets;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Reader;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import io.quorumark.workload.Completion;
import io.quorumark.workload.Demand;
import io.quorumark.workload.Mutations;
import io.quorumark.workload.Operation;
import io.quorumark.workload.Outcome;
import io.quorumark.workload.Target;
import java.nio.ByteBuffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Operations on a bare engine: synchronous, each completed inside {@link #submit}. The engine is its caller's. */
public final class EngineTarget implements Target {
    private final Session session;
    private final Keyspace keyspace;
    private final Durability durability;
    private final WriteBatch batch;
    private final RecordReader recordReader = new RecordReader();
    private final FirstFailure firstFailure = new FirstFailure();
    private ByteBuffer key;
    private ByteBuffer value;

    public EngineTarget(KVEngine engine, Keyspace keyspace, Durability durability) {
        this.session = engine.openSession();
        this.keyspace = keyspace;
        this.durability = durability;
        this.batch = session.newBatch();
        this.key = session.allocate(64);
        this.value = session.allocate(4096);
    }

    @Override
    public void submit(Operation operation, Completion completion) {
        Outcome outcome;
        try {
            outcome = carryOut(operation);
        } catch (EngineException e) {
            firstFailure.offer(String.valueOf(e.getMessage()));
            outcome = EngineFailures.outcomeOf(e);
        }
        completion.complete(outcome);
    }

    @Override
    public Set<Demand> carriesOut() {
        return Demands.ALL;
    }

    @Override
    public @Nullable String firstFailure() {
        return firstFailure.get();
    }

    @Override
    public void close() {
        batch.close();
        session.close();
    }

    private Outcome carryOut(Operation operation) {
        switch (operation.demand()) {
            case READ, EXISTS, SCAN -> {
                return recordReader.read(session, keyspace, operation);
            }
            case READ_MODIFY_WRITE -> {
                Outcome found = recordReader.read(session, keyspace, operation);
                put(operation);
                return found;
            }
            case UPDATE, INSERT -> put(operation);
            case DELETE -> session.delete(keyspace, loadKey(operation), durability);
            case DELETE_RANGE -> deleteRange(operation);
            case BATCH -> commit(operation.mutations());
            case COMPARE_AND_SET -> {
                return compareAndSet(operation);
            }
        }
        return Outcome.OK;
    }

    private void put(Operation operation) {
        session.put(keyspace, loadKey(operation), loadValue(operation), durability);
    }

    private void deleteRange(Operation operation) {
        batch.clear();
        value = withRoom(value, operation.rangeEndLength());
        batch.deleteRange(
                keyspace, loadKey(operation), load(value, operation.rangeEnd(), 0, operation.rangeEndLength()));
        session.commit(batch, durability);
    }

    private Outcome compareAndSet(Operation operation) {
        value = withRoom(value, Operation.VERSION_BYTES);
        value.clear();
        int length = session.get(keyspace, loadKey(operation), value);
        if (length > value.capacity()) {
            value = withRoom(value, length);
            value.clear();
            length = session.get(keyspace, key, value);
        }
        long version = length == Reader.NOT_FOUND ? Operation.ABSENT_VERSION : value.getLong(0);
        if (version != operation.expectedVersion()) {
            return Outcome.CONFLICT;
        }
        put(operation);
        return Outcome.OK;
    }

    private void commit(Mutations mutations) {
        batch.clear();
        for (int i = 0; i < mutations.count(); i++) {
            key = withRoom(key, mutations.keyLength(i));
            load(key, mutations.bytes(), mutations.keyOffset(i), mutations.keyLength(i));
            if (mutations.isPut(i)) {
                value = withRoom(value, mutations.valueLength(i));
                load(value, mutations.bytes(), mutations.valueOffset(i), mutations.valueLength(i));
                batch.put(keyspace, key, value);
            } else {
                batch.delete(keyspace, key);
            }
        }
        session.commit(batch, durability);
    }

    private ByteBuffer loadKey(Operation operation) {
        key = withRoom(key, operation.keyLength());
        return load(key, operation.key(), 0, operation.keyLength());
    }

    private ByteBuffer loadValue(Operation operation) {
        value = withRoom(value, operation.valueLength());
        return load(value, operation.value(), 0, operation.valueLength());
    }

    private static ByteBuffer load(ByteBuffer buffer, byte[] bytes, int offset, int length) {
        buffer.clear();
        return buffer.put(bytes, offset, length).flip();
    }

    private ByteBuffer withRoom(ByteBuffer buffer, int bytes) {
        return buffer.capacity() >= bytes ? buffer : session.allocate(Integer.highestOneBit(bytes) << 1);
    }
}
