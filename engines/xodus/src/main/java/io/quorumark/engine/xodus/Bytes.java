package io.quorumark.engine.xodus;

import io.quorumark.engine.support.HeapBatch;
import java.nio.ByteBuffer;
import jetbrains.exodus.ArrayByteIterable;
import jetbrains.exodus.ByteIterable;
import jetbrains.exodus.ByteIterator;
import jetbrains.exodus.log.BlockByteIterator;

/** Copies between the SPI's buffers and Xodus's byte sequences. */
final class Bytes {
    private Bytes() {}

    /** The buffer's bytes, copied; the buffer is left as it is. */
    static ArrayByteIterable copyOf(ByteBuffer buffer) {
        return new ArrayByteIterable(HeapBatch.copyOf(buffer));
    }

    /**
     * Copies a whole sequence into an array.
     *
     * <p>Page by page if Xodus can: {@link ByteIterable#getBytesUnsafe()} would go byte by byte through a value that lies across two pages.
     */
    static void read(ByteIterable source, int length, byte[] target, int offset) {
        if (length == 0) {
            return;
        }
        ByteIterator iterator = source.iterator();
        if (iterator instanceof BlockByteIterator blocks) {
            int copied = 0;
            while (copied < length) {
                copied += blocks.nextBytes(target, offset + copied, length - copied);
            }
        } else {
            System.arraycopy(source.getBytesUnsafe(), 0, target, offset, length);
        }
    }

    /** Copies a whole sequence to the buffer's position and moves it past; there must be room. */
    static void read(ByteIterable source, int length, ByteBuffer target) {
        if (target.hasArray()) {
            read(source, length, target.array(), target.arrayOffset() + target.position());
            target.position(target.position() + length);
        } else {
            byte[] bytes = new byte[length];
            read(source, length, bytes, 0);
            target.put(bytes);
        }
    }

    /** Reads every byte, and does nothing with them. */
    static void visit(ByteIterable bytes) {
        ByteIterator iterator = bytes.iterator();
        while (iterator.hasNext()) {
            byte unused = iterator.next();
        }
    }
}
