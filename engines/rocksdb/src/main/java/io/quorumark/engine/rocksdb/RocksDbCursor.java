package io.quorumark.engine.rocksdb;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.support.Handles;
import java.nio.ByteBuffer;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** A cursor over one column family. RocksDB copies a key or value out only when asked for, into buffers that the cursor reuses. */
final class RocksDbCursor implements Cursor {
    private enum State {
        NOWHERE,
        ON_ENTRY,
        CLOSED
    }

    private final OpenDatabase database;
    private final Handles parent;
    private final RocksIterator iterator;
    private final String keyspaceName;
    private final CursorBuffers.Spare spare;
    private final CursorBuffers buffers;
    private boolean keyFetched;
    private boolean valueFetched;
    private State state = State.NOWHERE;

    RocksDbCursor(
            OpenDatabase database, Handles parent, CursorBuffers.Spare spare, Keyspace keyspace, ReadOptions options) {
        this.database = database;
        this.parent = parent;
        this.spare = spare;
        this.buffers = spare.take();
        this.keyspaceName = keyspace.name();
        this.iterator = database.db().newIterator(database.family(keyspace), options);
    }

    @Override
    public boolean first() {
        requireOpen();
        iterator.seekToFirst();
        return arrived();
    }

    @Override
    public boolean last() {
        requireOpen();
        iterator.seekToLast();
        return arrived();
    }

    @Override
    public boolean seekCeiling(ByteBuffer wanted) {
        requireOpen();
        ByteBuffer direct = buffers.direct(wanted);
        int position = direct.position();
        iterator.seek(direct);
        direct.position(position);
        return arrived();
    }

    @Override
    public boolean seekFloor(ByteBuffer wanted) {
        requireOpen();
        ByteBuffer direct = buffers.direct(wanted);
        int position = direct.position();
        iterator.seekForPrev(direct);
        direct.position(position);
        return arrived();
    }

    @Override
    public boolean next() {
        requireEntry();
        iterator.next();
        return arrived();
    }

    @Override
    public boolean prev() {
        requireEntry();
        iterator.prev();
        return arrived();
    }

    @Override
    public ByteBuffer key() {
        requireEntry();
        if (!keyFetched) {
            ByteBuffer key = buffers.key().clear();
            int length = iterator.key(key);
            if (length > key.capacity()) {
                iterator.key(buffers.largerKey(length));
            }
            keyFetched = true;
        }
        return buffers.key().rewind();
    }

    @Override
    public ByteBuffer value() {
        requireEntry();
        if (!valueFetched) {
            ByteBuffer value = buffers.value().clear();
            int length = iterator.value(value);
            if (length > value.capacity()) {
                iterator.value(buffers.largerValue(length));
            }
            valueFetched = true;
        }
        return buffers.value().rewind();
    }

    /** Whether the iterator stands on an entry; if not, tells the end of the keyspace from a failed read. */
    private boolean arrived() {
        keyFetched = false;
        valueFetched = false;
        if (iterator.isValid()) {
            state = State.ON_ENTRY;
            return true;
        }
        state = State.NOWHERE;
        try {
            iterator.status();
        } catch (RocksDBException e) {
            throw database.errors().of("moving a cursor on '" + keyspaceName + "'", e);
        }
        return false;
    }

    private void requireOpen() {
        if (state == State.CLOSED) {
            throw database.errors().closed("cursor");
        }
    }

    private void requireEntry() {
        if (state != State.ON_ENTRY) {
            requireOpen();
            throw new IllegalStateException("cursor on '" + keyspaceName
                    + "' is on no entry; use first, last, seekCeiling or seekFloor, and look at their answer");
        }
    }

    @Override
    public void close() {
        if (state != State.CLOSED) {
            state = State.CLOSED;
            iterator.close();
            spare.giveBack(buffers);
            parent.remove(this);
        }
    }
}
