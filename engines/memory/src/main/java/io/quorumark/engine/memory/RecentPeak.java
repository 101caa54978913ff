package io.quorumark.engine.memory;

/**
 * How many bytes were in use at most, not long ago: in a time in which up to four times as much was written. A log that is cut now and then
 * needs so much again before the next cut; what was needed once is forgotten.
 */
final class RecentPeak {
    /** A period ends once so many times its peak was written. */
    private static final int PERIOD_PEAKS = 2;

    private long lastPeriodBytes;
    private long periodBytes;
    private long writtenBytes;

    /** So much is in use now. */
    void held(long heldBytes) {
        periodBytes = Math.max(periodBytes, heldBytes);
    }

    /**
     * So much more was written.
     *
     * @return whether the peak may have fallen
     */
    boolean written(int bytes, long heldBytes) {
        writtenBytes += bytes;
        if (writtenBytes <= PERIOD_PEAKS * bytes()) {
            return false;
        }
        lastPeriodBytes = periodBytes;
        periodBytes = heldBytes;
        writtenBytes = 0;
        return true;
    }

    long bytes() {
        return Math.max(lastPeriodBytes, periodBytes);
    }
}
