package io.quorumark.workload.distribution;

import java.nio.charset.StandardCharsets;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/** Seeded random sources that are the same on every machine: xoroshiro128++ in the state that a seed and a purpose name. */
public final class Randomness {
    private Randomness() {}

    /** A source of its own for each purpose, so that what one part draws does not move what another one gets. */
    public static UniformRandomProvider of(long seed, String purpose) {
        long state = scatter(seed);
        for (byte b : purpose.getBytes(StandardCharsets.UTF_8)) {
            state = scatter(state ^ b);
        }
        return RandomSource.XO_RO_SHI_RO_128_PP.create(new long[] {state, scatter(state)});
    }

    /** A bijection of 64-bit numbers that scatters them: one step of SplitMix64 (Steele, Lea and Flood 2014). */
    public static long scatter(long number) {
        long x = number + 0x9e3779b97f4a7c15L;
        x = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9L;
        x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
        return x ^ (x >>> 31);
    }
}
