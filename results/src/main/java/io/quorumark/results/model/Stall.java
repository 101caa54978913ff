package io.quorumark.results.model;

import java.util.List;

/**
 * One of the longest response times of a window, and what happened during it. That something coincided does not make it the cause; that
 * nothing did leaves the engine's own calls.
 *
 * @param atSeconds when the operation was due, or sent in a closed loop, from the beginning of the window
 * @param millis its response time
 * @param operationClass such as {@code update}
 * @param others operations that were among the slowest, shorter than this one, and overlapped it
 * @param coincided the longest first; empty if nothing that is watched did
 */
public record Stall(double atSeconds, double millis, String operationClass, long others, List<Coincidence> coincided) {
    /** The kind of {@link Coincidence} in which an idle thread of the process had no processor. */
    public static final String NO_PROCESSOR = "no-processor";

    /** The kinds of {@link Coincidence}. */
    public static final List<String> KINDS = List.of(
            "collection",
            "compilation",
            "snapshot",
            "log-cut",
            "flush",
            "compaction",
            "device",
            "leader-change",
            "other-processes",
            "steal",
            NO_PROCESSOR);

    public Stall {
        coincided = List.copyOf(coincided);
    }

    /**
     * @param kind one of {@link #KINDS}: {@code collection} that stopped the JVM, {@code compilation} by the JIT compiler, {@code snapshot}
     *     of a member's state, {@code log-cut}, {@code flush} and {@code compaction} by an engine in its background, {@code device} busy,
     *     {@code leader-change},
     *     processors taken by {@code other-processes} of this machine or by other guests ({@code steal}),
     *     {@code no-processor} for an idle thread of this process
     * @param millis how much of it fell into the stall; of what is only looked at now and then, between the looks around it
     */
    public record Coincidence(String kind, double millis) {}
}
