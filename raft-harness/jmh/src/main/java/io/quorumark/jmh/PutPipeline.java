package io.quorumark.jmh;

import io.quorumark.raft.ClusterClient;
import io.quorumark.raft.RaftFailure;
import io.quorumark.raft.WriteCallback;
import io.quorumark.raft.command.CommandEncoder;
import io.quorumark.raft.command.WriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Keeps a fixed number of puts outstanding: each acknowledgement sends the next one, on the thread that acknowledged. */
final class PutPipeline {
    private static final int KEY_BYTES = 16;
    private static final int DISTINCT_KEYS = 65_536;

    private final ClusterClient client;
    private final List<Slot> slots = new ArrayList<>();
    private final AtomicInteger unsent = new AtomicInteger();
    private final Semaphore idle = new Semaphore(0);
    private final AtomicReference<@Nullable RaftFailure> failure = new AtomicReference<>();

    PutPipeline(ClusterClient client, int clients, int valueBytes) {
        this.client = client;
        for (int i = 0; i < clients; i++) {
            slots.add(new Slot(i, valueBytes));
        }
    }

    /** Sends {@code puts} commands and waits until the last is acknowledged. */
    void run(int puts) throws InterruptedException {
        unsent.set(puts);
        slots.forEach(Slot::sendNext);
        idle.acquire(slots.size());
        RaftFailure cause = failure.get();
        if (cause != null) {
            throw new IllegalStateException("a put failed: " + cause.code() + ": " + cause.detail());
        }
    }

    /** One logical client. */
    private final class Slot implements WriteCallback {
        private final SplittableRandom random;
        private final byte[] key = new byte[KEY_BYTES];
        private final byte[] value;

        Slot(int number, int valueBytes) {
            random = new SplittableRandom(number);
            value = new byte[valueBytes];
            for (int i = 0; i < valueBytes; i++) {
                value[i] = (byte) random.nextInt();
            }
        }

        void sendNext() {
            if (unsent.getAndDecrement() <= 0) {
                idle.release();
                return;
            }
            fill(key, random.nextInt(DISTINCT_KEYS) * 0x9E3779B97F4A7C15L);
            fill(value, random.nextLong());
            client.write(CommandEncoder.put(key, KEY_BYTES, value, value.length), this);
        }

        private static void fill(byte[] target, long bits) {
            for (int i = 0; i < Math.min(Long.BYTES, target.length); i++) {
                target[i] = (byte) (bits >>> (8 * i));
            }
        }

        @Override
        public void onSuccess(WriteResult result) {
            sendNext();
        }

        @Override
        public void onFailure(RaftFailure cause) {
            failure.compareAndSet(null, cause);
            sendNext();
        }
    }
}
