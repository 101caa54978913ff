package io.quorumark.engine.memory;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The versions of one key: the newest, the one before it for readers who do not see the newest yet, and behind that one whatever pinned
 * readers may still ask for. One writer at a time; any number of readers, without locks. Equal to chains of the same key.
 *
 * <p>What the writer asks of the newest version stands here as well, so that it need not touch the version that it replaces: that one is
 * seldom in a processor's cache.
 */
final class Chain {
    final byte[] key;
    private final int hash;
    /** Of the newest version. Writer only. */
    private long newestSequence;
    /** Of key and newest version; 0 if that is a deletion. Writer only. */
    private int liveBytes;

    private volatile Version newest;
    private volatile @Nullable Version previous;

    Chain(byte[] key, Version first) {
        this.key = key;
        hash = KeyProbe.hash(key, 0, key.length);
        newest = first;
        newestSequence = first.sequence;
        liveBytes = liveBytes(first);
    }

    private int liveBytes(Version version) {
        return version.value == null ? 0 : key.length + version.value.length;
    }

    /** Of key and newest version, in bytes; 0 if that is a deletion. Writer only. */
    int liveBytes() {
        return liveBytes;
    }

    Version newest() {
        return newest;
    }

    /** The newest version that a reader at {@code sequence} may see; null if the chain does not reach so far back. */
    @Nullable
    Version at(long sequence) {
        Version current = newest;
        if (current.sequence <= sequence) {
            return current;
        }
        Version older = previous;
        while (older != null && older.sequence > sequence) {
            older = older.older;
        }
        return older;
    }

    /**
     * Puts a version before the newest. Writer only.
     *
     * @param oldestInUse no reader that matters asks for anything older
     */
    void add(Version version, long oldestInUse) {
        Version replaced = newest;
        if (oldestInUse < newestSequence) {
            replaced.older = previous;
            cut(replaced, oldestInUse);
        }
        // a reader that found the newest too new looks here next: it must find this one, with all that it needs behind
        // it, before there is a newer one
        previous = replaced;
        newest = version;
        newestSequence = version.sequence;
        liveBytes = liveBytes(version);
    }

    /** Drops what is older than the newest version that a reader at {@code oldestInUse} sees. */
    private static void cut(Version from, long oldestInUse) {
        Version seen = from;
        while (seen != null && seen.sequence > oldestInUse) {
            seen = seen.older;
        }
        if (seen != null) {
            seen.older = null;
        }
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Chain chain && hash == chain.hash && Arrays.equals(key, chain.key);
    }
}
