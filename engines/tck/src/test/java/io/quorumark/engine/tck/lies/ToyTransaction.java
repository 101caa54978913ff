package io.quorumark.engine.tck.lies;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Reader;
import io.quorumark.engine.Transaction;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Writes in a list over a state; conflicts with any commit in between. */
final class ToyTransaction implements Transaction {
    private final ToyEngine engine;
    private final ToyState begin;
    private final ToyState own;
    private final Consumer<ToyTransaction> onClose;
    private final List<ToyChange> changes = new ArrayList<>();
    private boolean ended;
    private boolean closed;

    ToyTransaction(ToyEngine engine, Consumer<ToyTransaction> onClose) {
        this.engine = engine;
        this.begin = engine.latest();
        this.own = begin.copy();
        this.onClose = onClose;
    }

    @Override
    public int get(Keyspace keyspace, ByteBuffer key, ByteBuffer target) {
        checkRunning();
        byte[] value = own.maps().get(engine.ordinalOf(keyspace)).get(ToyChange.bytes(key));
        if (value == null) {
            return Reader.NOT_FOUND;
        }
        if (value.length <= target.remaining()) {
            target.put(value);
        }
        return value.length;
    }

    @Override
    public void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value) {
        add(new ToyChange(
                'P',
                engine.ordinalOf(keyspace),
                ByteBuffer.wrap(ToyChange.bytes(key)),
                ByteBuffer.wrap(ToyChange.bytes(value))));
    }

    @Override
    public void delete(Keyspace keyspace, ByteBuffer key) {
        add(new ToyChange(
                'D', engine.ordinalOf(keyspace), ByteBuffer.wrap(ToyChange.bytes(key)), ByteBuffer.allocate(0)));
    }

    private void add(ToyChange change) {
        checkRunning();
        changes.add(change);
        change.applyTo(own, Lie.NONE);
    }

    @Override
    public void commit(Durability durability) {
        checkRunning();
        ended = true;
        synchronized (engine) {
            if (!engine.latest().equals(begin) && engine.lie() != Lie.BLIND_TRANSACTION) {
                throw new EngineException.Conflict(
                        ToyProvider.ID, Path.of("toy"), "another commit came first; run it again", null);
            }
            engine.commit(changes, durability);
        }
    }

    @Override
    public void rollback() {
        if (closed) {
            throw engine.closed("transaction");
        }
        if (!ended && engine.lie() == Lie.ROLLBACK_COMMITS) {
            engine.commit(changes, engine.durability());
        }
        ended = true;
    }

    private void checkRunning() {
        if (closed) {
            throw engine.closed("transaction");
        }
        if (ended) {
            throw new IllegalStateException("the transaction has ended");
        }
    }

    @Override
    public void close() {
        if (!closed) {
            rollback();
            closed = true;
            onClose.accept(this);
        }
    }
}
