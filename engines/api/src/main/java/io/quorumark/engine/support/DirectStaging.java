package io.quorumark.engine.support;

import java.nio.ByteBuffer;

/**
 * One handle's direct memory, through which heap buffers pass to a library that takes addresses, or that is fastest with direct buffers.
 * Taken when first needed, grows to the largest key and value it has met. For one thread at a time.
 */
public final class DirectStaging {
    private static final int FIRST_BYTES = 512;
    private static final ByteBuffer NONE_YET = ByteBuffer.allocateDirect(0);

    private ByteBuffer key = NONE_YET;
    private ByteBuffer value = NONE_YET;

    /** {@code source} itself if it is direct, else a copy that is valid until the next call. */
    public ByteBuffer key(ByteBuffer source) {
        if (source.isDirect()) {
            return source;
        }
        key = withRoomFor(key, source.remaining());
        return copy(source, key);
    }

    /** Like {@link #key}, for a value. */
    public ByteBuffer value(ByteBuffer source) {
        if (source.isDirect()) {
            return source;
        }
        value = withRoomFor(value, source.remaining());
        return copy(source, value);
    }

    /** Memory for a value that is read, empty, with at least {@code bytes} of room. */
    public ByteBuffer room(int bytes) {
        value = withRoomFor(value, bytes);
        return value.clear();
    }

    /** {@code buffer}, or a larger one in its place. */
    public static ByteBuffer withRoomFor(ByteBuffer buffer, int bytes) {
        if (buffer.capacity() >= bytes) {
            return buffer;
        }
        int doubled = (int) Math.min(Integer.MAX_VALUE, 2L * buffer.capacity());
        return ByteBuffer.allocateDirect(Math.max(FIRST_BYTES, Math.max(bytes, doubled)));
    }

    private static ByteBuffer copy(ByteBuffer source, ByteBuffer direct) {
        int length = source.remaining();
        direct.clear();
        direct.put(0, source, source.position(), length);
        return direct.limit(length);
    }
}
