package io.quorumark.engine.mapdb;

import io.quorumark.engine.Keyspace;
import io.quorumark.engine.support.Undisturbed;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mapdb.BTreeMap;
import org.mapdb.DB;
import org.mapdb.DBException;
import org.mapdb.DBMaker;
import org.mapdb.Serializer;
import org.mapdb.StoreDirect;
import org.mapdb.volume.MappedFileVol;
import org.mapdb.volume.Volume;

/**
 * One MapDB file, mapped into memory, with one tree per keyspace.
 *
 * <p>Closing unmaps the file at once, and a read of a mapping that is gone ends the JVM. So whoever owns a store lets nobody read it when
 * it closes it.
 */
final class MapDbStore {
    private static final int COPY_BYTES = 1 << 20;

    /** Room mapped beyond the end of the data: the trees' inner nodes, and the allocator's own pages. */
    static final long SPARE_BYTES = 2L << 20;

    private final Volume volume;
    private final DB db;
    private final StoreDirect store;
    private final List<BTreeMap<byte[], byte[]>> trees;
    private long mappedBytes;

    private MapDbStore(Volume volume, DB db, List<BTreeMap<byte[], byte[]>> trees) {
        this.volume = volume;
        this.db = db;
        this.store = (StoreDirect) db.getStore();
        this.trees = trees;
    }

    /**
     * Opens a store, making it if its file is absent; one that cannot be made leaves no file. Throws whatever MapDB throws.
     */
    static MapDbStore open(Path file, List<Keyspace> keyspaces, MapDbSettings settings) {
        return Undisturbed.call("mapdb-file", () -> {
            boolean exists = Files.exists(file);
            try {
                return open(file, exists, keyspaces, settings);
            } catch (RuntimeException | Error e) {
                if (!exists) {
                    deleteUnfinished(file, e);
                }
                throw e;
            }
        });
    }

    private static MapDbStore open(Path file, boolean exists, List<Keyspace> keyspaces, MapDbSettings settings) {
        // Locking is left to the folder: closing any other descriptor of this file would drop a lock on it.
        Volume volume = new MappedFileVol.MappedFileFactory(true, false)
                .makeVolume(file.toString(), false, -1, settings.sliceShift(), 0, false);
        try {
            // Its own sync on commit is off: a commit here only renews the header's checksum, see sync().
            DB db = DBMaker.volumeDB(volume, exists).fileSyncDisable().make();
            return new MapDbStore(volume, db, openTrees(db, keyspaces, settings));
        } catch (RuntimeException | Error e) {
            volume.close();
            throw e;
        }
    }

    private static void deleteUnfinished(Path file, Throwable failure) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * Writes zeros to the end of a file that is not a whole number of slices, such as a checkpoint's: MapDB would map its last slice
     * without blocks behind it, and a write to that on a full device ends the JVM. Does nothing if there is no file.
     */
    static void fillLastSlice(Path file, MapDbSettings settings, MapDbErrors errors) {
        if (!Files.exists(file)) {
            return;
        }
        try (RandomAccessFile store = new RandomAccessFile(file.toFile(), "rw")) {
            long bytes = store.length();
            int missing = (int) (-bytes & (settings.allocateIncrementBytes() - 1));
            if (missing > 0) {
                try {
                    store.seek(bytes);
                    store.write(new byte[missing]);
                } catch (IOException e) {
                    store.setLength(bytes);
                    throw e;
                }
            }
        } catch (IOException e) {
            throw errors.translate("open", e);
        }
    }

    private static List<BTreeMap<byte[], byte[]>> openTrees(DB db, List<Keyspace> keyspaces, MapDbSettings settings) {
        return keyspaces.stream()
                .map(keyspace -> {
                    // Compares bytes as unsigned.
                    DB.TreeMapMaker<byte[], byte[]> maker = db.treeMap(
                                    keyspace.name(), Serializer.BYTE_ARRAY, Serializer.BYTE_ARRAY)
                            .maxNodeSize(settings.maxNodeSize());
                    return (settings.valuesOutsideNodes() ? maker.valuesOutsideNodesEnable() : maker).createOrOpen();
                })
                .toList();
    }

    BTreeMap<byte[], byte[]> tree(int keyspaceOrdinal) {
        return trees.get(keyspaceOrdinal);
    }

