package io.quorumark.engine;

import java.util.List;

/**
 * Whether an open engine can do its work.
 *
 * @param status how bad it is
 * @param findings one sentence each with its remedy; empty if and only if the status is {@link Status#GOOD}
 */
public record Health(Status status, List<String> findings) {
    public Health {
        findings = List.copyOf(findings);
        if (findings.isEmpty() != (status == Status.GOOD)) {
            throw new IllegalArgumentException("status is " + status + " with findings " + findings
                    + ", expected findings if and only if it is not GOOD");
        }
    }

    public static final Health GOOD = new Health(Status.GOOD, List.of());

    /** From best to worst. */
    public enum Status {
        GOOD,
        /** Serves, but not for long or not at full speed: nearly full, stalled writes, leaked readers. */
        DEGRADED,
        /** Refuses writes or reads until it is opened again or repaired. */
        FAILED
    }
}
