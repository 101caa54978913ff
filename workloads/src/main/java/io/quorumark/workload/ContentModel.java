package io.quorumark.workload;

import io.quorumark.workload.digest.Sha256;
import io.quorumark.workload.key.KeyText;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * A plain map that is asked the same operations as a store, and so says what the store must hold afterwards. Keeps all content on the heap. Not thread-safe.
 */
public final class ContentModel {
    /** Hashed, and sorted only when digested: operations on a tree take more than twice as long. It becomes a tree where ranges are deleted. */
    private Map<Key, byte[]> records = new HashMap<>();

    private static final int BLOCK_BYTES = 16 << 10;
    private static final long MOST_DEFLATED_BYTES = 4 << 20;

    private long conflicts;
    private final StreamTally tally = new StreamTally();

    /** The content after the first {@code operations} operations of a stream. */
    public static ContentModel replay(WorkloadSpec spec, long seed, long records, long operations) {
        ContentModel model = new ContentModel();
        try (OperationStream stream = spec.openStream(seed, records)) {
            Operation operation = new Operation();
            for (long i = 0; i < operations; i++) {
                stream.next(operation);
                model.apply(operation);
                if (i >= stream.loadOperations()) {
                    model.tally.add(operation);
                }
            }
        }
        return model;
    }

    /** Does what a store does with the operation. */
    public void apply(Operation operation) {
        switch (operation.demand()) {
            case READ, EXISTS, SCAN -> {}
            case UPDATE, INSERT, READ_MODIFY_WRITE -> put(operation);
            case DELETE -> records.remove(key(operation));
            case DELETE_RANGE -> deleteRange(operation);
            case COMPARE_AND_SET -> compareAndSet(operation);
            case BATCH -> applyAll(operation.mutations());
        }
    }

    /** How many records there are. */
    public long records() {
        return records.size();
    }

    /** Keys and values of all records, in bytes. */
    public long contentBytes() {
        long bytes = 0;
        for (Map.Entry<Key, byte[]> entry : records.entrySet()) {
            bytes += entry.getKey().bytes.length + entry.getValue().length;
        }
        return bytes;
    }

    /** What the replayed operations after the load asked for; nothing where the model was not made by {@link #replay}. */
    public StreamTally tally() {
        return tally;
    }

    /** How many compare-and-sets found another version than they expected; 0 for every stream of this package. */
    public long conflicts() {
        return conflicts;
    }

    /** The value of a key, or null where it is absent. Borrowed. */
    public byte @Nullable [] get(byte[] key) {
        return records.get(new Key(key));
    }

    /**
     * SHA-256, in hexadecimal, over all records in the unsigned order of their keys: length of the key (4 bytes, big-endian), key, length of the value (likewise), value.
     */
    public String digest() {
        MessageDigest sha256 = Sha256.newDigest();
        byte[] length = new byte[4];
        List<Map.Entry<Key, byte[]>> sorted = new ArrayList<>(records.entrySet());
        sorted.sort(Map.Entry.comparingByKey());
        for (Map.Entry<Key, byte[]> entry : sorted) {
            update(sha256, length, entry.getKey().bytes);
            update(sha256, length, entry.getValue());
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    /**
     * How well the values compress: deflated length divided by length of some of them, one after the other in blocks of a size that engines compress, 16 KiB. 0 where there are
     * too few bytes to fill one.
     */
    public double deflatedShare() {
        byte[] block = new byte[BLOCK_BYTES];
        byte[] deflated = new byte[2 * BLOCK_BYTES];
        Deflater deflater = new Deflater();
        int filled = 0;
        long plainBytes = 0;
        long deflatedBytes = 0;
        try {
            for (byte[] value : records.values()) {
                for (int from = 0; from < value.length && plainBytes < MOST_DEFLATED_BYTES; ) {
                    int length = Math.min(value.length - from, BLOCK_BYTES - filled);
                    System.arraycopy(value, from, block, filled, length);
                    from += length;
                    filled += length;
                    if (filled == BLOCK_BYTES) {
                        deflater.reset();
                        deflater.setInput(block);
                        deflater.finish();
                        deflatedBytes += deflater.deflate(deflated);
                        plainBytes += BLOCK_BYTES;
                        filled = 0;
                    }
                }
            }
        } finally {
            deflater.end();
        }
        return plainBytes == 0 ? 0 : (double) deflatedBytes / plainBytes;
    }

    private static Key key(Operation operation) {
        return new Key(Arrays.copyOf(operation.key(), operation.keyLength()));
    }

    private void put(Operation operation) {
        records.put(key(operation), Arrays.copyOf(operation.value(), operation.valueLength()));
    }

    private void compareAndSet(Operation operation) {
        byte[] stored = records.get(key(operation));
        long version = stored == null ? Operation.ABSENT_VERSION : KeyText.bigEndian(stored, 0);
        if (version == operation.expectedVersion()) {
            put(operation);
        } else {
            conflicts++;
        }
    }

    private void deleteRange(Operation operation) {
        NavigableMap<Key, byte[]> sorted =
                records instanceof NavigableMap<Key, byte[]> tree ? tree : new TreeMap<>(records);
        Key end = new Key(Arrays.copyOf(operation.rangeEnd(), operation.rangeEndLength()));
        Key from = key(operation);
        if (from.compareTo(end) < 0) {
            sorted.subMap(from, end).clear();
        }
        records = sorted;
    }

    private void applyAll(Mutations mutations) {
        byte[] bytes = mutations.bytes();
        for (int i = 0; i < mutations.count(); i++) {
            Key key = new Key(slice(bytes, mutations.keyOffset(i), mutations.keyLength(i)));
            if (mutations.isPut(i)) {
                records.put(key, slice(bytes, mutations.valueOffset(i), mutations.valueLength(i)));
            } else {
                records.remove(key);
            }
        }
    }

    private static byte[] slice(byte[] bytes, int offset, int length) {
        return Arrays.copyOfRange(bytes, offset, offset + length);
    }

    private static void update(MessageDigest digest, byte[] length, byte[] bytes) {
        length[0] = (byte) (bytes.length >>> 24);
        length[1] = (byte) (bytes.length >>> 16);
        length[2] = (byte) (bytes.length >>> 8);
        length[3] = (byte) bytes.length;
        digest.update(length);
        digest.update(bytes);
    }

    /** Bytes that are equal by content and order as unsigned numbers. Never changed once they are in the map. */
    private static final class Key implements Comparable<Key> {
        private final byte[] bytes;
        private final int hash;

        Key(byte[] bytes) {
            this.bytes = bytes;
            this.hash = Arrays.hashCode(bytes);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && Arrays.equals(bytes, key.bytes);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public int compareTo(Key other) {
            return Arrays.compareUnsigned(bytes, other.bytes);
        }
    }
}
