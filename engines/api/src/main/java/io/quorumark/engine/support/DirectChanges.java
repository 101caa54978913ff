package io.quorumark.engine.support;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Changes one after the other in a direct buffer that grows; a subclass gives them to its library. For one thread at a time.
 *
 * <p>A change is, little-endian: kind (1 byte), ordinal of the keyspace (2), zero (1), length of the first part (4), length of the second
 * part (4), first part (key, or where a range begins), second part (value, where a range ends, or nothing). So
 * {@code quorumark_engine.h} has it too, for up to 256 keyspaces.
 */
public class DirectChanges {
    public static final byte PUT = 0;
    public static final byte DELETE = 1;
    public static final byte DELETE_RANGE = 2;

    /** Before the two parts. */
    public static final int HEADER_BYTES = 12;

    private static final int KEYSPACE_AT = 1;
    private static final int FIRST_LENGTH_AT = 4;
    private static final int SECOND_LENGTH_AT = 8;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private ByteBuffer bytes;
    private int length;

    /** @param capacity bytes at first */
    public DirectChanges(int capacity) {
        bytes = allocate(capacity);
    }

    private static ByteBuffer allocate(int capacity) {
        return ByteBuffer.allocateDirect(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }

    public final void put(int keyspace, ByteBuffer key, ByteBuffer value) {
        add(PUT, keyspace, key, value);
    }

    public final void delete(int keyspace, ByteBuffer key) {
        add(DELETE, keyspace, key, NOTHING);
    }

    public final void deleteRange(int keyspace, ByteBuffer fromInclusive, ByteBuffer toExclusive) {
        add(DELETE_RANGE, keyspace, fromInclusive, toExclusive);
    }

    private void add(byte kind, int keyspace, ByteBuffer first, ByteBuffer second) {
        int firstLength = first.remaining();
        int secondLength = second.remaining();
        makeRoom((long) length + HEADER_BYTES + firstLength + secondLength);
        bytes.putLong(length, ((long) firstLength << 32) | ((long) keyspace << 8) | kind);
        bytes.putInt(length + SECOND_LENGTH_AT, secondLength);
        int firstAt = length + HEADER_BYTES;
        bytes.put(firstAt, first, first.position(), firstLength);
        bytes.put(firstAt + firstLength, second, second.position(), secondLength);
        length = firstAt + firstLength + secondLength;
    }

    private void makeRoom(long wanted) {
        if (wanted <= bytes.capacity()) {
            return;
        }
        if (wanted > Integer.MAX_VALUE) {
            throw new IllegalStateException("the batch would have " + wanted + " bytes, expected at most "
                    + Integer.MAX_VALUE + "; commit and clear it before adding more");
        }
        ByteBuffer larger = allocate((int) Math.max(wanted, Math.min(Integer.MAX_VALUE, 2L * bytes.capacity())));
        larger.put(0, bytes, 0, length);
        bytes = larger;
    }

    /** The buffer, of which the first {@link #length} bytes are the changes; another one after it has grown. Not to be changed. */
    public final ByteBuffer bytes() {
        return bytes;
    }

    public final int length() {
        return length;
    }

    public final void clear() {
        length = 0;
    }

    /** Of the change that begins at byte {@code at}; so are the others. */
    public final byte kindAt(int at) {
        return bytes.get(at);
    }

    public final int keyspaceAt(int at) {
        return Short.toUnsignedInt(bytes.getShort(at + KEYSPACE_AT));
    }

    public final int firstLengthAt(int at) {
        return bytes.getInt(at + FIRST_LENGTH_AT);
    }

    public final int secondLengthAt(int at) {
        return bytes.getInt(at + SECOND_LENGTH_AT);
    }
}
