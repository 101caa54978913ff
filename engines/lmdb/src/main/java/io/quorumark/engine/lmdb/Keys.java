package io.quorumark.engine.lmdb;

import java.nio.ByteBuffer;

/** How keys compare: as unsigned bytes, a prefix before what it begins. */
final class Keys {
    private Keys() {}

    /** Negative, zero or positive, as {@code a} comes before, is or comes after {@code b}. */
    static int compare(ByteBuffer a, ByteBuffer b) {
        int at = a.mismatch(b);
        if (at < 0) {
            return 0;
        }
        if (at == a.remaining() || at == b.remaining()) {
            return a.remaining() - b.remaining();
        }
        return Byte.compareUnsigned(a.get(a.position() + at), b.get(b.position() + at));
    }
}
