package io.quorumark.workload.model.trace;

import io.quorumark.workload.ArrivalTimes;
import io.quorumark.workload.trace.TraceCursor;
import io.quorumark.workload.trace.TraceFile;
import io.quorumark.workload.trace.TraceRow;

/** The times of a trace's rows, by a cursor of its own. */
final class TraceArrivals implements ArrivalTimes {
    private static final long NANOS_PER_MICRO = 1_000;

    private final TraceCursor cursor;
    private final TraceRow row = new TraceRow();
    private final double meanGapNanos;
    private final long originMicros;

    /** @param skippedRows how many rows come before the first one */
    TraceArrivals(TraceFile trace, long skippedRows) {
        meanGapNanos = trace.meanGapMicros() * NANOS_PER_MICRO;
        cursor = trace.openCursor();
        // Whole repetitions need not be read again to be skipped.
        for (long i = 0; i <= skippedRows % trace.rows(); i++) {
            cursor.next(row);
        }
        originMicros = row.offsetMicros();
    }

    @Override
    public long dueNanos() {
        return (row.offsetMicros() - originMicros) * NANOS_PER_MICRO;
    }

    @Override
    public void advance() {
        cursor.next(row);
    }

    @Override
    public double meanGapNanos() {
        return meanGapNanos;
    }

    @Override
    public void close() {
        cursor.close();
    }
}
