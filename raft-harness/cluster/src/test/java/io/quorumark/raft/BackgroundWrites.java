package io.quorumark.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.raft.command.CommandEncoder;
import io.quorumark.raft.command.WriteResult;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Sixteen outstanding writes, from start to stop, while something happens to the group. */
final class BackgroundWrites implements WriteCallback, AutoCloseable {
    private static final int OUTSTANDING = 16;
    private static final long MIN_SUCCESSES = 100;

    private final Group group;
    private final Semaphore ended = new Semaphore(0);
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicLong successes = new AtomicLong();
    private final Queue<RaftFailure> failures = new ConcurrentLinkedQueue<>();

    private BackgroundWrites(Group group) {
        this.group = group;
    }

    static BackgroundWrites start(Group group) {
        BackgroundWrites writes = new BackgroundWrites(group);
        for (int i = 0; i < OUTSTANDING; i++) {
            writes.next();
        }
        Await.until("writes succeed", () -> writes.successes.get() > MIN_SUCCESSES);
        return writes;
    }

    private void next() {
        if (stop.get()) {
            ended.release();
            return;
        }
        byte[] key = Group.bytes("background" + successes.get() % 1000);
        group.cluster().client().write(CommandEncoder.put(key, key.length, key, key.length), this);
    }

    @Override
    public void onSuccess(WriteResult result) {
        successes.incrementAndGet();
        next();
    }

    @Override
    public void onFailure(RaftFailure failure) {
        failures.add(failure);
        next();
    }

    /** Waits for some more writes, for the outstanding ones, and fails where one has failed. */
    void stopAndRequireSuccess() {
        long sofar = successes.get();
        Await.until("writes go on", () -> successes.get() > sofar + MIN_SUCCESSES);
        close();
        assertThat(failures).isEmpty();
    }

    @Override
    public void close() {
        if (!stop.getAndSet(true)) {
            ended.acquireUninterruptibly(OUTSTANDING);
        }
    }
}
