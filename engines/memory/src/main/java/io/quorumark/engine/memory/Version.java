package io.quorumark.engine.memory;

import org.jspecify.annotations.Nullable;

/** The value that a key has from a commit on. Null is a deletion. */
final class Version {
    final long sequence;
    final byte @Nullable [] value;
    /** What the key had before, where a pinned reader may still ask for it. */
    volatile @Nullable Version older;

    Version(long sequence, byte @Nullable [] value) {
        this.sequence = sequence;
        this.value = value;
    }
}
