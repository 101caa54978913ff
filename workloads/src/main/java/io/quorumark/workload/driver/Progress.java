package io.quorumark.workload.driver;

/**
 * How far a run has come.
 *
 * @param phase of the run
 * @param elapsedSeconds since the run began
 * @param completedOperations acknowledged or failed since the run began
 * @param rateOpsPerSecond over the last second
 * @param p99Nanos response time over the last whole second that had completions; 0 before there is one
 */
public record Progress(
        Phase phase, double elapsedSeconds, long completedOperations, double rateOpsPerSecond, long p99Nanos) {

    /** The part of a run that operations are in. */
    public enum Phase {
        LOAD,
        WARM_UP,
        MEASURE,
        DRAIN
    }

    /** Hears of a run's progress about once a second, on the thread that called the driver. */
    @FunctionalInterface
    public interface Listener {
        /** Ignores all progress. */
        Listener NONE = progress -> {};

        void onProgress(Progress progress);
    }
}
