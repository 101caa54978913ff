package io.quorumark.workload;

/** When the operations of a recorded stream were asked for, one after the other. For one thread at a time. */
public interface ArrivalTimes extends AutoCloseable {
    /** When the present operation is due, in nanoseconds after the first one; never less than before. */
    long dueNanos();

    /** Goes on to the next operation. */
    void advance();

    /** The average time between two operations, in nanoseconds, more than 0. */
    double meanGapNanos();

    @Override
    void close();
}
