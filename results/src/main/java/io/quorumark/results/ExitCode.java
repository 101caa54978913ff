package io.quorumark.results;

/** How a command ends, the same for all commands. */
public enum ExitCode {
    /** Done, and the gate, if any, passed. */
    DONE(0),
    /** Slower than the baseline, beyond noise. */
    REGRESSION(1),
    /** Usage or configuration error. */
    USAGE(2),
    /** The data cannot tell; 0 unless strict, or unless nothing can be judged, as a campaign against itself. */
    INCONCLUSIVE(3),
    /** Acknowledged writes were lost or changed, or a durability was not kept. */
    INCORRECT(4),
    /** The compared cells did not do the same under the same conditions. */
    UNFAIR(5),
    /** Other machine, or no common cell; 0 unless strict. */
    NOT_COMPARABLE(6),
    /** The machine or the harness failed. */
    HARNESS(7),
    /** Stopped by the user; a campaign can be resumed. */
    INTERRUPTED(130);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
