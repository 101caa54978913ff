package io.quorumark.engine.memory;

/** The versions of one key, newest first. Never empty. */
final class Chain {
    final byte[] key;
    volatile Version newest;

    Chain(byte[] key, Version first) {
        this.key = key;
        newest = first;
    }
}
