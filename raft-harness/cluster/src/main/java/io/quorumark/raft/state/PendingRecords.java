package io.quorumark.raft.state;

import io.quorumark.raft.command.DecimalNumber;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The records that the changes of an uncommitted batch will leave, by key: what a later command of the same batch must see although no
 * reader shows it yet. An
 * open-addressing table over one byte array; allocates only to grow. Values are not copied: their bytes must stay as they are until
 * {@link #clear}. For one thread.
 */
final class PendingRecords {
    /** What {@link #find} gives if the batch does not touch the key. */
    static final int UNTOUCHED = -1;

    private static final int FIRST_SLOTS = 256;
    private static final int FIRST_KEY_BYTES = 8192;

    /** What an entry holds. */
    private static final byte NOTHING = 0;

    private static final byte VALUE = 1;
    private static final byte NUMBER = 2;

    private int[] entryBySlot = new int[FIRST_SLOTS];
    private int[] keyOffsets = new int[FIRST_SLOTS + 1];
    private byte[] kinds = new byte[FIRST_SLOTS];
    private long[] numbers = new long[FIRST_SLOTS];
    private @Nullable ByteBuffer[] values = new @Nullable ByteBuffer[FIRST_SLOTS];
    private byte[] keys = new byte[FIRST_KEY_BYTES];
    private int count;

    PendingRecords() {
        Arrays.fill(entryBySlot, UNTOUCHED);
    }

    /** The entry of {@code key}, whose position and limit are left as they are, or {@link #UNTOUCHED}. */
    int find(ByteBuffer key) {
        return entryBySlot[slotOf(key)];
    }

    boolean isNumber(int entry) {
        return kinds[entry] == NUMBER;
    }

    /** @param entry {@link #isNumber} */
    long number(int entry) {
        return numbers[entry];
    }

    /**
     * The entry's value, whose position and limit must be left as they are; null if the record is absent.
     *
     * @param numberText is given, with the number in it, if the value is one
     */
    @Nullable
    ByteBuffer value(int entry, ByteBuffer numberText) {
        if (kinds[entry] == NUMBER) {
            DecimalNumber.format(numbers[entry], numberText);
            return numberText;
        }
        return values[entry];
    }

    void putAbsent(ByteBuffer key) {
        set(key, NOTHING, 0, null);
    }

    void putValue(ByteBuffer key, ByteBuffer value) {
        set(key, VALUE, 0, value);
    }

    void putNumber(ByteBuffer key, long number) {
        set(key, NUMBER, number, null);
    }

    private void set(ByteBuffer key, byte kind, long number, @Nullable ByteBuffer value) {
        int entry = findOrAdd(key);
        kinds[entry] = kind;
        numbers[entry] = number;
        values[entry] = value;
    }

    private int findOrAdd(ByteBuffer key) {
        int slot = slotOf(key);
        if (entryBySlot[slot] != UNTOUCHED) {
            return entryBySlot[slot];
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
        entryBySlot[slot] = count;
        return count++;
    }

    void clear() {
        if (count > 0) {
            Arrays.fill(values, 0, count, null);
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
        int slots = 2 * entryBySlot.length;
        entryBySlot = new int[slots];
        keyOffsets = Arrays.copyOf(keyOffsets, slots + 1);
        kinds = Arrays.copyOf(kinds, slots);
        numbers = Arrays.copyOf(numbers, slots);
        values = Arrays.copyOf(values, slots);
        Arrays.fill(entryBySlot, UNTOUCHED);
        for (int entry = 0; entry < count; entry++) {
            ByteBuffer key = ByteBuffer.wrap(keys, keyOffsets[entry], keyOffsets[entry + 1] - keyOffsets[entry]);
            entryBySlot[slotOf(key)] = entry;
        }
    }
}
