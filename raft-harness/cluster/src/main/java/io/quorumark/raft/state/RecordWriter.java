package io.quorumark.raft.state;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Encodes records as length, key, length, value (lengths: 4 bytes, big-endian) and hands them on in large pieces. For one thread. */
public final class RecordWriter {
    private static final int BUFFER_BYTES = 1 << 20;

    /** Takes the bytes between a buffer's position and limit, all of them. */
    public interface Sink {
        void take(ByteBuffer bytes) throws IOException;
    }

    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private final Sink sink;

    public RecordWriter(Sink sink) {
        this.sink = sink;
    }

    /** Writes one record; the buffers are left as they are. */
    public void write(ByteBuffer key, ByteBuffer value) throws IOException {
        writeSized(key);
        writeSized(value);
    }

    void writeInt(int number) throws IOException {
        room(Integer.BYTES);
        buffer.putInt(number);
    }

    void writeLong(long number) throws IOException {
        room(Long.BYTES);
        buffer.putLong(number);
    }

    private void writeSized(ByteBuffer bytes) throws IOException {
        writeInt(bytes.remaining());
        if (bytes.remaining() > BUFFER_BYTES) {
            flush();
            sink.take(bytes.duplicate());
            return;
        }
        room(bytes.remaining());
        buffer.put(buffer.position(), bytes, bytes.position(), bytes.remaining());
        buffer.position(buffer.position() + bytes.remaining());
    }

    private void room(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            flush();
        }
    }

    /** Hands on what was held back. */
    public void flush() throws IOException {
        sink.take(buffer.flip());
        buffer.clear();
    }
}
