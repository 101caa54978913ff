package io.quorumark.engine.bridge;

import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Reader;
import java.nio.ByteBuffer;

/** Reads single values for one handle; after its buffers have grown to the largest value, without allocating. For one thread at a time. */
final class PointReads {
    private static final int FIRST_OUT_BYTES = 4 << 10;

    private final OpenNative engine;
    private final CallRecord call = new CallRecord(FIRST_OUT_BYTES);

    PointReads(OpenNative engine) {
        this.engine = engine;
    }

    /** @param view a session, snapshot or transaction */
    int get(long view, Keyspace keyspace, ByteBuffer key, ByteBuffer target) {
        int ordinal = engine.checks().ordinalOf(keyspace);
        if (!engine.checks().isKey(key)) {
            return Reader.NOT_FOUND;
        }
        call.key(key);
        while (true) {
            long length = engine.calls().qm_get(view, ordinal, call.address());
            if (length < 0) {
                if (length == NativeErrors.NOT_FOUND) {
                    return Reader.NOT_FOUND;
                }
                throw engine.errors().of("get from '" + keyspace.name() + "'", length, call);
            }
            if (length > Integer.MAX_VALUE) {
                throw engine.errors().unknown("get from '" + keyspace.name() + "'", length);
            }
            if (length > target.remaining()) {
                return (int) length;
            }
            if (length <= call.capacity()) {
                int at = target.position();
                target.put(at, call.out(), 0, (int) length).position(at + (int) length);
                return (int) length;
            }
            call.growOut(length);
        }
    }
}
