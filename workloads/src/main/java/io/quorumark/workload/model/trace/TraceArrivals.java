package io.quorumark.workload.model.trace;

import io.quorumark.workload.ArrivalTimes;
import io.quorumark.workload.trace.TraceCursor;
import io.quorumark.workload.trace.TraceFile;
import io.quorumark.workload.trace.TraceRow;

/** The times of a trace's rows, by a cursor of its own. */
final class TraceArrivals implements ArrivalTimes {
    private final TraceCursor cursor;
    private final TraceRow row = new TraceRow();
    private final double meanGapNanos;
    private final long originNanos;

    /** @param skippedRows how many rows come before the first one */
    TraceArrivals(TraceFile trace, long skippedRows) {
        meanGapNanos = trace.meanGapNanos();
        cursor = trace.openCursor();
        // Whole repetitions need not be read again to be skipped.
        for (long i = 0; i <= skippedRows % trace.rows(); i++) {
            cursor.next(row);
        }
        originNanos = row.offsetNanos();
    }

    @Override
    public long dueNanos() {
        return row.offsetNanos() - originNanos;
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
