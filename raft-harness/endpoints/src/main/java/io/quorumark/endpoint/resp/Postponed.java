package io.quorumark.endpoint.resp;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Reads that found no room for what they read, and run again when there is. For the connection's event loop. */
final class Postponed {
    private record Read(Call call, long bytes) {}

    private final Queue<Read> reads = new ArrayDeque<>();

    /** @param bytes what its reply needs */
    void add(Call call, long bytes) {
        reads.add(new Read(call, bytes));
    }

    boolean isEmpty() {
        return reads.isEmpty();
    }

    void clear() {
        reads.clear();
    }

    /**
     * Takes out one that has room from now on; null if there is none.
     *
     * @param alone the first call that is not answered if nothing before it is still being sent: it has room, or never will
     */
    @Nullable
    Call next(@Nullable Call alone) {
        if (alone != null && reads.removeIf(read -> read.call == alone)) {
            boolean unused = alone.begin(true, 0);
            return alone;
        }
        Read next = reads.peek();
        if (next == null || !next.call.begin(false, next.bytes)) {
            return null;
        }
        reads.remove();
        return next.call;
    }
}
