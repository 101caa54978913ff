package io.quorumark.endpoint.resp;

import io.quorumark.endpoint.Records;
import io.quorumark.engine.Cursor;
import io.quorumark.raft.ReadConsistency;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How many records there are, by walking over all of them: this endpoint has no count to look up. The walk has a thread of its own, so that
 * no other read waits for it, and whoever asks before a walk begins shares it. Thread-safe.
 */
final class RecordCount implements AutoCloseable {
    private static final long IDLE_SECONDS = 10;

    private final Records records;
    private final ReadConsistency reads;
    private final ThreadPoolExecutor walker;
    private @Nullable CompletableFuture<Long> next;
    private volatile boolean closed;

    RecordCount(Records records, ReadConsistency reads) {
        this(records, reads, work -> {
            Thread thread = new Thread(work, "resp-endpoint-count");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** @param threads makes the thread of the walks, whenever there is none */
    RecordCount(Records records, ReadConsistency reads, ThreadFactory threads) {
        this.records = records;
        this.reads = reads;
        this.walker =
                new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        walker.allowCoreThreadTimeOut(true);
        // by then every connection is closed: nobody waits for an answer
        walker.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    /** As of a moment after the call. */
    CompletableFuture<Long> get() {
        return records.confirm(reads).thenCompose(confirmed -> joinNext());
    }

    private synchronized CompletableFuture<Long> joinNext() {
        CompletableFuture<Long> joined = next;
        if (joined == null) {
            joined = new CompletableFuture<>();
            next = joined;
            try {
                walker.execute(this::walk);
            } catch (RuntimeException | Error e) {
                // there is no thread for it: who asks next may find one
                next = null;
                joined.completeExceptionally(e);
            }
        }
        return joined;
    }

    private synchronized @Nullable CompletableFuture<Long> takeNext() {
        CompletableFuture<Long> taken = next;
        next = null;
        return taken;
    }

    private void walk() {
        CompletableFuture<Long> asked = takeNext();
        if (asked == null) {
            return;
        }
        try {
            CompletableFuture<Long> unused = records.walk(ReadConsistency.LOCAL, this::count)
                    .whenComplete((found, failure) -> {
                        if (failure == null) {
                            asked.complete(found);
                        } else {
                            asked.completeExceptionally(failure);
                        }
                    });
        } catch (RuntimeException | Error e) {
            asked.completeExceptionally(e);
        }
    }

    private long count(Cursor cursor) {
        long found = 0;
        for (boolean on = cursor.first(); on && !closed; on = cursor.next()) {
            found++;
        }
        return found;
    }

    /** After the connections: a walk ends early, and none begins. */
    @Override
    public void close() {
        closed = true;
        walker.shutdown();
    }
}
