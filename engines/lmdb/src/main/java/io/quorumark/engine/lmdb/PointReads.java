package io.quorumark.engine.lmdb;

import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Reader;
import io.quorumark.engine.support.DirectStaging;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.LmdbException;
import org.lmdbjava.Txn;

/** {@link Reader#get}, for a session and for a snapshot. */
final class PointReads {
    private final OpenEnvironment environment;
    private final DirectStaging staging = new DirectStaging();

    PointReads(OpenEnvironment environment) {
        this.environment = environment;
    }

    /** @param txn active, and used by this thread only */
    int get(Txn<ByteBuffer> txn, Keyspace keyspace, ByteBuffer key, ByteBuffer target) {
        if (!environment.checks().isKey(key)) {
            return Reader.NOT_FOUND;
        }
        @Nullable ByteBuffer found;
        try {
            found = environment.database(keyspace).get(txn, staging.key(key));
        } catch (LmdbException e) {
            throw environment.errors().of("get from '" + keyspace.name() + "'", e);
        }
        if (found == null) {
            return Reader.NOT_FOUND;
        }
        int length = found.remaining();
        if (length <= target.remaining()) {
            target.put(found);
        }
        return length;
    }
}
