package io.quorumark.engine.memory;

import org.jspecify.annotations.Nullable;

/** The value that a key has from a commit on. Null is a deletion. */
final class Version {
    final long sequence;
    final byte @Nullable [] value;
    /** What the key had before; cut off when nobody can ask for it any more. */
    volatile @Nullable Version older;

    Version(long sequence, byte @Nullable [] value, @Nullable Version older) {
        this.sequence = sequence;
        this.value = value;
        this.older = older;
    }

    /** The newest version that a reader at {@code sequence} may see; null where the chain does not reach so far back. */
    static @Nullable Version at(@Nullable Version newest, long sequence) {
        Version version = newest;
        while (version != null && version.sequence > sequence) {
            version = version.older;
        }
        return version;
    }
}
