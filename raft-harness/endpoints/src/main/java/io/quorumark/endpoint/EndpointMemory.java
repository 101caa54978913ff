package io.quorumark.endpoint;

import io.quorumark.engine.Limits;

/**
 * The heap that all connections of all endpoints may fill together, whatever each of them may hold. What is held of either kind is counted
 * by its bytes, of which the heap may take twice as many.
 *
 * @param requests that arrive or wait
 * @param replies that wait or were not taken by their clients yet
 * @param returningWrites those on their way that give back a value of any length, which counts as a reply when it is known
 */
public record EndpointMemory(ByteBudget requests, ByteBudget replies, Slots returningWrites) {
    /** More than the longest request takes, with all that is made of it. */
    private static final long LEAST_REQUEST_BYTES = 24L << 20;

    private static final int LEAST_RETURNING_WRITES = 4;

    private static final EndpointMemory OF_PROCESS = ofHeap(Runtime.getRuntime().maxMemory());

    /** One for the endpoints of all members of this process, which have one heap. */
    public static EndpointMemory ofProcess() {
        return OF_PROCESS;
    }

    /** A quarter, a quarter and an eighth; always enough for the longest request, and for two of the longest replies. */
    static EndpointMemory ofHeap(long heapBytes) {
        long values = heapBytes / 8 / Limits.PORTABLE_MAX_VALUE_BYTES;
        return new EndpointMemory(
                new ByteBudget(Math.max(LEAST_REQUEST_BYTES, heapBytes / 4)),
                new ByteBudget(Math.max(2 * Records.mostReplyBytes(heapBytes), heapBytes / 4)),
                new Slots((int) Math.max(LEAST_RETURNING_WRITES, Math.min(values, Integer.MAX_VALUE))));
    }
}
