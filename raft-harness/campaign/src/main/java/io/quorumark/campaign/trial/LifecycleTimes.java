package io.quorumark.campaign.trial;

import io.quorumark.results.model.LifecyclePhase;
import io.quorumark.results.model.Trial.Event;
import io.quorumark.results.model.Trial.Phase;
import io.quorumark.results.text.Plural;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What came of the phases that a trial of the workload {@code lifecycle} goes through after its operations. Filled by one thread. */
final class LifecycleTimes {
    private static final double NANOS = 1e9;

    private final List<Phase> phases = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    /** Times one phase. */
    void time(LifecyclePhase phase, Runnable work) {
        long began = System.nanoTime();
        work.run();
        took(phase, System.nanoTime() - began);
    }

    void took(LifecyclePhase phase, long nanos) {
        phases.add(new Phase(phase.id(), nanos / NANOS));
    }

    /** @param reason why it cannot be timed, or not here */
    void notOffered(LifecyclePhase phase, String reason) {
        events.add(new Event(0, LifecyclePhase.NOT_OFFERED, phase.id() + ": " + reason));
    }

    /** Something worth knowing about a phase that was timed. */
    void remark(LifecyclePhase phase, String sentence) {
        events.add(new Event(0, phase.id(), sentence));
    }

    /** Content that a phase left behind must be what it was before. */
    void check(LifecyclePhase phase, Deployment.ReplicaContent expected, Deployment.ReplicaContent found) {
        if (!found.equals(expected)) {
            problems.add(String.format(
                    Locale.ROOT,
                    "after %s %s with digest %.12s found, expected %d with %.12s: acknowledged writes are lost, added or changed",
                    phase.id(),
                    Plural.of(found.records(), "record"),
                    found.sha256(),
                    expected.records(),
                    expected.sha256()));
        }
    }

    List<Phase> phases() {
        return phases;
    }

    List<Event> events() {
        return events;
    }

    /** Sentences; empty if content stayed what it was. */
    List<String> problems() {
        return problems;
    }
}
