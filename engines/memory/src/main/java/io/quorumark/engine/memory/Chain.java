package io.quorumark.engine.memory;

/** The versions of one key, newest first. Never empty. */
final class Chain {
    volatile Version newest;

    Chain(Version first) {
        newest = first;
    }
}
