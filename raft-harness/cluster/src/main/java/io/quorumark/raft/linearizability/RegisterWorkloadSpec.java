package io.quorumark.raft.linearizability;

import java.time.Duration;

/**
 * What clients do while they are checked.
 *
 * @param seed of every choice
 * @param clients how many, each with one operation at a time
 * @param keys how many records; few, so that clients meet
 * @param mostPause the longest time a client waits between an answer and its next operation
 * @param mix which operations, and with which values
 */
public record RegisterWorkloadSpec(long seed, int clients, int keys, Duration mostPause, Mix mix) {
    /** Which operations clients choose. */
    public enum Mix {
        /**
         * Reads, puts, deletes and compare-and-sets; no value is written twice, and compare-and-sets expect what their client knows last.
         */
        UNIQUE_VALUES,
        /** Reads and compare-and-sets from any to any of four values: an effect that comes twice, or not, soon shows. */
        BLIND_COMPARE_AND_SET
    }

    public RegisterWorkloadSpec {
        if (clients < 1) {
            throw new IllegalArgumentException("clients is " + clients + ", expected 1 or more");
        }
        if (keys < 1) {
            throw new IllegalArgumentException("keys is " + keys + ", expected 1 or more");
        }
        if (mostPause.isNegative() || mostPause.isZero()) {
            throw new IllegalArgumentException("mostPause is " + mostPause + ", expected more than zero");
        }
    }

    /** Six clients on three records with unique values and pauses of up to 4 ms. */
    public static RegisterWorkloadSpec of(long seed) {
        return new RegisterWorkloadSpec(seed, 6, 3, Duration.ofMillis(4), Mix.UNIQUE_VALUES);
    }

    public RegisterWorkloadSpec withMix(Mix newMix) {
        return new RegisterWorkloadSpec(seed, clients, keys, mostPause, newMix);
    }
}
