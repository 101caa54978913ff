package io.quorumark.engine.bridge;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/** A little-endian direct buffer that grows, with its address. Its content is lost when it grows. For one thread at a time. */
final class DirectMemory {
    private ByteBuffer bytes;
    private long address;

    DirectMemory(int capacity) {
        this.bytes = allocate(capacity);
        this.address = addressOf(bytes);
    }

    private static ByteBuffer allocate(int capacity) {
        return ByteBuffer.allocateDirect(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }

    static long addressOf(ByteBuffer direct) {
        return Pointer.wrap(Runtime.getSystemRuntime(), direct).address();
    }

    ByteBuffer bytes() {
        return bytes;
    }

    long address() {
        return address;
    }

    int capacity() {
        return bytes.capacity();
    }

    /** Whether it had to be replaced. */
    boolean grow(long wanted) {
        if (wanted <= bytes.capacity()) {
            return false;
        }
        bytes = allocate(larger(wanted));
        address = addressOf(bytes);
        return true;
    }

    private int larger(long wanted) {
        if (wanted > Integer.MAX_VALUE) {
            throw new IllegalStateException("a buffer of " + wanted + " bytes is wanted, expected at most "
                    + Integer.MAX_VALUE + "; read or write less at once");
        }
        return (int) Math.max(wanted, Math.min(Integer.MAX_VALUE, 2L * bytes.capacity()));
    }
}
