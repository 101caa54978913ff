package io.quorumark.engine.memory;

/** Which key a walk goes to. */
enum Seek {
    /** The smallest. */
    FIRST,
    /** The smallest that is not smaller than a given one. */
    CEILING,
    /** The smallest that is larger than a given one. */
    HIGHER,
    /** The largest. */
    LAST,
    /** The largest that is not larger than a given one. */
    FLOOR,
    /** The largest that is smaller than a given one. */
    LOWER;

    /** Whether the walk goes on to larger keys if it must not stay there. */
    boolean isUpwards() {
        return this == FIRST || this == CEILING || this == HIGHER;
    }
}
