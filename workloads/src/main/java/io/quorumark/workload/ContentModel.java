package io.quorumark.workload;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A plain sorted map that is asked the same operations as a store, and so says what the store must hold afterwards. Keeps all content on the heap. Not thread-safe.
 */
public final class ContentModel {
    private final TreeMap<byte[], byte[]> records = new TreeMap<>(Arrays::compareUnsigned);
    private long conflicts;

    /** The content after the first {@code operations} operations of a stream. */
    public static ContentModel replay(WorkloadSpec spec, long seed, long records, long operations) {
        ContentModel model = new ContentModel();
        OperationStream stream = spec.openStream(seed, records);
        Operation operation = new Operation();
        for (long i = 0; i < operations; i++) {
            stream.next(operation);
            model.apply(operation);
        }
        return model;
    }

    /** Does what a store does with the operation. */
    public void apply(Operation operation) {
        switch (operation.kind()) {
            case READ, SCAN -> {}
            case UPDATE, INSERT, READ_MODIFY_WRITE -> put(operation);
            case DELETE -> records.remove(Arrays.copyOf(operation.key(), operation.keyLength()));
            case COMPARE_AND_SET -> compareAndSet(operation);
            case BATCH -> applyAll(operation.mutations());
        }
    }

    /** How many records there are. */
    public long records() {
        return records.size();
    }

    /** How many compare-and-sets found another version than they expected; 0 for every stream of this package. */
    public long conflicts() {
        return conflicts;
    }

    /** The value of a key, or null where it is absent. Borrowed. */
    public byte @Nullable [] get(byte[] key) {
        return records.get(key);
    }

    /**
     * SHA-256, in hexadecimal, over all records in the unsigned order of their keys: length of the key (4 bytes, big-endian), key, length of the value (likewise), value.
     */
    public String digest() {
        MessageDigest sha256 = sha256();
        byte[] length = new byte[4];
        records.forEach((key, value) -> {
            update(sha256, length, key);
            update(sha256, length, value);
        });
        return HexFormat.of().formatHex(sha256.digest());
    }

    private void put(Operation operation) {
        put(
                Arrays.copyOf(operation.key(), operation.keyLength()),
                Arrays.copyOf(operation.value(), operation.valueLength()));
    }

    private void put(byte[] key, byte[] value) {
        records.put(key, value);
    }

    private void compareAndSet(Operation operation) {
        byte[] stored = records.get(Arrays.copyOf(operation.key(), operation.keyLength()));
        long version = stored == null ? Operation.ABSENT_VERSION : KeyText.bigEndian(stored, 0);
        if (version == operation.expectedVersion()) {
            put(operation);
        } else {
            conflicts++;
        }
    }

    private void applyAll(Mutations mutations) {
        byte[] bytes = mutations.bytes();
        for (int i = 0; i < mutations.count(); i++) {
            byte[] key = slice(bytes, mutations.keyOffset(i), mutations.keyLength(i));
            if (mutations.isPut(i)) {
                put(key, slice(bytes, mutations.valueOffset(i), mutations.valueLength(i)));
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

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
