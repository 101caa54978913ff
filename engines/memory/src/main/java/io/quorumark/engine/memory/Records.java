package io.quorumark.engine.memory;

import java.nio.ByteBuffer;

/**
 * What keys have from a commit on, as blocks of {@link Segments}: the key's slot (4 bytes), the commit's sequence (8), the address of the
 * record that this one replaced, where a pinned reader may still ask for it (8), the key's length, negated bit by bit in a deletion (4),
 * key, value. Threads as there.
 */
final class Records {
    private static final int SEQUENCE = Integer.BYTES;
    private static final int OLDER = SEQUENCE + Long.BYTES;
    private static final int KEY_LENGTH = OLDER + Long.BYTES;
    private static final int KEY = KEY_LENGTH + Integer.BYTES;

    private final Segments segments = new Segments();

    /** @return the address of the new record */
    long append(int slot, long sequence, long older, KeyProbe key, byte[] value, int from, int to) {
        long address = appendKey(slot, sequence, older, key, key.length(), to - from);
        System.arraycopy(
                value, from, segments.bytes(address), Segments.offset(address) + KEY + key.length(), to - from);
        return address;
    }

    /** @return the address of the new record */
    long appendDeletion(int slot, long sequence, long older, KeyProbe key) {
        return appendKey(slot, sequence, older, key, ~key.length(), 0);
    }

    private long appendKey(int slot, long sequence, long older, KeyProbe key, int codedLength, int valueLength) {
        long address = segments.allocate(KEY + key.length() + valueLength);
        byte[] bytes = segments.bytes(address);
        int at = Segments.offset(address);
        Ints.write(bytes, at, slot);
        Ints.writeLong(bytes, at + SEQUENCE, sequence);
        Ints.writeLong(bytes, at + OLDER, older);
        Ints.write(bytes, at + KEY_LENGTH, codedLength);
        key.copyTo(bytes, at + KEY);
        return address;
    }

    /** @return the address of a copy of the record */
    long copy(long address) {
        int length = segments.length(address);
        long copy = segments.allocate(length);
        System.arraycopy(
                segments.bytes(address), Segments.offset(address), segments.bytes(copy), Segments.offset(copy), length);
        return copy;
    }

    void release(long address) {
        segments.release(address);
    }

    /** As in {@link Segments#nextToSweep}. */
    long nextToSweep() {
        return segments.nextToSweep();
    }

    int slot(long address) {
        return Ints.read(segments.bytes(address), Segments.offset(address));
    }

    long sequence(long address) {
        return Ints.readLong(segments.bytes(address), Segments.offset(address) + SEQUENCE);
    }

    /** The record that this one replaced; {@link Segments#NONE} if nobody asks for it. */
    long older(long address) {
        return Ints.readLong(segments.bytes(address), Segments.offset(address) + OLDER);
    }

    void setOlder(long address, long older) {
        Ints.writeLong(segments.bytes(address), Segments.offset(address) + OLDER, older);
    }

    boolean isDeletion(long address) {
        return codedKeyLength(address) < 0;
    }

    private int codedKeyLength(long address) {
        return Ints.read(segments.bytes(address), Segments.offset(address) + KEY_LENGTH);
    }

    private int keyLength(long address) {
        int coded = codedKeyLength(address);
        return coded < 0 ? ~coded : coded;
    }

    private int valueLength(long address) {
        return segments.length(address) - KEY - keyLength(address);
    }

    /** What the record takes, in bytes. */
    int length(long address) {
        return segments.length(address);
    }

    /** Key and value, in bytes; 0 of a deletion. */
    int contentBytes(long address) {
        return isDeletion(address) ? 0 : segments.length(address) - KEY;
    }

    /** The probe, at the record's key. Valid until the record is released. */
    KeyProbe key(long address, KeyProbe probe) {
        int from = Segments.offset(address) + KEY;
        return probe.at(segments.bytes(address), from, from + keyLength(address));
    }

    boolean hasKey(long address, KeyProbe key) {
        int from = Segments.offset(address) + KEY;
        return key.equalsBytes(segments.bytes(address), from, from + keyLength(address));
    }

    /** The key's order relative to the record's. */
    int compare(KeyProbe key, long address) {
        int from = Segments.offset(address) + KEY;
        return key.compareTo(segments.bytes(address), from, from + keyLength(address));
    }

    /** Copies the value to the buffer's position, which stays, if there is room for it; answers its length. */
    int give(long address, ByteBuffer target) {
        int length = valueLength(address);
        if (length <= target.remaining()) {
            int from = Segments.offset(address) + KEY + keyLength(address);
            target.put(target.position(), segments.bytes(address), from, length);
        }
        return length;
    }

    void copyKey(long address, CopiedBytes target) {
        target.set(segments.bytes(address), Segments.offset(address) + KEY, keyLength(address));
    }

    void copyValue(long address, CopiedBytes target) {
        int from = Segments.offset(address) + KEY + keyLength(address);
        target.set(segments.bytes(address), from, valueLength(address));
    }

    /** Of all arrays, in bytes. */
    long heldBytes() {
        return segments.heldBytes();
    }
}
