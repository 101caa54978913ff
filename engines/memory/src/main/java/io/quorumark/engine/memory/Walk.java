package io.quorumark.engine.memory;

import java.util.concurrent.locks.StampedLock;

/**
 * Walks one keyspace at a pinned sequence, passing over what that sequence does not see, and copies the key and the value where it stops.
 * For one thread at a time.
 */
final class Walk {
    /** So many are passed over at once: then writers have their turn. */
    private static final int PASSED_AT_ONCE = 1_000;

    private static final int ON = 1;
    private static final int PASSING = 0;
    private static final int OFF = -1;

    private final Store store;
    private final VersionedMap map;
    private final StampedLock lock;
    private final long sequence;
    private final KeyProbe probe = new KeyProbe();
    private final CopiedBytes key = new CopiedBytes();
    private final CopiedBytes value = new CopiedBytes();
    /** Of that key, while the map has so many changes. */
    private long position;

    private long changes;

    /** @param lock of the map */
    Walk(Store store, VersionedMap map, StampedLock lock, long sequence) {
        this.store = store;
        this.map = map;
        this.lock = lock;
        this.sequence = sequence;
    }

    /**
     * Goes to a key.
     *
     * @param wanted what {@link Seek} calls a given one; anything for those without
     * @return false if there is none
     */
    boolean go(Seek seek, KeyProbe wanted) {
        return settle(seek.isUpwards(), step(seek, wanted));
    }

    /** Goes to the next larger key, or the next smaller one; to be called where the walk has stopped at a key. */
    boolean goOn(boolean upwards) {
        return settle(upwards, stepOn(upwards));
    }

    private boolean settle(boolean upwards, int firstOutcome) {
        int outcome = firstOutcome;
        while (outcome == PASSING) {
            outcome = stepOn(upwards);
        }
        return outcome == ON;
    }

    private int step(Seek seek, KeyProbe wanted) {
        long stamp = lock.readLock();
        try {
            store.requireWhole();
            return settleFrom(map.position(seek, wanted), seek.isUpwards());
        } finally {
            lock.unlockRead(stamp);
        }
    }

    private int stepOn(boolean upwards) {
        long stamp = lock.readLock();
        try {
            store.requireWhole();
            long next = changes == map.changes()
                    ? map.onwards(position, upwards)
                    : map.position(upwards ? Seek.HIGHER : Seek.LOWER, probe.at(key.bytes(), 0, key.length()));
            return settleFrom(next, upwards);
        } finally {
            lock.unlockRead(stamp);
        }
    }

    private int settleFrom(long first, boolean upwards) {
        long at = first;
        for (int passed = 1; at != SortedSlots.NONE; passed++) {
            long record = map.visibleAt(at, sequence);
            if (record != Segments.NONE || passed == PASSED_AT_ONCE) {
                map.copyKey(at, key);
                position = at;
                changes = map.changes();
                if (record == Segments.NONE) {
                    return PASSING;
                }
                map.copyValue(record, value);
                return ON;
            }
            at = map.onwards(at, upwards);
        }
        return OFF;
    }

    /** Where the walk has stopped. */
    CopiedBytes key() {
        return key;
    }

    /** Where the walk has stopped. */
    CopiedBytes value() {
        return value;
    }
}
