package io.quorumark.engine.memory;

import io.quorumark.engine.Reader;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Bytes in and out of buffers, without moving what is only read. */
final class Bytes {
    private Bytes() {}

    static byte[] copy(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }

    /** Puts a value where it fits; what {@link Reader#get} returns. */
    static int give(byte @Nullable [] value, ByteBuffer target) {
        if (value == null) {
            return Reader.NOT_FOUND;
        }
        if (value.length <= target.remaining()) {
            target.put(value);
        }
        return value.length;
    }
}
