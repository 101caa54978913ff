package io.quorumark.workload.key;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Writes the parts of keys and values. */
public final class KeyText {
    /** Hexadecimal digits of a 64-bit number. */
    public static final int HEX_BYTES = 16;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final byte[] DIGITS = digits();

    private KeyText() {}

    /** Writes 16 hexadecimal digits, so that keys order as unsigned numbers. */
    public static void hex(long number, byte[] target, int offset) {
        for (int i = 0; i < 8; i++) {
            int pair = 2 * ((int) (number >>> (56 - 8 * i)) & 0xff);
            target[offset + 2 * i] = DIGITS[pair];
            target[offset + 2 * i + 1] = DIGITS[pair + 1];
        }
    }

    public static void bigEndian(long number, byte[] target, int offset) {
        LONGS.set(target, offset, number);
    }

    public static long bigEndian(byte[] source, int offset) {
        return (long) LONGS.get(source, offset);
    }

    private static byte[] digits() {
        byte[] digits = new byte[512];
        String hex = "0123456789abcdef";
        for (int i = 0; i < 256; i++) {
            digits[2 * i] = (byte) hex.charAt(i >> 4);
            digits[2 * i + 1] = (byte) hex.charAt(i & 15);
        }
        return digits;
    }
}
