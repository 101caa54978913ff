package io.quorumark.jmh.raw;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's ordered map, beside the in-memory engine. Not the same work: it has no log, no snapshots and no versions. It shows what those
 * cost, and counts for no average.
 */
@SuppressWarnings("ByteBufferBackingArray") // All buffers come from allocate().
final class BareSkipList implements EngineAccess {
    private final ConcurrentSkipListMap<byte[], byte[]> map = new ConcurrentSkipListMap<>(Arrays::compareUnsigned);
    private @Nullable Iterator<Map.Entry<byte[], byte[]>> walk;

    @Override
    public ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocate(bytes);
    }

    @Override
    public int get(ByteBuffer key, ByteBuffer target) {
        byte[] value = map.get(key.array());
        if (value == null) {
            return NOT_FOUND;
        }
        target.put(value);
        return value.length;
    }

    @Override
    public void put(ByteBuffer key, ByteBuffer value) {
        map.put(key.array().clone(), value.array().clone());
    }

    @Override
    public void addToBatch(ByteBuffer key, ByteBuffer value) {
        put(key, value);
    }

    @Override
    public void commitBatch() {
        // A map has no commits: every record is there since it was added.
    }

    @Override
    public long next() {
        Iterator<Map.Entry<byte[], byte[]>> open = walk;
        if (open == null || !open.hasNext()) {
            open = map.entrySet().iterator();
            walk = open;
        }
        Map.Entry<byte[], byte[]> entry = open.next();
        byte[] key = entry.getKey();
        byte[] value = entry.getValue();
        return EngineAccess.digest(key.length, key[0], value.length, value[0]);
    }

    @Override
    public void close() {
        map.clear();
    }
}
