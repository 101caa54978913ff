package io.quorumark.raft.linearizability;

import java.util.function.IntPredicate;

/**
 * Some of the numbers from 0 on, in order, of which one can be removed and put back in constant time, in the reverse order of removals
 * (dancing links; Knuth, 2000). For one thread.
 */
final class Candidates {
    /** Behind the last number. */
    static final int END = -1;

    private final int[] next;
    private final int[] previous;
    private final int anchor;

    /** The numbers below {@code count} that {@code belongs}. */
    Candidates(int count, IntPredicate belongs) {
        next = new int[count + 1];
        previous = new int[count + 1];
        anchor = count;
        int last = anchor;
        for (int number = 0; number < count; number++) {
            if (belongs.test(number)) {
                next[last] = number;
                previous[number] = last;
                last = number;
            }
        }
        next[last] = anchor;
        previous[anchor] = last;
    }

    /** The smallest number, or {@link #END}. */
    int first() {
        return after(anchor);
    }

    /** The number after one that is there, or {@link #END}. */
    int after(int number) {
        return next[number] == anchor ? END : next[number];
    }

    void remove(int number) {
        next[previous[number]] = next[number];
        previous[next[number]] = previous[number];
    }

    /** Puts back the number that was removed last of those that are not there. */
    void restore(int number) {
        next[previous[number]] = number;
        previous[next[number]] = number;
    }
}
