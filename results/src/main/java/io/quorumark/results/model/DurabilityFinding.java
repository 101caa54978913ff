package io.quorumark.results.model;

import java.time.Instant;
import java.util.List;

/**
 * What one engine promises at one durability level, and what was seen of it.
 *
 * @param engine its id
 * @param engineVersion of the library and what is in it; the evidence is for this version alone
 * @param level {@code NONE}, {@code PROCESS_CRASH} or {@code POWER_LOSS}
 * @param promised whether the engine promises that acknowledged commits survive what the level names
 * @param observed what became of the promise
 * @param kills how often the writing process was killed
 * @param powerCuts how often the power was cut, by making the device's content without what was not synced
 * @param syncsPerCommit syncs of files per acknowledged commit of one writer; -1 if they were not counted
 * @param problems what was seen to go wrong, one line each
 * @param note why something was not tested, or empty
 * @param seed from which kills and cuts follow
 * @param recordedAt when
 * @param kernel on which
 */
public record DurabilityFinding(
        String engine,
        String engineVersion,
        String level,
        boolean promised,
        Observed observed,
        int kills,
        int powerCuts,
        double syncsPerCommit,
        List<String> problems,
        String note,
        long seed,
        Instant recordedAt,
        String kernel) {

    /** What {@link #syncsPerCommit} is if nobody counted. */
    public static final double NOT_COUNTED = -1;

    public DurabilityFinding {
        problems = List.copyOf(problems);
        if (kills < 0 || powerCuts < 0) {
            throw new IllegalArgumentException(
                    "kills is " + kills + " and powerCuts " + powerCuts + ", expected 0 or more");
        }
        if ((observed == Observed.LOST) == problems.isEmpty()) {
            throw new IllegalArgumentException("observed is " + observed + " with " + problems.size()
                    + " problems, expected problems if and only if something was lost");
        }
    }

    /** What became of a promise. */
    public enum Observed {
        /** Every kill and every cut left all that was acknowledged, whole. */
        KEPT,
        /** Something acknowledged was lost or torn, or the engine did not open again. */
        LOST,
        /** Nothing is promised, and nothing was asked. */
        NOT_PROMISED,
        /** It could not be tested here. */
        NOT_TESTED
    }

    /** Whether the engine was seen to break a promise. */
    public boolean isBroken() {
        return promised && observed == Observed.LOST;
    }
}
