package io.quorumark.campaign.targets;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Reader;
import io.quorumark.workload.Operation;
import io.quorumark.workload.Outcome;
import java.nio.ByteBuffer;

/** Carries out the reading part of operations, with buffers of its own. For one thread at a time. */
final class RecordReader {
    private final ByteBuffer noRoom = ByteBuffer.allocateDirect(0);

    private ByteBuffer key = ByteBuffer.allocateDirect(64);
    private ByteBuffer value = ByteBuffer.allocateDirect(4096);
    private long bytesRead;

    /** Reads a record, or scans from it on. */
    Outcome read(Reader reader, Keyspace keyspace, Operation operation) {
        loadKey(operation);
        return switch (operation.demand()) {
            case SCAN -> scan(reader, keyspace, operation.scanLength());
            case EXISTS -> exists(reader, keyspace);
            default -> get(reader, keyspace);
        };
    }

    /** Keeps what was read from being optimised away. */
    long bytesRead() {
        return bytesRead;
    }

    /** A target without room takes no byte of the value. */
    private Outcome exists(Reader reader, Keyspace keyspace) {
        return reader.get(keyspace, key, noRoom) == Reader.NOT_FOUND ? Outcome.NOT_FOUND : Outcome.OK;
    }

    private Outcome get(Reader reader, Keyspace keyspace) {
        value.clear();
        int length = reader.get(keyspace, key, value);
        if (length > value.capacity()) {
            value = ByteBuffer.allocateDirect(Integer.highestOneBit(length) << 1);
            length = reader.get(keyspace, key, value);
        }
        if (length == Reader.NOT_FOUND) {
            return Outcome.NOT_FOUND;
        }
        bytesRead += length;
        return Outcome.OK;
    }

    private Outcome scan(Reader reader, Keyspace keyspace, int records) {
        try (Cursor cursor = reader.openCursor(keyspace)) {
            boolean onEntry = cursor.seekCeiling(key);
            for (int i = 0; onEntry && i < records; i++) {
                bytesRead += cursor.value().remaining();
                onEntry = cursor.next();
            }
        }
        return Outcome.OK;
    }

    private void loadKey(Operation operation) {
        int length = operation.keyLength();
        if (length > key.capacity()) {
            key = ByteBuffer.allocateDirect(Integer.highestOneBit(length) << 1);
        }
        key.clear();
        key.put(operation.key(), 0, length).flip();
    }
}
