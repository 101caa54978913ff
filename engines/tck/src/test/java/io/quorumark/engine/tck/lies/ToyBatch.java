package io.quorumark.engine.tck.lies;

import io.quorumark.engine.Keyspace;
import io.quorumark.engine.WriteBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Changes in a list. */
final class ToyBatch implements WriteBatch {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ToyEngine engine;
    private final Consumer<ToyBatch> onClose;
    private final List<ToyChange> changes = new ArrayList<>();
    private boolean closed;

    ToyBatch(ToyEngine engine, Consumer<ToyBatch> onClose) {
        this.engine = engine;
        this.onClose = onClose;
    }

    boolean belongsTo(ToyEngine other) {
        return engine == other;
    }

    List<ToyChange> changes() {
        checkOpen();
        return changes;
    }

    private ByteBuffer kept(ByteBuffer buffer) {
        return engine.lie() == Lie.BORROWED_BATCH ? buffer : ByteBuffer.wrap(ToyChange.bytes(buffer));
    }

    @Override
    public void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value) {
        checkOpen();
        engine.check(key);
        changes.add(new ToyChange('P', engine.ordinalOf(keyspace), kept(key), kept(value)));
    }

    @Override
    public void delete(Keyspace keyspace, ByteBuffer key) {
        checkOpen();
        changes.add(new ToyChange('D', engine.ordinalOf(keyspace), kept(key), NOTHING));
    }

    @Override
    public void deleteRange(Keyspace keyspace, ByteBuffer fromInclusive, ByteBuffer toExclusive) {
        checkOpen();
        if (engine.lie() == Lie.BOUNDS_ARE_KEYS) {
            engine.check(fromInclusive);
            engine.check(toExclusive);
        }
        changes.add(new ToyChange('R', engine.ordinalOf(keyspace), kept(fromInclusive), kept(toExclusive)));
    }

    @Override
    public int operationCount() {
        checkOpen();
        return changes.size();
    }

    @Override
    public void clear() {
        checkOpen();
        changes.clear();
    }

    private void checkOpen() {
        if (closed) {
            throw engine.closed("batch");
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            onClose.accept(this);
        }
    }
}
