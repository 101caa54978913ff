package io.quorumark.workload.model.trace;

import io.quorumark.workload.trace.TraceCursor;
import io.quorumark.workload.trace.TraceFile;
import io.quorumark.workload.trace.TraceOperation;
import io.quorumark.workload.trace.TraceRow;

/**
 * The keys of a trace that must be there before it begins: those whose first row does not write them. Looks at the trace until it has seen
 * as many keys as it may remember.
 */
final class TraceLoad implements AutoCloseable {
    private final TraceCursor cursor;
    private final KeyHashes seen;
    private final long mostKeys;
    private long keys;
    private long rowsLeft;

    /** @param mostKeys how many keys, written or not, are looked at */
    TraceLoad(TraceFile trace, long mostKeys) {
        cursor = trace.openCursor();
        this.mostKeys = Math.min(mostKeys, trace.rows());
        seen = new KeyHashes(this.mostKeys);
        rowsLeft = trace.rows();
    }

    /** Reads on to the next such key; false if there is none. Then it is closed. */
    boolean next(TraceRow into) {
        while (rowsLeft > 0 && keys < mostKeys) {
            rowsLeft--;
            cursor.next(into);
            TraceOperation operation = into.operation();
            if (operation != TraceOperation.SCAN && seen.add(into.key(), into.keyLength())) {
                keys++;
                if (operation != TraceOperation.WRITE) {
                    return true;
                }
            }
        }
        close();
        return false;
    }

    @Override
    public void close() {
        cursor.close();
    }
}
