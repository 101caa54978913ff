package io.quorumark.workload;

import java.util.Arrays;

/**
 * The puts and deletes of one {@link OperationKind#BATCH}, in order. Keys and values are slices of one growing array, so that a list that
 * is cleared and filled again allocates nothing once it has seen its largest batch. Not thread-safe.
 */
public final class Mutations {
    private static final int FIELDS = 4;
    private static final int DELETED = -1;

    private byte[] bytes = new byte[256];
    private int used;
    /** For each mutation: key offset, key length, value offset, value length or {@link #DELETED}. */
    private int[] slices = new int[4 * FIELDS];

    private int count;

    /** How many mutations there are. */
    public int count() {
        return count;
    }

    /** The array that holds all slices. Borrowed: valid until the next mutation is added or the list is cleared. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many bytes all keys and values have together. */
    public int totalBytes() {
        return used;
    }

    /** Whether mutation {@code index} is a put; otherwise it is a delete. */
    public boolean isPut(int index) {
        return slices[base(index) + 3] != DELETED;
    }

    public int keyOffset(int index) {
        return slices[base(index)];
    }

    public int keyLength(int index) {
        return slices[base(index) + 1];
    }

    public int valueOffset(int index) {
        return slices[base(index) + 2];
    }

    /** The length of a put's value in bytes; 0 for a delete. */
    public int valueLength(int index) {
        return Math.max(0, slices[base(index) + 3]);
    }

    /** Forgets the mutations and keeps the memory. */
    public void clear() {
        count = 0;
        used = 0;
    }

    /** Adds a put, copying both arrays' first bytes. */
    public void put(byte[] key, int keyLength, byte[] value, int valueLength) {
        add(key, keyLength, value, valueLength);
    }

    /** Adds a delete, copying the key's first bytes. */
    public void delete(byte[] key, int keyLength) {
        add(key, keyLength, key, DELETED);
    }

    private void add(byte[] key, int keyLength, byte[] value, int valueLength) {
        int valueBytes = Math.max(0, valueLength);
        int needed = Math.addExact(used, Math.addExact(keyLength, valueBytes));
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
        }
        int slice = count * FIELDS;
        if (slice == slices.length) {
            slices = Arrays.copyOf(slices, 2 * slices.length);
        }
        slices[slice] = used;
        slices[slice + 1] = keyLength;
        slices[slice + 2] = used + keyLength;
        slices[slice + 3] = valueLength;
        System.arraycopy(key, 0, bytes, used, keyLength);
        System.arraycopy(value, 0, bytes, used + keyLength, valueBytes);
        used = needed;
        count++;
    }

    private int base(int index) {
        if (index < 0 || index >= count) {
            throw new IndexOutOfBoundsException("mutation " + index + " of " + count);
        }
        return index * FIELDS;
    }
}
