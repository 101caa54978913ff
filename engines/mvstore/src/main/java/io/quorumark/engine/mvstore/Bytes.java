package io.quorumark.engine.mvstore;

import java.nio.ByteBuffer;

/** Copies out of the SPI's buffers: MVStore takes arrays of exact length. */
final class Bytes {
    private Bytes() {}

    /** The buffer's bytes, copied; the buffer is left as it is. */
    static byte[] copyOf(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }
}
