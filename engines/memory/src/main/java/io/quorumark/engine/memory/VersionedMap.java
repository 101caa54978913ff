package io.quorumark.engine.memory;

import io.quorumark.engine.Reader;
import java.nio.ByteBuffer;

/**
 * One keyspace: keys in unsigned order, each with its newest record and behind that what pinned readers may still ask for. No object
 * belongs to a key or a record: they are numbers in large arrays.
 *
 * <p>Nothing here is guarded: {@link Store} lets one writer in at a time, and readers beside it as it says.
 */
final class VersionedMap {
    /** Every commit looks at so many retired slots, and at four more for each record that it wrote. */
    private static final int LEAST_LOOKED_AT = 16;
    /** Every commit sweeps so many bytes where that is due, and four more for each byte that it wrote. */
    private static final int LEAST_SWEPT_BYTES = 4 << 10;

    private static final int SHARE = 4;

    private final SequencesInUse pins;
    private final Records records = new Records();
    private final SlotTable slots = new SlotTable();
    private final SortedSlots order = new SortedSlots((key, slot) -> records.compare(key, slots.address(slot)));
    private final Retired retired = new Retired();
    /** At keys of records. Writer only. */
    private final KeyProbe stored = new KeyProbe();

    private long liveBytes;
    /** Since the last {@link #tidy}. */
    private int writtenRecords;

    private long writtenBytes;

    VersionedMap(SequencesInUse pins) {
        this.pins = pins;
    }

    /** Writes a value, the bytes of the array from one index up to another. Writer only. */
    void put(KeyProbe key, byte[] value, int from, int to, long sequence) {
        int hash = key.hash();
        int slot = find(key, hash);
        if (slot == SlotTable.NONE) {
            slot = slots.add(hash);
            wrote(slot, records.append(slot, sequence, Segments.NONE, key, value, from, to));
            order.add(key, slot);
        } else {
            long replaced = slots.address(slot);
            boolean seen = isSeen(replaced);
            long older = seen ? replaced : records.older(replaced);
            wrote(slot, records.append(slot, sequence, older, key, value, from, to));
            if (seen) {
                retired.add(sequence, slot);
            }
            drop(replaced, seen);
        }
    }

    /** Writer only. */
    void delete(KeyProbe key, long sequence) {
        int slot = find(key, key.hash());
        if (slot == SlotTable.NONE) {
            return;
        }
        if (pins.isAny()) {
            hideKey(slot, sequence);
        } else {
            remove(slot, order.ceiling(key));
        }
    }

    /** Does nothing if the range is empty or reversed. Writer only. */
    void deleteRange(KeyProbe fromInclusive, KeyProbe toExclusive, long sequence) {
        boolean pinned = pins.isAny();
        long position = order.ceiling(fromInclusive);
        while (position != SortedSlots.NONE) {
            int slot = order.slot(position);
            if (records.compare(toExclusive, slots.address(slot)) <= 0) {
                return;
            }
            if (pinned) {
                hideKey(slot, sequence);
                position = order.after(position);
            } else {
                position = remove(slot, position);
            }
        }
    }

    /** Deletes a key that a pinned reader may see. */
    private void hideKey(int slot, long sequence) {
        long replaced = slots.address(slot);
        if (records.isDeletion(replaced)) {
            return;
        }
        boolean seen = isSeen(replaced);
        long older = seen ? replaced : records.older(replaced);
        wrote(slot, records.appendDeletion(slot, sequence, older, records.key(replaced, stored)));
        retired.add(sequence, slot);
        drop(replaced, seen);
    }

    /** Whether a reader is pinned at which a record that is the newest of its key must be found. */
    private boolean isSeen(long newest) {
        return pins.newest() >= records.sequence(newest);
    }

    private void wrote(int slot, long address) {
        slots.setAddress(slot, address);
        liveBytes += records.contentBytes(address);
        writtenRecords++;
        writtenBytes += records.length(address);
    }

    /** Of a record that is not the newest any more. */
    private void drop(long replaced, boolean seen) {
        liveBytes -= records.contentBytes(replaced);
        if (!seen) {
            records.release(replaced);
        }
    }

    /** Forgets a key; answers the position behind it. */
    private long remove(int slot, long position) {
        long next = order.remove(position);
        long newest = slots.address(slot);
        liveBytes -= records.contentBytes(newest);
        slots.remove(slot);
        releaseFrom(newest);
        return next;
    }

    private void releaseFrom(long newest) {
        long address = newest;
        while (address != Segments.NONE) {
            long older = records.older(address);
            records.release(address);
            address = older;
        }
    }

