package io.quorumark.workload.driver;

import io.quorumark.workload.Outcome;
import java.util.EnumMap;
import java.util.Map;

/** How many operations ended in which way. */
final class OutcomeCounts {
    private long ok;
    private long notFound;
    private long conflict;
    private long refused;
    private long failed;

    void add(Outcome outcome) {
        switch (outcome) {
            case OK -> ok++;
            case NOT_FOUND -> notFound++;
            case CONFLICT -> conflict++;
            case REFUSED -> refused++;
            case FAILED -> failed++;
        }
    }

    /** Refused or without an answer. */
    long failures() {
        return refused + failed;
    }

    Map<Outcome, Long> toMap() {
        Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
        counts.put(Outcome.OK, ok);
        counts.put(Outcome.NOT_FOUND, notFound);
        counts.put(Outcome.CONFLICT, conflict);
        counts.put(Outcome.REFUSED, refused);
        counts.put(Outcome.FAILED, failed);
        return counts;
    }
}
