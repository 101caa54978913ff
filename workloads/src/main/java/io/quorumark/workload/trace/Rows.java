package io.quorumark.workload.trace;

import io.quorumark.workload.spec.SpecException;
import java.io.IOException;

/** The rows of one file, once. */
interface Rows {
    /** What the time of a row is called. */
    String NAME_OF_OFFSET = "offset";

    /** The same, in files from before the unit could be named. Says nothing of the unit if a workload names one. */
    String OLD_NAME_OF_OFFSET = "offsetMicros";

    /**
     * Reads the next row.
     *
     * @return false at the end, {@code into} being what it was
     * @throws SpecException the row is not as the format says
     */
    boolean next(TraceRow into) throws IOException;

    /** What the file calls the time of a row. */
    String offsetName();

    /** The line of the row that was read last, 1-based. */
    int line();
}