    /** Forgets some of what no reader sees any more, moves some of what lies scattered: in proportion to what was written. Writer only. */
    void tidy() {
        long oldest = pins.oldest();
        for (int left = LEAST_LOOKED_AT + SHARE * writtenRecords; left > 0 && retired.isDue(oldest); left--) {
            forgetUnseen(retired.take(), oldest);
        }
        long left = LEAST_SWEPT_BYTES + SHARE * writtenBytes;
        while (left > 0) {
            long address = records.nextToSweep();
            if (address == Segments.NONE) {
                break;
            }
            left -= records.length(address);
            moveIfInUse(address);
        }
        writtenRecords = 0;
        writtenBytes = 0;
    }

    /** Whatever the slot is used for by now: what is forgotten is what nobody asks for. */
    private void forgetUnseen(int slot, long oldest) {
        long address = slots.address(slot);
        if (address == Segments.NONE) {
            return;
        }
        if (records.isDeletion(address) && records.sequence(address) <= oldest) {
            remove(slot, order.ceiling(records.key(address, stored)));
            return;
        }
        while (address != Segments.NONE && records.sequence(address) > oldest) {
            address = records.older(address);
        }
        if (address != Segments.NONE) {
            releaseFrom(records.older(address));
            records.setOlder(address, Segments.NONE);
        }
    }

    private void moveIfInUse(long address) {
        int slot = records.slot(address);
        long newer = Segments.NONE;
        long at = slots.address(slot);
        while (at != address && at != Segments.NONE) {
            newer = at;
            at = records.older(at);
        }
        if (at == Segments.NONE) {
            return;
        }
        long copy = records.copy(address);
        if (newer == Segments.NONE) {
            slots.setAddress(slot, copy);
        } else {
            records.setOlder(newer, copy);
        }
        records.release(address);
    }

    /**
     * What {@link Reader#get} answers to a reader at {@code sequence}; the value is copied to the buffer's position, which stays, if there
     * is room for it. Beside a writer it may answer anything or throw.
     */
    int get(KeyProbe key, long sequence, ByteBuffer target) {
        int slot = find(key, key.hash());
        long address = slot == SlotTable.NONE ? Segments.NONE : visible(slot, sequence);
        return address == Segments.NONE ? Reader.NOT_FOUND : records.give(address, target);
    }

    /** Whether a commit after {@code sequence} has written the key, as far as a reader is pinned at that. Writer only. */
    boolean isNewer(KeyProbe key, long sequence) {
        int slot = find(key, key.hash());
        return slot != SlotTable.NONE && records.sequence(slots.address(slot)) > sequence;
    }

    private int find(KeyProbe key, int hash) {
        int slot = slots.first(hash);
        while (slot != SlotTable.NONE && !(slots.hash(slot) == hash && records.hasKey(slots.address(slot), key))) {
            slot = slots.next(slot);
        }
        return slot;
    }

    /** The record that a reader at {@code sequence} sees; {@link Segments#NONE} if the key is not there for it. */
    private long visible(int slot, long sequence) {
        long address = slots.address(slot);
        long written = records.sequence(address);
        while (written > sequence) {
            address = records.older(address);
            if (address == Segments.NONE) {
                return Segments.NONE;
            }
            long before = written;
            written = records.sequence(address);
            if (written >= before) { // as a reader beside the writer may see it, who must not go round in circles
                throw new IllegalStateException("commit " + before + " of a key replaced commit " + written);
            }
        }
        return records.isDeletion(address) ? Segments.NONE : address;
    }

    /** The record at a position that a reader at {@code sequence} sees; {@link Segments#NONE} if the key is not there for it. */
    long visibleAt(long position, long sequence) {
        return visible(order.slot(position), sequence);
    }

    /** The position that {@code seek} asks for, on which {@code key} may bear; {@link SortedSlots#NONE} if there is none. */
    long position(Seek seek, KeyProbe key) {
        return switch (seek) {
            case FIRST -> order.first();
            case CEILING -> order.ceiling(key);
            case HIGHER -> order.higher(key);
            case LAST -> order.last();
            case FLOOR -> order.floor(key);
            case LOWER -> order.lower(key);
        };
    }

    /** The position behind or before another one. */
    long onwards(long position, boolean upwards) {
        return upwards ? order.after(position) : order.before(position);
    }

    /** How often keys were added or removed: positions hold as long as this stays. */
    long changes() {
        return order.changes();
    }

    void copyKey(long position, CopiedBytes target) {
        records.copyKey(slots.address(order.slot(position)), target);
    }

    /** @param address of a record that is no deletion */
    void copyValue(long address, CopiedBytes target) {
        records.copyValue(address, target);
    }

    /** Keys and values that are not deleted, in bytes. */
    long liveBytes() {
        return liveBytes;
    }

    /** Keys, deleted ones that are still visible to a snapshot included. */
    int keys() {
        return slots.keys();
    }

    /** What all arrays take, in bytes. */
    long heldBytes() {
        return records.heldBytes() + slots.heldBytes() + order.heldBytes();
    }
}
