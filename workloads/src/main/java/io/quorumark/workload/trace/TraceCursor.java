package io.quorumark.workload.trace;

import io.quorumark.workload.spec.SpecException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Goes over the rows of a trace, and begins again after the last, an average gap later. Times count from the first row, and go on
 * growing over the repetitions. Needs a
 * buffer of fixed size and, for CSV, no object per row. For one thread at a time.
 */
public final class TraceCursor implements AutoCloseable {
    private final TraceFile trace;
    private final long lapNanos;
    private @Nullable InputStream in;
    private @Nullable Rows rows;
    private long laps = -1;
    /** Of this lap, since the first one began. */
    private long lapStartNanos;

    /** Of the file's first row, as the file has it. */
    private long origin;

    private boolean atFirst;

    TraceCursor(TraceFile trace) {
        this.trace = trace;
        this.lapNanos = trace.spanNanos() + Math.max(1, Math.round(trace.meanGapNanos()));
    }

    /**
     * Reads the next row.
     *
     * @throws SpecException the file has changed
     * @throws UncheckedIOException it can no longer be read
     */
    public void next(TraceRow into) {
        try {
            if (rows == null || !rows.next(into)) {
                rows = reopened();
                if (!rows.next(into)) {
                    throw new SpecException(trace.path().toString(), 0, "", "has no rows any more; it was changed");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(trace.path() + " cannot be read any more", e);
        }
        if (atFirst) {
            firstRow(into);
        }
        // the difference first: a time since 1970 leaves no room to count it in a finer unit
        into.offsetNanos = lapStartNanos + (into.offset - origin) * trace.unit().nanos();
    }

    @Override
    public void close() {
        try {
            if (in != null) {
                in.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(trace.path() + " cannot be closed", e);
        }
    }

    private Rows reopened() throws IOException {
        close();
        InputStream opened = trace.openStream();
        in = opened;
        laps++;
        atFirst = true;
        return trace.format().open(trace.path().toString(), opened);
    }

    /** Times of a file may begin anywhere: its first row is to be at 0, and one lap later each time. */
    private void firstRow(TraceRow row) {
        origin = row.offset;
        lapStartNanos = laps * lapNanos;
        atFirst = false;
    }

    static String operations() {
        return "one of "
                + Arrays.stream(TraceOperation.values())
                        .map(TraceOperation::written)
                        .collect(Collectors.joining(", "));
    }
}
