package io.quorumark.raft.jraft.log;

import io.quorumark.engine.Ability;
import io.quorumark.engine.Capabilities;
import io.quorumark.engine.Durability;
import java.util.concurrent.TimeUnit;

/**
 * How many entries of a cut-off prefix are deleted in one commit, so that an append that comes meanwhile waits for a bounded time: all of
 * them, if the engine deletes ranges in constant time. Otherwise begins with a few hundred, and follows what the engine shows: a step that
 * took longer than {@link #BOUND_NANOS} is halved, one that took less than half of that is doubled. For one thread at a time.
 */
final class CutSteps {
    /** Longer than this no append should wait for a step. */
    static final long BOUND_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** Of the first step. */
    static final int FIRST_ENTRIES = 256;

    private static final int LEAST_ENTRIES = 64;
    private static final int MOST_ENTRIES = 1 << 14;

    private final boolean atOnce;
    private final Durability durability;
    private int entries = FIRST_ENTRIES;

    private CutSteps(boolean atOnce, Durability durability) {
        this.atOnce = atOnce;
        this.durability = durability;
    }

    /** @param log what the log's own commits survive, and what the engine was opened at */
    static CutSteps of(Capabilities engine, Durability log) {
        // a step that a power cut undoes is made again: what is left is stored with each
        Durability weaker = engine.mixedDurability() ? engine.strongestUpTo(Durability.PROCESS_CRASH) : log;
        return new CutSteps(engine.has(Ability.CONSTANT_TIME_RANGE_DELETE), weaker.isAtLeast(log) ? log : weaker);
    }

    /** What the commits of steps survive. */
    Durability durability() {
        return durability;
    }

    /** How many entries the next step deletes at the most. */
    int entries() {
        return atOnce ? Integer.MAX_VALUE : entries;
    }

    /** A step of {@link #entries} has taken so long. */
    void took(long nanos) {
        if (nanos > BOUND_NANOS) {
            entries = Math.max(LEAST_ENTRIES, entries / 2);
        } else if (nanos < BOUND_NANOS / 2) {
            entries = Math.min(MOST_ENTRIES, entries * 2);
        }
    }
}
