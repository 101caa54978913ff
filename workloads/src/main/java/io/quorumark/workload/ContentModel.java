package io.quorumark.workload;

import io.quorumark.workload.digest.Sha256;
import io.quorumark.workload.key.KeyText;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * A plain map that is asked the same operations as a store, and so says what the store must hold afterwards. Keeps all content on the heap.
 * Not thread-safe.
 */
public final class ContentModel {
    /**
     * Hashed, and sorted only when digested: operations on a tree take more than twice as long. It becomes a tree if ranges are deleted.
     */
    private Map<Key, byte[]> records = new HashMap<>();

    private static final int BLOCK_BYTES = 16 << 10;
    private static final long MOST_DEFLATED_BYTES = 4 << 20;

    /** What a key may hold besides what {@link #records} says, if operations without an answer touched it. */
    private final Map<Key, Set<Value>> doubtful = new HashMap<>();

    private long conflicts;
    private final StreamTally tally = new StreamTally();

    /** The content after the first {@code operations} operations of a stream. */
    public static ContentModel replay(WorkloadSpec spec, long seed, long records, long operations) {
        return replay(spec, seed, records, operations, Unacknowledged.NONE);
    }

    /**
     * The content after the first {@code operations} operations of a stream, of which some were not acknowledged: what was refused is left
     * out, and of what has no answer both ends are possible until {@link #settle} has chosen one.
     */
    public static ContentModel replay(
            WorkloadSpec spec, long seed, long records, long operations, Unacknowledged unacknowledged) {
        ContentModel model = new ContentModel();
        try (OperationStream stream = spec.openStream(seed, records)) {
            Operation operation = new Operation();
            for (long i = 0; i < operations; i++) {
                stream.next(operation);
                if (unacknowledged.inDoubt().contains(i)) {
                    model.applyInDoubt(operation);
                } else if (!unacknowledged.refused().contains(i)) {
                    model.apply(operation);
                }
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
            case DELETE -> remove(key(operation));
            case DELETE_RANGE -> deleteRange(operation);
            case COMPARE_AND_SET -> compareAndSet(operation);
            case BATCH -> applyAll(operation.mutations());
        }
    }

    /** Does what a store may have done, or not, with an operation whose outcome is unknown. */
    public void applyInDoubt(Operation operation) {
        switch (operation.demand()) {
            case READ, EXISTS, SCAN -> {}
            case UPDATE, INSERT, READ_MODIFY_WRITE -> may(key(operation), value(operation));
            case DELETE -> may(key(operation), null);
            case DELETE_RANGE -> rangeOf(operation).forEach(key -> may(key, null));
            case COMPARE_AND_SET -> {
                Key key = key(operation);
                if (possible(key).stream().anyMatch(value -> value.hasVersion(operation.expectedVersion()))) {
                    may(key, value(operation));
                }
            }
            case BATCH -> {
                Mutations mutations = operation.mutations();
                for (int i = 0; i < mutations.count(); i++) {
                    may(key(mutations, i), mutations.isPut(i) ? value(mutations, i) : null);
                }
            }
        }
    }

    /** Whether operations without an answer leave more than one content possible. */
    public boolean isInDoubt() {
        return !doubtful.isEmpty();
    }

    /**
     * Chooses, of all that is possible, what a store really holds.
     *
     * @param store gives the store's value of a key, null if it has none; asked once for each key in doubt
     * @return keys that hold what no operation may have left there, in hexadecimal; the model keeps what acknowledged operations left then
     */
    public List<String> settle(Function<byte[], byte @Nullable []> store) {
        List<String> impossible = new ArrayList<>();
        for (Map.Entry<Key, Set<Value>> entry : doubtful.entrySet()) {
            Key key = entry.getKey();
            byte[] found = store.apply(key.bytes.clone());
            if (!entry.getValue().contains(new Value(found)) && !Arrays.equals(found, records.get(key))) {
                impossible.add(HexFormat.of().formatHex(key.bytes));
            } else if (found == null) {
                records.remove(key);
            } else {
                records.put(key, found);
            }
        }
        doubtful.clear();
        return impossible;
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

    /** What the replayed operations after the load asked for; nothing if the model was not made by {@link #replay}. */
    public StreamTally tally() {
        return tally;
    }

    /** How many compare-and-sets found another version than they expected; 0 for every stream of this package. */
    public long conflicts() {
        return conflicts;
    }

    /** The value of a key, or null if it is absent. Borrowed. */
    public byte @Nullable [] get(byte[] key) {
        return records.get(new Key(key));
    }

    /**
     * SHA-256, in hexadecimal, over all records (without the effects of what is in doubt) in the unsigned order of their keys: length of
     * the key (4 bytes, big-endian), key, length of the value (likewise), value.
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
     * How well the values compress: deflated length divided by length of some of them, one after the other in blocks of a size that engines
     * compress, 16 KiB. 0 if there are too few bytes to fill one.
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

    private static byte[] value(Operation operation) {
        return Arrays.copyOf(operation.value(), operation.valueLength());
    }

    private static Key key(Mutations mutations, int i) {
        return new Key(slice(mutations.bytes(), mutations.keyOffset(i), mutations.keyLength(i)));
    }

    private static byte[] value(Mutations mutations, int i) {
        return slice(mutations.bytes(), mutations.valueOffset(i), mutations.valueLength(i));
    }

    private void put(Operation operation) {
        put(key(operation), value(operation));
    }

    private void put(Key key, byte[] value) {
        records.put(key, value);
        doubtful.remove(key);
    }

    private void remove(Key key) {
        records.remove(key);
        doubtful.remove(key);
    }

    private void may(Key key, byte @Nullable [] value) {
        doubtful.computeIfAbsent(key, absent -> new HashSet<>()).add(new Value(value));
    }

    private Set<Value> possible(Key key) {
        Set<Value> possible = new HashSet<>(doubtful.getOrDefault(key, Set.of()));
        possible.add(new Value(records.get(key)));
        return possible;
    }

    private void compareAndSet(Operation operation) {
        Key key = key(operation);
        byte[] next = value(operation);
        Set<Value> others = doubtful.remove(key);
        if (new Value(records.get(key)).hasVersion(operation.expectedVersion())) {
            records.put(key, next);
        } else if (others == null) {
            conflicts++;
        }
        if (others != null) {
            others.forEach(other -> may(key, other.hasVersion(operation.expectedVersion()) ? next : other.bytes));
        }
    }

    private void deleteRange(Operation operation) {
        Key end = new Key(Arrays.copyOf(operation.rangeEnd(), operation.rangeEndLength()));
        Key from = key(operation);
        if (from.compareTo(end) < 0) {
            sorted().subMap(from, end).clear();
            doubtful.keySet().removeIf(key -> isWithin(key, from, end));
        }
    }

    /** The keys of the range that may be there. */
    private Set<Key> rangeOf(Operation operation) {
        Key end = new Key(Arrays.copyOf(operation.rangeEnd(), operation.rangeEndLength()));
        Key from = key(operation);
        Set<Key> keys = new HashSet<>();
        if (from.compareTo(end) < 0) {
            keys.addAll(sorted().subMap(from, end).keySet());
            doubtful.keySet().stream().filter(key -> isWithin(key, from, end)).forEach(keys::add);
        }
        return keys;
    }

    private static boolean isWithin(Key key, Key from, Key end) {
        return key.compareTo(from) >= 0 && key.compareTo(end) < 0;
    }

    private NavigableMap<Key, byte[]> sorted() {
        NavigableMap<Key, byte[]> sorted =
                records instanceof NavigableMap<Key, byte[]> tree ? tree : new TreeMap<>(records);
        records = sorted;
        return sorted;
    }

    private void applyAll(Mutations mutations) {
        for (int i = 0; i < mutations.count(); i++) {
            Key key = key(mutations, i);
            if (mutations.isPut(i)) {
                put(key, value(mutations, i));
            } else {
                remove(key);
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

    /** What a key may hold, equal by content; without bytes if it may be absent. */
    private static final class Value {
        private final byte @Nullable [] bytes;

        Value(byte @Nullable [] bytes) {
            this.bytes = bytes;
        }

        boolean hasVersion(long expected) {
            return (bytes == null ? Operation.ABSENT_VERSION : KeyText.bigEndian(bytes, 0)) == expected;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Value value && Arrays.equals(bytes, value.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
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
