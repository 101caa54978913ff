package io.quorumark.raft;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineProvider;
import io.quorumark.raft.command.CommandEncoder;
import io.quorumark.raft.command.WriteResult;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** A closed loop of asynchronous puts against three members in this JVM, to find obvious waste by hand. */
final class ClusterLoad {
    private static final int KEYS = 1 << 16;
    private static final int KEY_BYTES = 16;
    private static final int VALUE_BYTES = 100;

    private final ClusterClient client;
    private final int outstanding;
    private final LongAdder failed = new LongAdder();

    ClusterLoad(ClusterClient client, int outstanding) {
        this.client = client;
        this.outstanding = outstanding;
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 6) {
            throw new IllegalArgumentException(
                    "expected <engine> <durability> <transport> <outstanding> <writes> <folder>");
        }
        StoreSpec spec =
                new StoreSpec(engine(arguments[0]), Durability.ofCode(arguments[1]), 64L << 20, 2, 8L << 30, Map.of());
        Path folder = Files.createTempDirectory(Path.of(arguments[5]), "cluster-load");
        ClusterConfig config = ClusterConfig.of(folder, spec, spec).withTransport(Transport.valueOf(arguments[2]));
        try (LocalCluster cluster = LocalCluster.start(config)) {
            cluster.awaitLeader(Duration.ofSeconds(20));
            ClusterLoad load = new ClusterLoad(cluster.client(), Integer.parseInt(arguments[3]));
            long writes = Long.parseLong(arguments[4]);
            for (int round = 0; round < 3; round++) {
                System.out.printf(
                        Locale.ROOT,
                        "%s: %.0f writes/s, %d failed%n",
                        String.join(" ", arguments),
                        load.writesPerSecond(writes),
                        load.failed());
            }
        }
    }

    private static EngineProvider engine(String id) {
        return id.equals("forgetful") ? new ForgetfulEngine() : Engines.byId(id);
    }

    long failed() {
        return failed.sum();
    }

    /** Writes that many records and tells how fast. */
    double writesPerSecond(long writes) throws InterruptedException {
        AtomicLong left = new AtomicLong(writes);
        CountDownLatch finished = new CountDownLatch(outstanding);
        long startNanos = System.nanoTime();
        for (int seed = 0; seed < outstanding; seed++) {
            new Loop(seed, left, finished).next();
        }
        finished.await();
        return writes * 1e9 / (System.nanoTime() - startNanos);
    }

    /** One outstanding operation after another. */
    private final class Loop implements WriteCallback {
        private final SplittableRandom random;
        private final AtomicLong left;
        private final CountDownLatch finished;
        private final byte[] key = new byte[KEY_BYTES];
        private final byte[] value = new byte[VALUE_BYTES];

        Loop(int seed, AtomicLong left, CountDownLatch finished) {
            this.random = new SplittableRandom(seed);
            this.left = left;
            this.finished = finished;
        }

        void next() {
            if (left.getAndDecrement() <= 0) {
                finished.countDown();
                return;
            }
            ByteBuffer.wrap(key).putLong(8, random.nextInt(KEYS) * 0x9E3779B97F4A7C15L);
            ByteBuffer.wrap(value).putLong(0, random.nextLong());
            client.write(CommandEncoder.put(key, key.length, value, value.length), this);
        }

        @Override
        public void onSuccess(WriteResult result) {
            next();
        }

        @Override
        public void onFailure(RaftFailure failure) {
            failed.increment();
            next();
        }
    }
}
