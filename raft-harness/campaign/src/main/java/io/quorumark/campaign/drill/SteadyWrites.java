package io.quorumark.campaign.drill;

import io.quorumark.campaign.support.Await;
import io.quorumark.raft.ClusterClient;
import io.quorumark.raft.RaftFailure;
import io.quorumark.raft.WriteCallback;
import io.quorumark.raft.command.CommandEncoder;
import io.quorumark.raft.command.WriteResult;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Writes that go on while something happens to the group: each answer sends the next one. */
final class SteadyWrites implements WriteCallback, AutoCloseable {
    private static final int DEFAULT_OUTSTANDING = 16;
    private static final int KEYS = 1000;
    private static final int VALUE_BYTES = 100;
    private static final long SETTLED_WRITES = 200;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final ClusterClient client;
    private final int outstanding;
    private final Semaphore ended = new Semaphore(0);
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong lastAcknowledgedNanos = new AtomicLong(System.nanoTime());
    private final AtomicLong longestPauseNanos = new AtomicLong();
    private final AtomicReference<@Nullable RaftFailure> firstFailure = new AtomicReference<>();
    private volatile boolean stopping;

    private SteadyWrites(ClusterClient client, int outstanding) {
        this.client = client;
        this.outstanding = outstanding;
    }

    /** Starts them, and waits until they flow. */
    static SteadyWrites start(ClusterClient client) throws InterruptedException {
        return start(client, DEFAULT_OUTSTANDING);
    }

    /**
     * Starts so many writers, and waits until their writes flow.
     *
     * @param outstanding writers: each has one write under way at any time
     */
    static SteadyWrites start(ClusterClient client, int outstanding) throws InterruptedException {
        SteadyWrites writes = new SteadyWrites(client, outstanding);
        for (int i = 0; i < outstanding; i++) {
            writes.next();
        }
        writes.awaitMore();
        writes.longestPauseNanos.set(0);
        return writes;
    }

    private void next() {
        if (stopping) {
            ended.release();
            return;
        }
        byte[] key = ByteBuffer.allocate(Long.BYTES)
                .putLong(sent.getAndIncrement() % KEYS)
                .array();
        client.write(CommandEncoder.put(key, key.length, new byte[VALUE_BYTES], VALUE_BYTES), this);
    }

    @Override
    public void onSuccess(WriteResult result) {
        long now = System.nanoTime();
        long pause = now - lastAcknowledgedNanos.getAndSet(now);
        longestPauseNanos.accumulateAndGet(pause, Math::max);
        acknowledged.incrementAndGet();
        next();
    }

    @Override
    public void onFailure(RaftFailure failure) {
        firstFailure.compareAndSet(null, failure);
        failed.incrementAndGet();
        next();
    }

    /** Waits until some more are acknowledged. */
    void awaitMore() throws InterruptedException {
        long enough = acknowledged.get() + SETTLED_WRITES;
        Await.until("background writes go on", PATIENCE_NANOS, () -> acknowledged.get() >= enough);
    }

    long failed() {
        return failed.get();
    }

    /** How the first one failed, in words; empty if none did. */
    String firstFailure() {
        RaftFailure failure = firstFailure.get();
        return failure == null ? "" : failure.code() + ": " + failure.detail();
    }

    /** The longest time without an acknowledgement so far. */
    double longestPauseMillis() {
        return longestPauseNanos.get() / 1e6;
    }

    /** Waits for the outstanding ones. */
    @Override
    public void close() {
        if (!stopping) {
            stopping = true;
            ended.acquireUninterruptibly(outstanding);
        }
    }
}
