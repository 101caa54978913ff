package io.quorumark.engine.memory;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One keyspace: keys in unsigned order, each with its versions. One writer at a time (the engine's writer lock); any number of readers,
 * without locks.
 *
 * <p>A reader without a registered sequence may find its version already cut off: then it reads again at a newer sequence, which is as
 * good.
 */
final class VersionedMap {
    /** For walking. Keys are {@code byte[]}, looked up by those or by a {@link KeyProbe}. */
    private final ConcurrentSkipListMap<Object, Chain> ordered = new ConcurrentSkipListMap<>(KeyProbe.ORDER);
    /**
     * The same chains, for finding one key: in the ordered map that costs a dozen cache misses. Keys are the chains themselves, looked up
     * by a {@link KeyProbe}.
     */
    private final ConcurrentHashMap<Object, Chain> byKey = new ConcurrentHashMap<>();
    /** Deleted keys in the order of their deletion, to be taken out when no snapshot can see them. Writer only. */
    private final ArrayDeque<Deleted> deleted = new ArrayDeque<>();

    private final LongAdder liveBytes = new LongAdder();

    /** @param value null to delete */
    void write(KeyProbe key, byte @Nullable [] value, long sequence, long oldestInUse) {
        Chain chain = byKey.get(key);
        if (chain != null) {
            write(chain, value, sequence, oldestInUse);
        } else if (value != null) {
            Chain first = new Chain(key.copyOfBytes(), new Version(sequence, value));
            byKey.put(first, first);
            ordered.put(first.key, first);
            liveBytes.add(first.liveBytes());
        }
    }

    private void write(Chain chain, byte @Nullable [] value, long sequence, long oldestInUse) {
        int before = chain.liveBytes();
        chain.add(new Version(sequence, value), oldestInUse);
        liveBytes.add((long) chain.liveBytes() - before);
        if (value == null) {
            deleted.add(new Deleted(chain, sequence));
        }
    }

    void deleteRange(byte[] fromInclusive, byte[] toExclusive, long sequence, long oldestInUse) {
        if (Arrays.compareUnsigned(fromInclusive, toExclusive) >= 0) {
            return;
        }
        for (Chain chain :
                ordered.subMap(fromInclusive, true, toExclusive, false).values()) {
            if (chain.liveBytes() > 0) {
                write(chain, null, sequence, oldestInUse);
            }
        }
    }

    /** Takes out deleted keys that no reader at {@code oldestInUse} or later can see. */
    void removeDeleted(long oldestInUse) {
        Deleted next = deleted.peek();
        while (next != null && next.sequence <= oldestInUse) {
            deleted.remove();
            // A key that was written again since has a newer version and stays.
            Version newest = next.chain.newest();
            if (newest.sequence == next.sequence && newest.value == null) {
                byKey.remove(next.chain);
                ordered.remove(next.chain.key);
            }
            next = deleted.peek();
        }
    }

    /** The version that a reader at {@code sequence} sees; null if the key has none. */
    @Nullable
    Version read(KeyProbe key, long sequence) {
        Chain chain = byKey.get(key);
        return chain == null ? null : chain.at(sequence);
    }

    /**
     * Whether the newest version of a key is newer than {@code sequence}: then a {@code null} of {@link #read} may be one that was cut off.
     */
    boolean isNewer(KeyProbe key, long sequence) {
        Chain chain = byKey.get(key);
        return chain != null && chain.newest().sequence > sequence;
    }

    /** All chains, in order. */
    Iterator<Chain> fromFirst() {
        return ordered.values().iterator();
    }

    /** All chains, in reverse order. */
    Iterator<Chain> fromLast() {
        return ordered.descendingMap().values().iterator();
    }

    /** Those at or after a key or probe, in order. */
    Iterator<Chain> from(Object key, boolean inclusive) {
        return ordered.tailMap(stored(key), inclusive).values().iterator();
    }

    /** Those at or before a key or probe, in reverse order. */
    Iterator<Chain> downFrom(Object key, boolean inclusive) {
        return ordered.headMap(stored(key), inclusive).descendingMap().values().iterator();
    }

    /** A view keeps its bound, and a probe changes. */
    private static Object stored(Object key) {
        return key instanceof KeyProbe probe ? probe.copyOfBytes() : key;
    }

    /** Keys and values that are not deleted, in bytes. */
    long liveBytes() {
        return liveBytes.sum();
    }

    /** Keys, deleted ones that are still visible to a snapshot included. */
    long keys() {
        return ordered.size();
    }

    private static final class Deleted {
        final Chain chain;
        final long sequence;

        Deleted(Chain chain, long sequence) {
            this.chain = chain;
            this.sequence = sequence;
        }
    }
}
