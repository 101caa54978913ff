package io.quorumark.workload.trace;

import io.quorumark.workload.spec.SpecException;
import java.io.IOException;

/** The rows of one file, once. */
interface Rows {
    /**
     * Reads the next row.
     *
     * @return false at the end, {@code into} being what it was
     * @throws SpecException the row is not as the format says
     */
    boolean next(TraceRow into) throws IOException;

    /** The line of the row that was read last, 1-based. */
    int line();
}