    /**
     * Visits every entry of a tree. MapDB keeps no checksum of data: this finds pointers that lead nowhere, keys out of order and a count
     * that does not fit.
     *
     * @throws io.quorumark.engine.EngineException.Corruption it does not fit
     */
    void walk(int keyspaceOrdinal, MapDbErrors errors) {
        BTreeMap<byte[], byte[]> tree = trees.get(keyspaceOrdinal);
        try {
            tree.verify();
            long entries = 0;
            for (Map.Entry<byte[], byte[]> entry : tree.entrySet()) {
                entries += entry.getValue() == null ? 0 : 1;
            }
            if (entries != tree.sizeLong()) {
                throw errors.damaged("a tree has " + entries + " entries, expected " + tree.sizeLong(), null);
            }
        } catch (DBException | AssertionError e) {
            throw errors.damaged(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Makes room for a commit before it begins, so that a full device is noticed while nothing has changed yet. MapDB writes zeros to the
     * new part of its file first; a mapping without blocks behind it would end the JVM. For one thread at a time.
     */
    void reserve(long commitBytes) {
        long neededBytes = store.getTotalSize() + 4 * commitBytes + SPARE_BYTES;
        if (neededBytes > mappedBytes) {
            mappedBytes = Undisturbed.call("mapdb-file", () -> {
                grow(neededBytes);
                return neededBytes;
            });
        }
    }

    /**
     * Looks whether a commit that makes the file grow by itself finds the room for it, of which it may need much less. For one thread at a
     * time, after {@link #reserve}.
     *
     * @throws io.quorumark.engine.EngineException.Full it may not
     */
    void requireRoom(long bytes, MapDbErrors errors) {
        try {
            long freeBytes = Files.getFileStore(volume.getFile().toPath()).getUsableSpace()
                    + volume.length()
                    - store.getTotalSize();
            if (freeBytes < bytes) {
                throw errors.noRoomToDelete(bytes, freeBytes);
            }
        } catch (IOException e) {
            throw errors.translate("asking the device for its room", e);
        }
    }

    /**
     * Zeros for which there was room, and no mapping, are given back: others on the device need it, and the store must not begin with them.
     */
    private void grow(long toBytes) {
        long beforeBytes = volume.length();
        try {
            volume.ensureAvailable(toBytes);
        } catch (RuntimeException e) {
            try (RandomAccessFile file = new RandomAccessFile(volume.getFile(), "rw")) {
                file.setLength(beforeBytes);
            } catch (IOException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            throw e;
        }
    }

    /** Makes the file say that it is whole, which MapDB checks at opening; not durable. */
    void seal() {
        db.commit();
    }

    /** Makes the sealed file durable. */
    void sync() {
        seal();
        volume.sync();
    }

    /** Writes a copy that opens. Nobody may write meanwhile. */
    long copyTo(Path target, boolean durable) throws IOException {
        seal();
        long bytes = store.getTotalSize();
        byte[] buffer = new byte[COPY_BYTES];
        // Through the mapping rather than the file, and by a stream, because an interrupt closes a channel in the
        // middle of a copy.
        try (FileOutputStream out = new FileOutputStream(target.toFile())) {
            for (long offset = 0; offset < bytes; offset += COPY_BYTES) {
                int length = (int) Math.min(COPY_BYTES, bytes - offset);
                volume.getData(offset, buffer, 0, length);
                out.write(buffer, 0, length);
            }
            if (durable) {
                out.getFD().sync();
            }
        }
        return bytes;
    }

    void close() {
        db.close();
    }

    long totalBytes() {
        return store.getTotalSize();
    }

    long freeBytes() {
        return store.getFreeSize();
    }

    Map<String, String> settingsInForce() {
        BTreeMap<byte[], byte[]> tree = trees.get(0);
        Map<String, String> values = new LinkedHashMap<>();
        values.put(MapDbSettings.MAX_NODE_SIZE, Integer.toString(tree.getMaxNodeSize()));
        values.put(MapDbSettings.VALUES_OUTSIDE_NODES, Boolean.toString(!tree.getValueInline()));
        values.put(MapDbSettings.ALLOCATE_INCREMENT, Integer.toString(volume.sliceSize()));
        values.put("store", store.getClass().getSimpleName());
        values.put("volume", volume.getClass().getSimpleName());
        values.put("keySerializer", tree.getKeySerializer().getClass().getSimpleName());
        return values;
    }
}
