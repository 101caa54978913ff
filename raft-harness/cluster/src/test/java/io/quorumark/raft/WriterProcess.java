package io.quorumark.raft;

import io.quorumark.engine.Durability;
import io.quorumark.raft.command.CommandEncoder;
import io.quorumark.raft.command.WriteResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The main class of a process that is going to be killed: writes numbered records for ever, and prints the number of each that was
 * acknowledged.
 */
final class WriterProcess {
    /** The name of {@link TornAtNone} over RocksDB, at {@link Durability#NONE}. */
    static final String TORN = "torn";

    private static final int OUTSTANDING = 16;

    private WriterProcess() {}

    /** @param arguments folder, log engine, state engine */
    public static void main(String[] arguments) throws InterruptedException {
        LocalCluster cluster = LocalCluster.start(config(Path.of(arguments[0]), arguments[1], arguments[2]));
        cluster.awaitLeader(Duration.ofSeconds(20));
        AtomicInteger next = new AtomicInteger();
        for (int i = 0; i < OUTSTANDING; i++) {
            writeNext(cluster.client(), next);
        }
        Thread.currentThread().join();
    }

    static ClusterConfig config(Path folder, String logEngine, String stateEngine) {
        StoreSpec state = stateEngine.equals(TORN)
                ? StoreSpec.of(new TornAtNone(Engines.byId("rocksdb")), Durability.NONE)
                : Engines.spec(stateEngine);
        return ClusterConfig.of(folder, Engines.spec(logEngine), state)
                .withElectionTimeout(Duration.ofMillis(300))
                .withSnapshots(SnapshotPolicy.everyEntries(1000));
    }

    static String key(int number) {
        return "key " + number;
    }

    private static void writeNext(ClusterClient client, AtomicInteger next) {
        int number = next.getAndIncrement();
        String key = key(number);
        byte[] command = CommandEncoder.put(Group.bytes(key), key.length(), Group.bytes(key), key.length());
        client.write(command, new WriteCallback() {
            @Override
            public void onSuccess(WriteResult result) {
                System.out.println(number);
                writeNext(client, next);
            }

            @Override
            public void onFailure(RaftFailure failure) {
                System.err.println("failed: " + failure);
                writeNext(client, next);
            }
        });
    }
}
