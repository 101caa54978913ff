package io.quorumark.engine.rocksdb;

import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Reader;
import io.quorumark.engine.support.DirectStaging;
import java.nio.ByteBuffer;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;

/**
 * {@link Reader#get}, for a session and for a snapshot. The value arrives in the reader's own memory first: RocksDB would fill a target
 * that is too small with a part of the value, and the SPI promises to leave it as it is.
 */
final class PointReads {
    private static final int FIRST_ROOM_BYTES = 4 << 10;

    private final OpenDatabase database;
    private final ReadOptions options;
    private final DirectStaging staging;

    PointReads(OpenDatabase database, ReadOptions options, DirectStaging staging) {
        this.database = database;
        this.options = options;
        this.staging = staging;
    }

    int get(Keyspace keyspace, ByteBuffer key, ByteBuffer target) {
        ByteBuffer directKey = staging.key(key);
        int keyPosition = directKey.position();
        ByteBuffer value = staging.room(FIRST_ROOM_BYTES);
        int length;
        try {
            ColumnFamilyHandle family = database.family(keyspace);
            length = database.db().get(family, options, directKey, value);
            while (length > value.capacity() && length <= target.remaining()) {
                value = staging.room(length);
                directKey.position(keyPosition);
                length = database.db().get(family, options, directKey, value);
            }
        } catch (RocksDBException e) {
            throw database.errors().of("get from '" + keyspace.name() + "'", e);
        } finally {
            directKey.position(keyPosition);
        }
        if (length >= 0 && length <= target.remaining()) {
            target.put(value);
        }
        return length;
    }
}
