package io.quorumark.engine.support;

import java.nio.ByteBuffer;

/**
 * Keys for libraries that take arrays of exactly the key's length: the same array again while lengths stay the same, so that a lookup
 * allocates nothing. For one thread at a time.
 */
public final class KeyScratch {
    private byte[] bytes = new byte[0];

    /** The bytes between the buffer's position and limit; valid until the next call, to be read only. */
    public byte[] of(ByteBuffer key) {
        int length = key.remaining();
        if (bytes.length != length) {
            bytes = new byte[length];
        }
        key.get(key.position(), bytes);
        return bytes;
    }
}
