package io.quorumark.engine.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Big-endian numbers in byte arrays. */
final class Ints {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Ints() {}

    static int read(byte[] bytes, int offset) {
        return (int) INTS.get(bytes, offset);
    }

    static void write(byte[] bytes, int offset, int value) {
        INTS.set(bytes, offset, value);
    }

    static long readLong(byte[] bytes, int offset) {
        return (long) LONGS.get(bytes, offset);
    }

    static void writeLong(byte[] bytes, int offset, long value) {
        LONGS.set(bytes, offset, value);
    }
}
