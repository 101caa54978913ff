package io.quorumark.jmh.raw;

import io.quorumark.engine.EngineConfig;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mapdb.BTreeMap;
import org.mapdb.DB;
import org.mapdb.DBMaker;
import org.mapdb.Serializer;
import org.mapdb.volume.MappedFileVol;
import org.mapdb.volume.Volume;

/**
 * MapDB's B-tree over a mapped file without commits ({@code NONE}). It takes arrays, serializes them at once and gives arrays of the
 * caller's own, so nothing is copied here but what a batch keeps until its end.
 */
@SuppressWarnings("ByteBufferBackingArray") // All buffers come from allocate().
final class RawMapDb implements EngineAccess {
    private static final int SLICE_SHIFT = 20;
    private static final int MAX_NODE_SIZE = 32;

    private final DB db;
    private final BTreeMap<byte[], byte[]> tree;

    /** Keys and values by turns. */
    private final List<byte[]> batch = new ArrayList<>();

    private @Nullable Iterator<Map.Entry<byte[], byte[]>> walk;

    RawMapDb(EngineConfig config) {
        Volume volume = new MappedFileVol.MappedFileFactory(true, false)
                .makeVolume(config.directory().resolve("data").toString(), false, -1, SLICE_SHIFT, 0, false);
        db = DBMaker.volumeDB(volume, false).fileSyncDisable().make();
        tree = db.treeMap(config.keyspaces().get(0).name(), Serializer.BYTE_ARRAY, Serializer.BYTE_ARRAY)
                .maxNodeSize(MAX_NODE_SIZE)
                .valuesOutsideNodesEnable()
                .createOrOpen();
    }

    BTreeMap<byte[], byte[]> tree() {
        return tree;
    }

    @Override
    public ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocate(bytes);
    }

    @Override
    public int get(ByteBuffer key, ByteBuffer target) {
        byte[] value = tree.get(key.array());
        return value == null ? NOT_FOUND : value.length;
    }

    @Override
    public void put(ByteBuffer key, ByteBuffer value) {
        tree.put(key.array(), value.array());
    }

    @Override
    public void addToBatch(ByteBuffer key, ByteBuffer value) {
        batch.add(key.array().clone());
        batch.add(value.array().clone());
    }

    @Override
    public void commitBatch() {
        for (int i = 0; i < batch.size(); i += 2) {
            tree.put(batch.get(i), batch.get(i + 1));
        }
        batch.clear();
    }

    @Override
    public long next() {
        Iterator<Map.Entry<byte[], byte[]>> open = walk;
        if (open == null || !open.hasNext()) {
            open = tree.entryIterator();
            walk = open;
        }
        Map.Entry<byte[], byte[]> entry = open.next();
        byte[] key = entry.getKey();
        byte[] value = entry.getValue();
        return EngineAccess.digest(key.length, key[0], value.length, value[0]);
    }

    @Override
    public void close() {
        db.close();
    }
}
