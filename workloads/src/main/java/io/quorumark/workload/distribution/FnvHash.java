package io.quorumark.workload.distribution;

/**
 * The 64-bit Fowler-Noll-Vo hash (FNV-1a) of a number's eight bytes, lowest first, as YCSB uses it to scatter records over the key space.
 */
public final class FnvHash {
    private static final long OFFSET_BASIS = 0xCBF29CE484222325L;
    private static final long PRIME = 1099511628211L;

    private FnvHash() {}

    /** All 64 bits of the hash. */
    public static long hash(long number) {
        long hash = OFFSET_BASIS;
        long rest = number;
        for (int i = 0; i < 8; i++) {
            hash = (hash ^ (rest & 0xff)) * PRIME;
            rest >>>= 8;
        }
        return hash;
    }

    /** The hash as YCSB returns it: its absolute value, 0 if that does not exist. */
    public static long nonNegative(long number) {
        long hash = hash(number);
        return hash == Long.MIN_VALUE ? 0 : Math.abs(hash);
    }
}
