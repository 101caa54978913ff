package io.quorumark.raft.state;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The versions that the changes of an uncommitted batch will leave, by key: what a compare-and-set must see although no reader shows it yet. An open-addressing
 * table over one byte array; allocates only to grow. For one thread.
 */
final class PendingVersions {
    /** What {@link #find} gives where the batch does not touch the key. */
    static final int UNTOUCHED = -1;

    private static final int FIRST_SLOTS = 256;
    private static final int FIRST_KEY_BYTES = 8192;

    private int[] entryBySlot = new int[FIRST_SLOTS];
    private int[] keyOffsets = new int[FIRST_SLOTS + 1];
    private long[] versions = new long[FIRST_SLOTS];
    private byte[] keys = new byte[FIRST_KEY_BYTES];
    private int count;

    PendingVersions() {
        Arrays.fill(entryBySlot, UNTOUCHED);
    }

    /** The entry of {@code key}, whose position and limit are left as they are, or {@link #UNTOUCHED}. */
    int find(ByteBuffer key) {
        return entryBySlot[slotOf(key)];
    }

    long version(int entry) {
        return versions[entry];
    }

    void put(ByteBuffer key, long version) {
        int slot = slotOf(key);
        if (entryBySlot[slot] != UNTOUCHED) {
            versions[entryBySlot[slot]] = version;
            return;
        }
        if (2 * (count + 1) > entryBySlot.length) {
            growTable();
            slot = slotOf(key);
        }
        int start = keyOffsets[count];
        int end = start + key.remaining();
        if (end > keys.length) {
            keys = Arrays.copyOf(keys, Math.max(end, 2 * keys.length));
        }
        key.get(key.position(), keys, start, key.remaining());
        keyOffsets[count + 1] = end;
        versions[count] = version;
        entryBySlot[slot] = count++;
    }

    void clear() {
        if (count > 0) {
            count = 0;
            Arrays.fill(entryBySlot, UNTOUCHED);
        }
    }

    private int slotOf(ByteBuffer key) {
        int mask = entryBySlot.length - 1;
        int slot = hash(key) & mask;
        while (entryBySlot[slot] != UNTOUCHED && !sameKey(entryBySlot[slot], key)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private boolean sameKey(int entry, ByteBuffer key) {
        int start = keyOffsets[entry];
        int length = keyOffsets[entry + 1] - start;
        if (length != key.remaining()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (keys[start + i] != key.get(key.position() + i)) {
                return false;
            }
        }
        return true;
    }

    private static int hash(ByteBuffer key) {
        int hash = 1;
        for (int i = key.position(); i < key.limit(); i++) {
            hash = 31 * hash + key.get(i);
        }
        return hash ^ (hash >>> 16);
    }

    private void growTable() {
        int[] old = entryBySlot;
        entryBySlot = new int[2 * old.length];
        keyOffsets = Arrays.copyOf(keyOffsets, entryBySlot.length + 1);
        versions = Arrays.copyOf(versions, entryBySlot.length);
        Arrays.fill(entryBySlot, UNTOUCHED);
        for (int entry = 0; entry < count; entry++) {
            ByteBuffer key = ByteBuffer.wrap(keys, keyOffsets[entry], keyOffsets[entry + 1] - keyOffsets[entry]);
            entryBySlot[slotOf(key)] = entry;
        }
    }
}
