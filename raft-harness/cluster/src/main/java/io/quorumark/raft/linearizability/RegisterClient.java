package io.quorumark.raft.linearizability;

import io.quorumark.raft.RaftFailure;
import io.quorumark.raft.WriteCallback;
import io.quorumark.raft.command.WriteResult;
import io.quorumark.raft.linearizability.HistoryRecorder.Invocation;
import io.quorumark.raft.linearizability.Operation.Kind;
import io.quorumark.raft.linearizability.Operation.Outcome;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** One client: an operation, its answer, a pause, and again. The fields belong to whichever thread has its only operation in hand. */
final class RegisterClient {
    private static final int FEW_VALUES = 4;

    private final int number;
    private final RegisterWorkloadSpec spec;
    private final RegisterStore store;
    private final HistoryRecorder recorder;
    private final AtomicLong values;
    private final ScheduledExecutorService pacing;
    private final SplittableRandom random;
    private final long[] known;
    private final CountDownLatch idle = new CountDownLatch(1);
    private volatile boolean stopped;
    private final AtomicLong answered = new AtomicLong();

    RegisterClient(
            int number,
            RegisterWorkloadSpec spec,
            RegisterStore store,
            HistoryRecorder recorder,
            AtomicLong values,
            ScheduledExecutorService pacing) {
        this.number = number;
        this.spec = spec;
        this.store = store;
        this.recorder = recorder;
        this.values = values;
        this.pacing = pacing;
        this.random = new SplittableRandom(spec.seed() * 31 + number);
        this.known = new long[spec.keys()];
    }

    long answered() {
        return answered.get();
    }

    void stop() {
        stopped = true;
    }

    /** @return false if the waiting thread was interrupted */
    boolean awaitIdle(long deadlineNanos) {
        try {
            // whether it became idle in time shows in the history: what has not ended stays open
            boolean unused = idle.await(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    void nextLater() {
        if (stopped) {
            idle.countDown();
            return;
        }
        try {
            long pauseMicros = random.nextLong(spec.mostPause().toNanos() / 1000 + 1);
            ScheduledFuture<?> unused = pacing.schedule(this::next, pauseMicros, TimeUnit.MICROSECONDS);
        } catch (RejectedExecutionException e) {
            // closed in between
            idle.countDown();
        }
    }

    private void next() {
        if (stopped) {
            idle.countDown();
            return;
        }
        int key = random.nextInt(spec.keys());
        switch (spec.mix()) {
            case UNIQUE_VALUES -> uniqueValues(key);
            case BLIND_COMPARE_AND_SET -> {
                if (random.nextInt(4) == 0) {
                    read(key);
                } else {
                    compareAndSet(key, random.nextInt(FEW_VALUES + 1), 1 + random.nextInt(FEW_VALUES));
                }
            }
        }
    }

    private void uniqueValues(int key) {
        int choice = random.nextInt(100);
        if (choice < 45) {
            read(key);
        } else if (choice < 65) {
            long value = values.incrementAndGet();
            write(Kind.PUT, key, 0, value, RegisterWorkload.put(name(key), value));
        } else if (choice < 70) {
            write(Kind.DELETE, key, 0, 0, RegisterWorkload.delete(name(key)));
        } else {
            compareAndSet(key, known[key], values.incrementAndGet());
        }
    }

    private void compareAndSet(int key, long expected, long value) {
        write(Kind.COMPARE_AND_SET, key, expected, value, RegisterWorkload.compareAndSet(name(key), expected, value));
    }

    private static String name(int key) {
        return "register-" + key;
    }

    private void read(int key) {
        Invocation invocation = recorder.begin(number, Kind.GET, name(key), 0, 0);
        store.read(name(key), new RegisterStore.RegisterRead() {
            @Override
            public void onValue(long value) {
                invocation.read(value);
                known[key] = value;
                ended(true);
            }

            @Override
            public void onFailure(RaftFailure failure) {
                ended(false);
            }
        });
    }

    private void write(Kind kind, int key, long expected, long value, byte[] command) {
        Invocation invocation = recorder.begin(number, kind, name(key), expected, value);
        store.write(command, new WriteCallback() {
            @Override
            public void onSuccess(WriteResult result) {
                boolean applied = result.isApplied();
                invocation.wrote(applied ? Outcome.OK : Outcome.CONFLICT);
                if (applied) {
                    known[key] = value;
                }
                ended(true);
            }

            @Override
            public void onFailure(RaftFailure failure) {
                invocation.wrote(failure.outcomeUnknown() ? Outcome.UNKNOWN : Outcome.NOT_DONE);
                ended(false);
            }
        });
    }

    private void ended(boolean withAnswer) {
        if (withAnswer) {
            answered.incrementAndGet();
        }
        nextLater();
    }
}
