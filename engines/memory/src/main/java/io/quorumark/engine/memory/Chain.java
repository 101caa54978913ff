package io.quorumark.engine.memory;

import java.util.Arrays;

/** The versions of one key, newest first. Never empty. Equal to chains of the same key. */
final class Chain {
    final byte[] key;
    private final int hash;
    volatile Version newest;

    Chain(byte[] key, Version first) {
        this.key = key;
        hash = KeyProbe.hash(key, 0, key.length);
        newest = first;
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Chain chain && hash == chain.hash && Arrays.equals(key, chain.key);
    }
}
