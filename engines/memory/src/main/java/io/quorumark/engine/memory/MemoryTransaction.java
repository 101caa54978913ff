package io.quorumark.engine.memory;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Transaction;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An optimistic transaction: reads stand at one pinned sequence; at commit, under the writer's lock, no touched key may have a newer
 * version.
 */
final class MemoryTransaction implements Transaction {
    /** What became of a touched key here. */
    @SuppressWarnings("ArrayRecordComponent") // kept in a map, never compared
    private record Touched(boolean written, byte @Nullable [] value) {
        static final Touched READ = new Touched(false, null);
    }

    private final MemoryEngine engine;
    private final long sequence;
    private final Consumer<MemoryTransaction> onClose;
    private final SortedMap<Keyspace, SortedMap<byte[], Touched>> touched;
    private final KeyProbe probe = new KeyProbe();
    private boolean ended;
    private boolean closed;

    MemoryTransaction(MemoryEngine engine, Consumer<MemoryTransaction> onClose) {
        this.engine = engine;
        this.sequence = engine.store().pin();
        this.onClose = onClose;
        this.touched = new TreeMap<>((left, right) -> Integer.compare(left.ordinal(), right.ordinal()));
    }

    @Override
    public int get(Keyspace keyspace, ByteBuffer key, ByteBuffer target) {
        checkRunning();
        byte[] wanted = Bytes.copy(key);
        Touched own = of(keyspace).putIfAbsent(wanted, Touched.READ);
        if (own != null && own.written()) {
            return Bytes.give(own.value(), target);
        }
        return engine.store().get(engine.ordinalOf(keyspace), probe.at(wanted, 0, wanted.length), sequence, target);
    }

    @Override
    public void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value) {
        checkRunning();
        engine.checkKey(key);
        engine.checkValue(value);
        of(keyspace).put(Bytes.copy(key), new Touched(true, Bytes.copy(value)));
    }

    @Override
    public void delete(Keyspace keyspace, ByteBuffer key) {
        checkRunning();
        engine.checkKey(key);
        of(keyspace).put(Bytes.copy(key), new Touched(true, null));
    }

    private SortedMap<byte[], Touched> of(Keyspace keyspace) {
        engine.ordinalOf(keyspace);
        return touched.computeIfAbsent(keyspace, any -> new TreeMap<>(Arrays::compareUnsigned));
    }

    @Override
    public void commit(Durability durability) {
        checkRunning();
        try (MemoryBatch writes = new MemoryBatch(engine, null)) {
            touched.forEach((keyspace, keys) -> keys.forEach((key, change) -> {
                if (change.written()) {
                    ByteBuffer wrapped = ByteBuffer.wrap(key);
                    if (change.value() == null) {
                        writes.delete(keyspace, wrapped);
                    } else {
                        writes.put(keyspace, wrapped, ByteBuffer.wrap(change.value()));
                    }
                }
            }));
            engine.commit(writes, durability, this);
            end();
        } catch (EngineException.Conflict e) {
            end();
            throw e;
        }
    }

    /**
     * To be called under the writer's lock.
     *
     * @throws EngineException.Conflict a touched key has changed since this transaction opened
     */
    void checkUntouchedByOthers() {
        touched.forEach((keyspace, keys) -> {
            int ordinal = engine.ordinalOf(keyspace);
            for (byte[] key : keys.keySet()) {
                if (engine.store().isNewer(ordinal, probe.at(key, 0, key.length), sequence)) {
                    throw new EngineException.Conflict(
                            MemoryEngineProvider.ID,
                            engine.directory(),
                            "a key of " + key.length + " bytes in '" + keyspace.name()
                                    + "' was changed by another commit; nothing was written: run the transaction again",
                            null);
                }
            }
        });
    }

    @Override
    public void rollback() {
        checkOpen();
        end();
    }

    private void end() {
        if (!ended) {
            ended = true;
            touched.clear();
            engine.store().unpin(sequence);
        }
    }

    private void checkRunning() {
        checkOpen();
        if (ended) {
            throw new IllegalStateException("the transaction has ended; open a new one");
        }
    }

    private void checkOpen() {
        if (closed) {
            throw engine.closed("transaction");
        }
    }

    @Override
    public void close() {
        if (!closed) {
            end();
            closed = true;
            onClose.accept(this);
        }
    }
}
