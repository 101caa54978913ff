package io.quorumark.workload.digest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A running, non-cryptographic 128-bit hash over words and byte strings, in the manner of wyhash: products of 64 by 64 bits, folded. Byte
 * strings are hashed in three independent lanes, so that a kilobyte costs some tens of nanoseconds.
 */
public final class WordHash {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long K0 = 0xa0761d6478bd642fL;
    private static final long K1 = 0xe7037ed1a0b428dbL;
    private static final long K2 = 0x8ebc6af09c88c6e3L;
    private static final long K3 = 0x589965cc75374cc3L;
    private static final int STRIDE = 48;

    private long high = K2;
    private long low = K3;

    public long high() {
        return high;
    }

    public long low() {
        return low;
    }

    public void addWord(long word) {
        long mixed = fold(low ^ word, K0 ^ high);
        low = fold(high ^ K1, word ^ K2) + mixed;
        high = Long.rotateLeft(high, 23) ^ mixed;
    }

    public void addBytes(byte[] bytes, int offset, int length) {
        long a = K0;
        long b = K1;
        long c = K2 ^ length;
        int at = offset;
        int end = offset + length;
        for (; end - at >= STRIDE; at += STRIDE) {
            a = fold(word(bytes, at) ^ K1, word(bytes, at + 8) ^ a);
            b = fold(word(bytes, at + 16) ^ K2, word(bytes, at + 24) ^ b);
            c = fold(word(bytes, at + 32) ^ K3, word(bytes, at + 40) ^ c);
        }
        for (; end - at >= 8; at += 8) {
            a = fold(word(bytes, at) ^ K1, a ^ K3);
        }
        long tail = 0;
        for (; at < end; at++) {
            tail = (tail << 8) | (bytes[at] & 0xff);
        }
        addWord(fold(a ^ tail, b ^ K3) ^ c);
    }

    private static long word(byte[] bytes, int index) {
        return (long) LONGS.get(bytes, index);
    }

    private static long fold(long x, long y) {
        return Math.multiplyHigh(x, y) ^ (x * y);
    }
}
