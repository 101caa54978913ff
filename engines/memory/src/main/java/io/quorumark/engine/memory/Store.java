package io.quorumark.engine.memory;

import io.quorumark.engine.EngineException;
import io.quorumark.engine.Reader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.locks.StampedLock;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All keyspaces, which commits change together. One writer at a time, which the engine sees to; any number of readers. A get looks without
 * a lock, and looks again, under the readers' lock, if a commit came between; walks and pins take the readers' lock for a moment each. So a
 * reader waits for no more than one commit, and a commit for no more than a step of each reader.
 */
final class Store {
    /** The sequence of a reader that wants the last commit, whichever that is. */
    static final long LATEST = Long.MAX_VALUE;

    /** What no get answers. */
    private static final int TORN = Integer.MIN_VALUE;

    private final StampedLock lock = new StampedLock();
    private final SequencesInUse sequences = new SequencesInUse();
    private final VersionedMap[] keyspaces;
    private final Apply changes;
    private final Path directory;
    /** Why a commit is half there; written under the lock. */
    private volatile @Nullable Throwable damage;

    /** @param directory of the engine, for messages */
    Store(Path directory, int keyspaceCount) {
        this.directory = directory;
        keyspaces = Stream.generate(() -> new VersionedMap(sequences))
                .limit(keyspaceCount)
                .toArray(VersionedMap[]::new);
        changes = new Apply(keyspaces);
    }

    int keyspaceCount() {
        return keyspaces.length;
    }

    /**
     * Makes the changes of one commit, which stand from one index up to another. Writer only.
     *
     * @throws IllegalArgumentException the bytes are no {@link Change}s. After this and whatever else is thrown some of them may be made,
     * and nothing is read or written any more
     */
    void apply(byte[] bytes, int from, int to, long sequence) {
        long stamp = lock.writeLock();
        try {
            changes.run(bytes, from, to, sequence);
            sequences.publish(sequence);
            for (VersionedMap keyspace : keyspaces) {
                keyspace.tidy();
            }
        } catch (RuntimeException | Error e) {
            damage = e;
            throw e;
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /** Why a commit failed half-way; null while all is well. */
    @Nullable
    Throwable damage() {
        return damage;
    }

    /** @throws EngineException.Io a commit failed half-way */
    void requireWhole() {
        Throwable cause = damage;
        if (cause != null) {
            throw MemoryErrors.halfApplied(directory, cause);
        }
    }

    /** Adds a record of a snapshot at {@code sequence}, which is published when all are there. Before anybody else knows this store. */
    void load(int keyspace, KeyProbe key, byte[] value, long sequence) {
        keyspaces[keyspace].put(key, value, 0, value.length, sequence);
    }

    /** Says which commit was the last one, before anybody else knows this store. */
    void publish(long sequence) {
        sequences.publish(sequence);
    }

    /** Pins the state as of now, and says which one that is. */
    long pin() {
        long stamp = lock.readLock();
        try {
            requireWhole();
            return sequences.pin();
        } finally {
            lock.unlockRead(stamp);
        }
    }

    void unpin(long sequence) {
        sequences.unpin(sequence);
    }

    /**
     * As in {@link Reader#get}.
     *
     * @param sequence pinned, or {@link #LATEST}
     */
    int get(int keyspace, KeyProbe key, long sequence, ByteBuffer target) {
        VersionedMap map = keyspaces[keyspace];
        long stamp = lock.tryOptimisticRead();
        int length = stamp == 0 ? TORN : beside(map, key, sequence, target);
        if (length == TORN || !lock.validate(stamp)) {
            stamp = lock.readLock();
            try {
                requireWhole();
                length = map.get(key, sequence, target);
            } finally {
                lock.unlockRead(stamp);
            }
        }
        if (length >= 0 && length <= target.remaining()) {
            target.position(target.position() + length);
        }
        return length;
    }

    /** What is read beside a writer may make no sense; whatever is thrown then, is thrown again under the lock if it is true. */
    private int beside(VersionedMap map, KeyProbe key, long sequence, ByteBuffer target) {
        try {
            return damage == null ? map.get(key, sequence, target) : TORN;
        } catch (RuntimeException torn) {
            return TORN;
        }
    }

    /** Whether a commit after {@code sequence}, which is pinned, has written the key. Writer only. */
    boolean isNewer(int keyspace, KeyProbe key, long sequence) {
        return keyspaces[keyspace].isNewer(key, sequence);
    }

    /** A walk over what a reader at a pinned sequence sees. */
    Walk walk(int keyspace, long sequence) {
        return new Walk(this, keyspaces[keyspace], lock, sequence);
    }

    /** Keys and values that are not deleted, in bytes. */
    long liveBytes() {
        return sum(VersionedMap::liveBytes);
    }

    /** Keys, deleted ones that are still visible to a snapshot included. */
    long keys() {
        return sum(VersionedMap::keys);
    }

    /** What all arrays take, in bytes. */
    long heldBytes() {
        return sum(VersionedMap::heldBytes);
    }

    private long sum(ToLongFunction<VersionedMap> figure) {
        long stamp = lock.readLock();
        try {
            return Stream.of(keyspaces).mapToLong(figure).sum();
        } finally {
            lock.unlockRead(stamp);
        }
    }
}
