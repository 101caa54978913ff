package io.quorumark.engine.tck.lies;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.NavigableMap;

/**
 * One change.
 *
 * @param kind P, D or R (put, delete, delete range)
 */
record ToyChange(char kind, int keyspace, ByteBuffer key, ByteBuffer value) {
    void applyTo(ToyState state, Lie lie) {
        NavigableMap<byte[], byte[]> map = state.maps().get(keyspace);
        byte[] first = bytes(key);
        byte[] second = bytes(value);
        switch (kind) {
            case 'P' ->
                map.put(
                        first,
                        lie == Lie.TRUNCATED_VALUE && second.length > 0xFFFF
                                ? java.util.Arrays.copyOf(second, 0xFFFF)
                                : second);
            case 'D' -> map.remove(first);
            default -> {
                if (java.util.Arrays.compareUnsigned(first, second) < 0) {
                    map.subMap(first, true, second, lie == Lie.INCLUSIVE_RANGE).clear();
                }
            }
        }
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }

    void writeTo(DataOutputStream out) throws IOException {
        out.writeChar(kind);
        out.writeInt(keyspace);
        for (ByteBuffer part : new ByteBuffer[] {key, value}) {
            byte[] bytes = bytes(part);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    static ToyChange readFrom(DataInputStream in) throws IOException {
        char kind = in.readChar();
        int keyspace = in.readInt();
        return new ToyChange(kind, keyspace, part(in), part(in));
    }

    private static ByteBuffer part(DataInputStream in) throws IOException {
        return ByteBuffer.wrap(in.readNBytes(in.readInt()));
    }
}
